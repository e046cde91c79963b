import { FOR_PEOPLE } from '../report/formats';
import type { ReportOptions } from '../report/report';
import type { Invocation } from './invocation';
import { resolveIn } from './io';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** One report to be made. */
export interface Output {
  readonly format: string;
  /** Null: standard output, or standard error beside a diff. */
  readonly file: string | null;
}

/** What --format and --output come to: each format once, at most one of them on standard output. */
export function outputsOf(call: Invocation, fallback: string): readonly Output[] {
  const file = call.value('output');
  const outputs = call.list('format').map((word) => splitFormat(word));
  const streams = outputs.filter((output) => output.file === null);
  if (streams.length > 1) {
    const [first, second] = streams;
    throw new UsageError(
      `--format ${first?.format} and --format ${second?.format} both go to ${file === null ? 'standard output' : file}; ` +
        `name a file for one: --format ${second?.format}:FILE`,
    );
  }
  if (streams.length === 0 && (outputs.length === 0 || file !== null)) outputs.push({ format: fallback, file: null });
  return outputs.map((output) => (output.file === null && file !== null ? { ...output, file } : output));
}

function splitFormat(word: string): Output {
  const colon = word.indexOf(':');
  if (colon < 0) return { format: word, file: null };
  const file = word.slice(colon + 1);
  if (file === '') throw new UsageError(`--format ${word} names no file`);
  if (file === '-') throw new UsageError(`--format ${word}: --format ${word.slice(0, colon)} goes to standard output`);
  return { format: word.slice(0, colon), file };
}

/** Whether colours go to this stream: --color, --no-color, NO_COLOR, FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(call: Invocation, io: Io, terminal: boolean): boolean {
  if (call.given('color')) return call.flag('color');
  const force = io.env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if ((io.env['NO_COLOR'] ?? '') !== '') return false;
  return terminal && io.env['TERM'] !== 'dumb';
}

export function reportOptions(call: Invocation, io: Io, output: Output, stream: 'stdout' | 'stderr'): ReportOptions {
  const terminal = output.file === null && (stream === 'stdout' ? io.stdoutIsTerminal : io.stderrIsTerminal);
  const people = FOR_PEOPLE.has(output.format);
  return {
    color: people && (output.file === null ? wantsColor(call, io, terminal) : call.flag('color')),
    showSecrets: call.flag('show-secrets'),
    quiet: call.command === 'lint' && call.flag('quiet'),
    columns: terminal && io.columns !== null ? Math.max(40, io.columns) : null,
    ...inRepository(io),
  };
}

/** In a run of GitHub's or GitLab's; elsewhere the working directory is taken for the repository's top. */
function inRepository(io: Io): Pick<ReportOptions, 'below' | 'repository'> {
  const root = io.env['GITHUB_WORKSPACE'] || io.env['CI_PROJECT_DIR'] || '';
  if (root === '') return {};
  const repository = root.replaceAll('\\', '/').replace(/\/+$/, '');
  const cwd = `${io.cwd.replaceAll('\\', '/')}/`;
  return { repository, below: cwd.startsWith(`${repository}/`) ? cwd.slice(repository.length + 1, -1) : '' };
}

/** Writes each output; a file that cannot be written is the user's to know. */
export function writeOutput(io: Io, output: Output, text: string, stream: 'stdout' | 'stderr'): void {
  if (output.file === null) io[stream](text);
  else writeFile(io, output.file, text);
}

export function writeFile(io: Io, file: string, content: string | Uint8Array): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { writeFileSync } = require('node:fs') as typeof import('node:fs');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { describe } = require('../fs/read') as typeof import('../fs/read');
  try {
    writeFileSync(resolveIn(io, file), content);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${describe(error)}`);
  }
}
