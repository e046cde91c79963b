import { setFlagsFromString } from 'node:v8';
import { processIo } from './process-io';
import { run } from './run';

/**
 * V8 begins to optimize a function after this many bytes of its code have run, by default 67,584: in a run of less than a
 * second that costs more than it gains (2,000 files took a quarter longer, measured on node 20).
 */
const LATER_OPTIMIZED = '--interrupt-budget=600000';

/**
 * What dist/cli.js does when it is started; the bundler calls it. All is written when a status is there: node would first
 * wait for what V8 still compiles in the background (a twentieth of the time, measured on 2,000 files).
 */
export function main(): void {
  setFlagsFromString(LATER_OPTIMIZED);
  const status = run(process.argv.slice(2), processIo);
  if (typeof status === 'number') process.exit(status);
  else void status.then((code) => (process.exitCode = code));
}
