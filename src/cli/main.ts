import type { Code } from './code-cache';
import { commandOf, withoutAliases } from './invocation';
import { processIo } from './process-io';
import { readPlain } from './read-plain';
import { run } from './run';
import { untune } from './tuning';

/**
 * The program, once dist/cli.js has loaded it. Its code is kept when a lint has run most of it: one that finds something runs
 * more, so that its code takes the place of another's. All is written when a
 * status is there: node would first wait for what V8 still compiles in the background (a twentieth of the time, measured on
 * 2,000 files).
 */
export function main(code: Code | null): void {
  const argv = process.argv.slice(2);
  const status = run(argv, processIo);
  if (typeof status === 'number') {
    untune();
    if (code !== null && status < 2 && status > (code.keptAfter ?? -1) && isLint(argv)) keep(code, status);
    process.exit(status);
  }
  void status.then((code) => (process.exitCode = code));
}

function keep(code: Code, after: number): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./keep-code') as typeof import('./keep-code')).keepCode(code, after);
}

/** Options that stop before anything is read. */
const NO_LINT = ['help', 'version', 'print-config'];

function isLint(argv: readonly string[]): boolean {
  const read = readPlain(argv);
  const raw = read === null ? null : withoutAliases(read);
  return raw !== null && !NO_LINT.some((name) => raw.options.has(name)) && commandOf(raw) === 'lint';
}
