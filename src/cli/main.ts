import { processIo } from './process-io';
import { run } from './run';

/** What dist/cli.js does when it is started; the bundler calls it. */
export function main(): void {
  const status = run(process.argv.slice(2), processIo);
  if (typeof status === 'number') process.exitCode = status;
  else void status.then((code) => (process.exitCode = code));
}
