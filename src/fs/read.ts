import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { MAX_BYTES, refusal } from './decode';

export type Bytes = { readonly bytes: Buffer } | { readonly failure: string };

/**
 * Reads a regular file, as many bytes as fstat says (nginx does no more). Never waits: what is no regular file is not
 * opened (opening a device may act on it), and what becomes one in between does not block. `regular`: a directory
 * listing of a moment ago says that it is a regular file, which saves a system call.
 */
export function readBytes(file: string, regular: boolean): Bytes {
  let fd: number | null = null;
  try {
    const before = regular ? null : unfit(statSync(file));
    if (before !== null) return { failure: before };
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(fd);
    const failure = unfit(stats);
    if (failure !== null) return { failure };
    const bytes = readAll(fd, stats.size);
    const binary = refusal(bytes);
    return binary === null ? { bytes } : { failure: binary };
  } catch (error) {
    return { failure: describe(error) };
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

function readAll(fd: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(fd, bytes, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return length === size ? bytes : bytes.subarray(0, length);
}

function unfit(stats: Stats): string | null {
  if (stats.isDirectory()) return 'is a directory';
  if (!stats.isFile()) return `is ${nameOfKind(stats)}, not a regular file`;
  return stats.size > MAX_BYTES ? tooLarge(stats.size) : null;
}

export function tooLarge(size: number): string {
  return `is ${Math.ceil(size / 1024 / 1024)} MiB; files over ${MAX_BYTES / 1024 / 1024} MiB are not read`;
}

function nameOfKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'something special';
}

const MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
  ENXIO: 'is a device or socket, not a regular file',
  EIO: 'input/output error',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
};

/** A system error in words, without node's decoration. */
export function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return MESSAGES[code] ?? code;
}
