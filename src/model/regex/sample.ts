import { UNBOUNDED } from './ast';
import type { Node } from './ast';
import type { CharSet } from './charset';
import { matchRegex } from './regex';
import type { Regex } from './regex';

/** Longer samples are no natural ones. */
const LENGTH_LIMIT = 2_000;
const ATTEMPTS = 400;
const FEW = 20;
/** Choices past these are left at their first option. */
const CHOICES = 24;

/** The shortest natural string that the regex accepts, printable ASCII; null when none was found. */
export function sampleFor(regex: Regex): string | null {
  return samplesFor(regex, 1)[0] ?? null;
}

/** Up to `limit` different strings that the regex accepts, the most natural first. Each has been matched. */
export function samplesFor(regex: Regex, limit: number): readonly string[] {
  return accepted(regex, limit, (text) => [text]);
}

/** The same for paths: strings that begin with `/`, which is put in front where the regex does not ask for it. */
export function samplePaths(regex: Regex, limit: number): readonly string[] {
  return accepted(regex, limit, (text) => (text.startsWith('/') ? [text] : [`/${text}`, `/a${text}`, `/a/${text}`]));
}

function accepted(regex: Regex, limit: number, forms: (text: string) => readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const text of candidates(regex.root)) {
    const fit = forms(text).find((form) => isAccepted(regex, form));
    if (fit !== undefined) found.add(fit);
    if (found.size >= limit) return [...found];
    if (matchRegex(regex, text) === 'unknown') return [...found];
  }
  if (found.size > 0) return [...found];
  // A look-ahead at the end may ask for more: `^/(?!$)`.
  const longer = [...candidates(regex.root, FEW)].flatMap((text) => forms(`${text}a`));
  return longer.filter((form) => isAccepted(regex, form)).slice(0, limit);
}

function isAccepted(regex: Regex, text: string): boolean {
  const match = matchRegex(regex, text);
  return match !== null && match !== 'unknown';
}

/**
 * Walks of the pattern: a walk meets choices (a branch, how many rounds, which byte), each with a few options. The
 * first takes the first option everywhere; then come those that differ in one choice, then in two.
 */
function* candidates(root: Node, most = ATTEMPTS): Generator<string> {
  const first = walk(root, new Map());
  yield* textOf(first);
  const options = first.options.slice(0, CHOICES);
  let attempts = 0;
  for (const pair of deviations(options)) {
    if (++attempts > most) return;
    yield* textOf(walk(root, pair));
  }
}

function textOf(walked: Walk): string[] {
  return walked.text.length > LENGTH_LIMIT || !/^[\x20-\x7e]*$/.test(walked.text) ? [] : [walked.text];
}

type Picks = ReadonlyMap<number, number>;

function* deviations(options: readonly number[]): Generator<Picks> {
  for (const [choice, count] of options.entries())
    for (let option = 1; option < count; option++) yield new Map([[choice, option]]);
  for (const [choice, count] of options.entries())
    for (let option = 1; option < count; option++)
      for (let later = choice + 1; later < options.length; later++)
        for (let other = 1; other < (options[later] ?? 1); other++) {
          yield new Map([
            [choice, option],
            [later, other],
          ]);
        }
}

interface Walk {
  text: string;
  /** How many options each choice had, in the order they were met. */
  readonly options: number[];
  readonly captured: string[];
  readonly picks: Picks;
}

function walk(root: Node, picks: Picks): Walk {
  const walked: Walk = { text: '', options: [], captured: [], picks };
  visit(root, walked);
  return walked;
}

function choose(walked: Walk, count: number): number {
  const option = walked.picks.get(walked.options.length) ?? 0;
  walked.options.push(count);
  return Math.min(option, count - 1);
}

function visit(node: Node, walked: Walk): void {
  if (walked.text.length > LENGTH_LIMIT) return;
  switch (node.kind) {
    case 'char':
      walked.text += String.fromCharCode(node.code);
      break;
    case 'set':
      visitSet(node.set, node.written, walked);
      break;
    case 'sequence':
      for (const item of node.items) visit(item, walked);
      break;
    case 'alternation': {
      const branch = node.branches[choose(walked, node.branches.length)];
      if (branch !== undefined) visit(branch, walked);
      break;
    }
    case 'capture': {
      const from = walked.text.length;
      visit(node.body, walked);
      walked.captured[node.group] = walked.text.slice(from);
      break;
    }
    case 'atomic':
      visit(node.body, walked);
      break;
    case 'repeat': {
      const most = node.max === UNBOUNDED ? node.min + 2 : Math.min(node.max, node.min + 2);
      const rounds = node.min + choose(walked, most - node.min + 1);
      for (let round = 0; round < rounds && walked.text.length <= LENGTH_LIMIT; round++) visit(node.body, walked);
      break;
    }
    case 'look':
      // What is looked for often has to stand there; a walk that writes it out is the second try.
      if (!node.negative && choose(walked, 2) === 1) visit(node.body, walked);
      break;
    case 'backref':
      walked.text += walked.captured[node.target.group] ?? '';
      break;
    case 'assert':
    case 'keep':
      break;
  }
}

const PREFERRED = [...'a0Ax1bz-_./:,=?@!~%&;+$ '].map((character) => character.charCodeAt(0));
const BYTES_TRIED = 3;

function visitSet(set: CharSet, written: number, walked: Walk): void {
  if (written >= 0) {
    walked.text += String.fromCharCode(written);
    return;
  }
  const tried = PREFERRED.filter((code) => set[code] === 1).slice(0, BYTES_TRIED);
  for (let code = 0x21; code < 0x7f && tried.length < BYTES_TRIED; code++)
    if (set[code] === 1 && !tried.includes(code)) tried.push(code);
  if (tried.length === 0) tried.push(set.indexOf(1));
  walked.text += String.fromCharCode(tried[choose(walked, tried.length)] ?? 0);
}
