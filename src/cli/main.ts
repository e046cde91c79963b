import { processIo } from './process-io';
import { run } from './run';

/** The entry of the bundle. */
const status = run(process.argv.slice(2), processIo);

if (typeof status === 'number') process.exitCode = status;
else void status.then((code) => (process.exitCode = code));
