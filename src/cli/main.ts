import type { Unkept } from './code-cache';
import { commandOf } from './invocation';
import { processIo } from './process-io';
import { readPlain } from './read-plain';
import { run } from './run';
import { untune } from './tuning';

/**
 * The program, once dist/cli.js has loaded it. Its code is kept when a lint has run most of it. All is written when a
 * status is there: node would first wait for what V8 still compiles in the background (a twentieth of the time, measured on
 * 2,000 files).
 */
export function main(code: Unkept | null): void {
  const argv = process.argv.slice(2);
  const status = run(argv, processIo);
  if (typeof status === 'number') {
    untune();
    if (code !== null && isLint(argv)) keep(code);
    process.exit(status);
  }
  void status.then((code) => (process.exitCode = code));
}

function keep(code: Unkept): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./keep-code') as typeof import('./keep-code')).keepCode(code);
}

function isLint(argv: readonly string[]): boolean {
  const raw = readPlain(argv);
  return raw !== null && raw.options.get('help') === undefined && commandOf(raw) === 'lint';
}
