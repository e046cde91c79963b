import { spawnSync } from 'node:child_process';
import { compileRegex, isRegex, matchRegex } from '../../src/model/regex/regex';
import { createRandom } from '../live/random';
import { Patterns } from './regex-arbitrary';

/** PCRE2's own test program (Debian: pcre2-utils). */
const PROGRAM = 'pcre2test';
const SEEDS = [1, 2, 3, 4];
const PATTERNS = 400;
const SUBJECTS = 6;

interface Question {
  readonly pattern: string;
  readonly caseless: boolean;
  readonly subjects: readonly string[];
}

function questionsOf(seed: number): Question[] {
  const random = createRandom(seed);
  const patterns = new Patterns(random);
  return Array.from({ length: PATTERNS }, () => ({
    pattern: patterns.pattern(),
    caseless: random.chance(0.3),
    subjects: Array.from({ length: SUBJECTS }, () => patterns.subject()),
  }));
}

function hex(text: string, before: string): string {
  return [...text].map((unit) => before + unit.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** What it prints for each pattern: an error, or for each subject the whole match and its groups. */
function askPcre(questions: readonly Question[]): string[][] {
  const input = questions.map(({ pattern, caseless, subjects }) => {
    const lines = subjects.map((subject) => (subject === '' ? '\\' : hex(subject, '\\x')));
    return `/${hex(pattern, ' ')} /hex${caseless ? ',caseless' : ''}\n${lines.join('\n')}\n\n`;
  });
  const { stdout } = spawnSync(PROGRAM, ['-q'], { input: input.join(''), encoding: 'latin1', timeout: 20_000 });
  return stdout
    .split(/^\/.*\/hex.*\n/m)
    .slice(1)
    .map(readAnswers);
}

function readAnswers(block: string): string[] {
  if (block.startsWith('Failed:')) return ['refused'];
  const answers: string[] = [];
  for (const line of block.split('\n')) {
    const group = /^ ?(\d+): (.*)$/.exec(line);
    if (line.startsWith('No match')) answers.push('none');
    else if (line.startsWith('Failed')) answers.push('failed');
    else if (group?.[1] === '0') answers.push(`<${group[2]}>`);
    else if (group !== null) answers.push(`${answers.pop()}<${group[2] === '<unset>' ? '' : group[2]}>`);
  }
  return answers;
}

/** The same for the matcher here; null where it does not know. */
function askOwn({ pattern, caseless, subjects }: Question): (string | null)[] | null {
  const regex = compileRegex(pattern, caseless);
  if ('unsupported' in regex) return null;
  if (!isRegex(regex)) return ['refused'];
  return subjects.map((subject) => {
    const match = matchRegex(regex, subject);
    if (match === 'unknown') return null;
    return match === null ? 'none' : match.groups.map((group) => `<${printed(group)}>`).join('');
  });
}

/** Bytes as pcre2test prints them. */
function printed(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (unit) => hex(unit, '\\x'));
}

function withoutEmptyEnd(answer: string): string {
  return answer.replace(/(?<=>)(?:<>)+$/, '');
}

const installed = spawnSync(PROGRAM, ['-C'], { encoding: 'latin1' }).status === 0;
if (!installed) process.stderr.write(`skipped: the comparison with PCRE2 (no ${PROGRAM} on this machine)\n`);

(installed ? describe : describe.skip)('random patterns match as PCRE2 matches them', () => {
  test.each(SEEDS)('seed %i', (seed) => {
    const questions = questionsOf(seed);
    const answers = askPcre(questions);
    const wrong = questions.flatMap((question, index) => {
      const own = askOwn(question);
      const theirs = answers[index] ?? [];
      const differs = own?.some((answer, at) => {
        const other = theirs[at] ?? '';
        return answer !== null && other !== 'failed' && withoutEmptyEnd(answer) !== withoutEmptyEnd(other);
      });
      return differs === true ? [{ ...question, own, theirs }] : [];
    });
    expect(answers).toHaveLength(PATTERNS);
    expect(wrong).toEqual([]);
    expect(questions.filter((question) => (askOwn(question) ?? []).length > 1).length).toBeGreaterThan(PATTERNS / 2);
  });
});
