import { Readable } from 'node:stream';
import { run } from '../../src/cli/run';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, on a world of its own: nothing of the machine's environment, no terminal. */
export async function runCli(argv: readonly string[], cwd: string, stdin = ''): Promise<Ran> {
  const out: Buffer[] = [];
  const err: string[] = [];
  const status = await run(argv, {
    cwd,
    env: {},
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: null,
    stdin: () => Buffer.from(stdin),
    stdinStream: () => Readable.from([stdin]),
    stdout: (text) => void out.push(Buffer.from(text)),
    stderr: (text) => void err.push(text),
    holdSignals: () => undefined,
  });
  return { status, stdout: Buffer.concat(out).toString('utf8'), stderr: err.join('') };
}
