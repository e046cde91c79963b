import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';
import { isOwn } from './own-file';

declare const __BUILD__: string;

/** Compiled code, and the file to keep it in. */
export interface Code {
  readonly file: string;
  readonly script: Script;
  /** The exit status of the lint that what is kept comes from: one that found something has run more. Null: none is kept. */
  readonly keptAfter: number | null;
}

/** A module that was run. */
export interface Loaded {
  readonly exports: unknown;
  /** Null when its code is not to be kept. */
  readonly code: Code | null;
}

/** node:module, which has it by name, takes 3 ms to load (measured on node 20). */
const Module = module.constructor as new (id: string) => NodeJS.Module;

/**
 * Runs a file of one function, as `require` wraps a module in, with the code that V8 compiled the last time, kept in the
 * user's cache directory: half of a run on a small file is compiling (measured). Code from there is trusted as this program
 * is, so it must be the user's own, in a directory that nobody else can write to.
 */
export function loadCached(file: string, env: NodeJS.ProcessEnv): Loaded {
  const cache = cacheFile(file, env);
  const kept = cache === null ? null : readOwn(cache);
  const source = readFileSync(file, 'latin1'); // the bundler writes ASCII
  const script = new Script(source, { filename: file, ...(kept !== null && { cachedData: kept.code }) });
  const main = new Module(file);
  main.filename = file;
  require.cache[file] = main;
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run.call(main.exports, main.exports, (id: string) => main.require(id) as unknown, main, file, dirname(file));
  main.loaded = true;
  const isKept = kept !== null && script.cachedDataRejected !== true;
  const code = cache === null ? null : { file: cache, script, keptAfter: isKept ? kept.after : null };
  return { exports: main.exports, code };
}

/**
 * Null where there is no place for it, or it is not wanted; Windows has no owners and modes that tell. V8 compares no more
 * than lengths, so the name tells what the code was compiled from: the build, and when its file was changed last.
 */
function cacheFile(file: string, env: NodeJS.ProcessEnv): string | null {
  if (process.getuid === undefined || env['NGINX_WS_LINT_CACHE'] === 'off') return null;
  const [home = '', stated = ''] = [env['HOME'], env['XDG_CACHE_HOME']];
  const own = join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  const base = stated === '' ? own : stated;
  if (!isAbsolute(base)) return null;
  const changed = Math.trunc(statSync(file).mtimeMs).toString(36);
  return join(base, 'nginx-ws-lint', `${__BUILD__}-${changed}-${process.version}-${process.arch}.bin`);
}

interface Kept {
  readonly code: Buffer;
  /** See Code. */
  readonly after: number;
}

/** What a file holds that belongs to this user, as its directory does, and that no other may write to. */
function readOwn(file: string): Kept | null {
  let fd: number | null = null;
  try {
    if (!isOwn(lstatSync(dirname(file)))) return null;
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(fd);
    return stats.isFile() && isOwn(stats) ? readTwice(fd, (stats.size - 1) / 2) : null;
  } catch {
    return null; // there is none yet
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

const PIECE = 65_536;

/**
 * V8 runs damaged code until it crashes (measured: a third of single flipped bytes). So the file holds it twice: to compare
 * the two takes a fraction of a millisecond, where node's hashes take five to load. The second is read piece by piece:
 * memory that is touched for the first time costs more than reading does. The last byte is the status that it was kept after.
 */
function readTwice(fd: number, size: number): Kept | null {
  const code = Buffer.allocUnsafe(size);
  if (readSync(fd, code, 0, size, 0) !== size) return null;
  const piece = Buffer.allocUnsafe(PIECE);
  for (let at = 0; at < size; at += PIECE) {
    const length = Math.min(PIECE, size - at);
    if (readSync(fd, piece, 0, length, size + at) !== length) return null;
    if (code.compare(piece, 0, length, at, at + length) !== 0) return null;
  }
  return readSync(fd, piece, 0, 1, 2 * size) === 1 ? { code, after: piece[0] ?? 0 } : null;
}
