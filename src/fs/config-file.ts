import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DEFAULT_DIRECTORIES } from './confdir';
import { describe, readBytes } from './read';
import { isInside } from './names';

export const CONFIG_NAMES = [
  '.nginx-ws-lint.json',
  '.nginx-ws-lint.jsonc',
  '.nginx-ws-lint.yaml',
  '.nginx-ws-lint.yml',
] as const;

/** In package.json. */
export const PACKAGE_KEY = 'nginx-ws-lint';

/** A configuration file cannot be read, or holds what it must not: one line for the user. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface ConfigFile {
  /** Absolute. */
  readonly file: string;
  readonly data: unknown;
  /** What it names must lie below this directory: it may come with a pull request. */
  readonly boundary: string;
}

/**
 * The directories in which to look, nearest first. From the first path upwards: to the working directory if the path
 * lies below it, and on to the top of that repository. A path elsewhere is somebody else's tree: only its own
 * directory counts, nothing above it.
 */
export function searchDirectories(cwd: string, paths: readonly string[]): readonly string[] {
  const start = startOf(cwd, paths);
  if (!isInside(start, cwd)) return [start];
  const top = repositoryOf(cwd) ?? cwd;
  const directories: string[] = [];
  for (let directory = start; ; directory = dirname(directory)) {
    directories.push(directory);
    if (directory === top) return directories;
  }
}

function startOf(cwd: string, paths: readonly string[]): string {
  const first = paths.find((given) => given !== '-');
  if (first === undefined) return cwd;
  const absolute = resolve(cwd, first);
  const directory = isDirectory(absolute) ? absolute : dirname(absolute);
  return real(directory);
}

/** The top of the repository that the directory lies in, if it belongs to the same owner: /tmp/.git is anybody's. */
function repositoryOf(directory: string): string | null {
  const owner = ownerOf(directory);
  for (let at = directory; ; at = dirname(at)) {
    if (ownerOf(at) !== owner) return null;
    if (exists(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

function ownerOf(directory: string): number | null {
  return statSync(directory, { throwIfNoEntry: false })?.uid ?? null;
}

function exists(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function isDirectory(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

function real(directory: string): string {
  try {
    return realpathSync.native(directory);
  } catch {
    return directory;
  }
}

/** The nearest configuration file; null for none. */
export function findConfigFile(cwd: string, paths: readonly string[]): ConfigFile | null {
  const home = real(cwd);
  const found = firstIn(searchDirectories(home, paths));
  if (found !== null || paths.length > 0 || exists(join(home, 'nginx.conf'))) return found;
  const usual = DEFAULT_DIRECTORIES.find(isDirectory); // what is linted then
  return usual === undefined ? null : firstIn([real(usual)]);
}

function firstIn(directories: readonly string[]): ConfigFile | null {
  const boundary = directories.at(-1) ?? '';
  for (const directory of directories) {
    const [file, other] = CONFIG_NAMES.map((name) => join(directory, name)).filter(exists);
    if (other !== undefined) throw new ConfigError(`${file} and ${other} are both there: keep one`);
    if (file !== undefined) return readConfigFile(file, boundary);
    const manifest = join(directory, 'package.json');
    const data = exists(manifest) ? keyOfManifest(manifest, boundary) : undefined;
    if (data !== undefined) return { file: manifest, data, boundary };
  }
  return null;
}

/** Somebody's package.json that is broken, or leads elsewhere, is no concern of ours. */
function keyOfManifest(file: string, boundary: string): unknown {
  if (!isInside(real(file), boundary)) return undefined;
  const read = readBytes(file);
  if ('failure' in read || !read.bytes.includes(`"${PACKAGE_KEY}"`)) return undefined;
  try {
    return (JSON.parse(read.bytes.toString('utf8')) as Record<string, unknown>)[PACKAGE_KEY];
  } catch {
    return undefined;
  }
}

/** Named by the user: --config FILE. It may name what lies below the working directory's repository or below itself. */
export function readNamedConfig(cwd: string, name: string): ConfigFile {
  const file = resolve(cwd, name);
  const home = real(cwd);
  const top = repositoryOf(home) ?? home;
  const directory = real(dirname(file));
  return readConfigFile(file, isInside(directory, top) ? top : directory);
}

const MAX_CONFIG = 1024 * 1024;

export function readConfigFile(file: string, boundary: string): ConfigFile {
  let target: string;
  try {
    target = realpathSync.native(file);
  } catch (error) {
    throw new ConfigError(`cannot read ${file}: ${describe(error)}`);
  }
  if (!isInside(target, boundary)) throw new ConfigError(`${file} is a link that leads outside ${boundary}`);
  const read = readBytes(target);
  if ('failure' in read) throw new ConfigError(`cannot read ${file}: ${read.failure}`);
  if (read.bytes.length > MAX_CONFIG) throw new ConfigError(`cannot read ${file}: it is larger than 1 MiB`);
  const text = read.bytes.toString('utf8').replace(/^\ufeff/, '');
  const data = /\.ya?ml$/.test(file) ? parseYaml(file, text) : parseJson(file, text);
  return { file, data: basename(file) === 'package.json' ? packageKey(data) : data, boundary };
}

function packageKey(data: unknown): unknown {
  const key = (data as Record<string, unknown> | null)?.[PACKAGE_KEY];
  return key ?? {};
}

/** Comments and trailing commas are taken in any file: editors write them into .json, too. */
function parseJson(file: string, text: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const jsonc = require('jsonc-parser') as typeof import('jsonc-parser');
  const errors: import('jsonc-parser').ParseError[] = [];
  const data: unknown = jsonc.parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return data;
  const before = text.slice(0, first.offset).split('\n');
  const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  const what = jsonc
    .printParseErrorCode(first.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  throw new ConfigError(`${file}:${place}: not valid JSON: ${what}`);
}

function parseYaml(file: string, text: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseDocument, LineCounter } = require('yaml') as typeof import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' });
  const [first] = document.errors;
  if (first !== undefined) {
    const { line, col } = lineCounter.linePos(first.pos[0]);
    throw new ConfigError(`${file}:${line}:${col}: not valid YAML: ${first.code.toLowerCase().replaceAll('_', ' ')}`);
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw new ConfigError(`${file}: not valid YAML: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
  }
}
