import { fstatSync, readSync, writeSync } from 'node:fs';
import { describe } from '../fs/read';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** The process as a run sees it. Reads and writes are synchronous: one write of the whole output, nothing lost at exit. */
export const processIo: Io = {
  get cwd() {
    return workingDirectory();
  },
  env: process.env,
  get stdoutIsTerminal() {
    return isTerminal(1);
  },
  get stderrIsTerminal() {
    return isTerminal(2);
  },
  get columns() {
    return isTerminal(1) ? process.stdout.columns : null;
  },
  stdin: readAll,
  stdinStream: () => process.stdin,
  stdout: (text) => writeAll(1, text),
  stderr: (text) => writeAll(2, text),
  holdSignals,
};

function workingDirectory(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new UsageError(`the working directory cannot be told (${describe(error)}): was it deleted?`);
  }
}

/** Major number of /dev/null and its like on Linux. */
const MEMORY_DEVICES = 1;

/** A terminal is a character device: for pipes, files and /dev/null the answer comes without loading node's tty. */
function isTerminal(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    if (!stats.isCharacterDevice()) return false;
    if (process.platform === 'linux' && stats.rdev >> 8 === MEMORY_DEVICES) return false;
  } catch {
    return false; // closed
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('node:tty') as typeof import('node:tty')).isatty(fd);
}

function readAll(): Uint8Array {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    try {
      const count = readSync(0, chunk, 0, chunk.length, null);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return Buffer.concat(chunks); // Windows, when nothing is piped in
      if (code !== 'EAGAIN') throw error;
      pause(5); // a pipe that does not block has nothing yet
    }
  }
}

/** Once the reader is gone (`| head`), the rest is of no use to anybody: the status still counts. */
function writeAll(fd: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') return cannotWrite(fd, error);
      pause(5); // a pipe that does not block is full
    }
  }
}

/** A full disk is the user's to know; what cannot be said on standard error cannot be said. */
function cannotWrite(fd: number, error: unknown): void {
  if (fd === 1) throw new UsageError(`cannot write standard output: ${describe(error)}`);
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** A signal that comes while files are written ends the process after that, with the status a shell expects. */
function holdSignals(): void {
  for (const [name, status] of Object.entries(SIGNALS)) {
    process.once(name, () => process.exit(status));
  }
}
