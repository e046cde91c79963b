import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

declare const __BUILD__: string;

/** A module that was run, and how to keep its compiled code for the next time. */
export interface Loaded {
  readonly exports: unknown;
  readonly keep: () => void;
}

/**
 * Runs a file as `require` does, with the code that V8 compiled the last time, kept in the user's cache directory: half of
 * a run on a small file is compiling (measured). Code from there is trusted as this program is, so it must be the user's
 * own, in a directory that nobody else can write to.
 */
export function requireCached(file: string, env: NodeJS.ProcessEnv): Loaded {
  const cache = cacheFile(file, env);
  if (cache === null) return { exports: createRequire(file)(file), keep: () => undefined };
  const kept = readOwn(cache);
  const source = readFileSync(file, 'latin1'); // the bundler writes ASCII
  const script = new Script(Module.wrap(source), { filename: file, ...(kept !== null && { cachedData: kept }) });
  const module = new Module(file);
  const require = createRequire(file);
  module.filename = file;
  require.cache[file] = module;
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run.call(module.exports, module.exports, require, module, file, path.dirname(file));
  module.loaded = true;
  const isKept = kept !== null && script.cachedDataRejected !== true;
  return { exports: module.exports, keep: () => (isKept ? undefined : write(cache, script)) };
}

/**
 * Null where there is no place for it, or it is not wanted; Windows has no owners and modes that tell. V8 compares no more
 * than lengths, so the name tells what the code was compiled from: the build, and when its file was changed last.
 */
function cacheFile(file: string, env: NodeJS.ProcessEnv): string | null {
  if (process.getuid === undefined || env['NGINX_WS_LINT_CACHE'] === 'off') return null;
  const [home = '', stated = ''] = [env['HOME'], env['XDG_CACHE_HOME']];
  const own = path.join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  const base = stated === '' ? own : stated;
  if (!path.isAbsolute(base)) return null;
  const changed = Math.trunc(statSync(file).mtimeMs).toString(36);
  return path.join(base, 'nginx-ws-lint', `${__BUILD__}-${changed}-${process.version}-${process.arch}.bin`);
}

/** What a file holds that belongs to this user, as its directory does, and that no other may write to. */
function readOwn(file: string): Buffer | null {
  let fd: number | null = null;
  try {
    if (!isOwn(lstatSync(path.dirname(file)))) return null;
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(fd);
    return stats.isFile() && isOwn(stats) ? firstCopy(readFileSync(fd)) : null;
  } catch {
    return null; // there is none yet
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/**
 * V8 runs damaged code until it crashes (measured: a third of single flipped bytes). So the file holds it twice: to compare
 * the two takes a tenth of a millisecond, where node's hashes take five to load.
 */
function firstCopy(twice: Buffer): Buffer | null {
  const half = twice.length / 2;
  const same = Number.isInteger(half) && twice.compare(twice, half, twice.length, 0, half) === 0;
  return same ? twice.subarray(0, half) : null;
}

function isOwn({ uid, mode }: Stats): boolean {
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

/** Files of other versions that stay; each is about two megabytes. */
const OTHERS = 3;

function write(file: string, script: Script): void {
  const directory = path.dirname(file);
  const made = path.join(directory, `.${process.pid}.tmp`);
  try {
    for (const each of [path.dirname(directory), directory]) makeDirectory(each);
    if (!isOwn(lstatSync(directory))) return;
    const code = script.createCachedData();
    writeFileSync(made, Buffer.concat([code, code]), { flag: 'wx', mode: 0o600 });
    renameSync(made, file);
    forgetOldest(directory);
  } catch {
    remove(made); // nothing is lost but time
  }
}

/** Not those above it: without a home there is no cache. */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // it was not there
  }
}

function forgetOldest(directory: string): void {
  const files = readdirSync(directory).map((name) => path.join(directory, name));
  const byAge = files.map((file) => ({ file, age: lstatSync(file).mtimeMs })).sort((a, b) => b.age - a.age);
  for (const { file } of byAge.slice(OTHERS + 1)) remove(file);
}
