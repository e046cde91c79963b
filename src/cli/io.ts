import { resolve } from 'node:path';
/** All that a run has to do with the world besides files: tests hand in their own and never start a process. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Width of the terminal; null when there is none. */
  readonly columns: number | null;
  /** All of standard input. */
  stdin(): Uint8Array;
  /** Standard input as a stream, for logs that are too long to hold. */
  stdinStream(): NodeJS.ReadableStream;
  stdout(text: string | Uint8Array): void;
  stderr(text: string): void;
  /** From here on SIGINT and SIGTERM wait until what is under way is done: files are being written. */
  holdSignals(): void;
}

/** An absolute path, from the run's working directory rather than the process's. */
export function resolveIn(io: Pick<Io, 'cwd'>, path: string): string {
  return resolve(io.cwd, path);
}
