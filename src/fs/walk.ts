import { basename, join, sep } from 'node:path';
import type { Disk, Located } from './disk';
import type { Entry } from './tree';

/** More directories than any configuration has; `nginx-ws-lint /` ends all the same. */
const MAX_DIRECTORIES = 50_000;

const TEMPLATE = '(?:\\.(?:template|j2|jinja2?|erb|tmpl|gotmpl|tpl))?';
const MAIN_NAME = new RegExp(`^nginx\\.conf${TEMPLATE}$`);
const PART_NAME = new RegExp(`\\.(?:conf|vhost|nginx)${TEMPLATE}$`);
/** Directories whose files count whatever their name: Debian includes all that lies in sites-enabled. */
const ANY_NAME = /^sites-.+$/;
/** Beside the directory itself, where a tree without a main file keeps its parts. */
const PART_DIRECTORY =
  /^(?:conf\.d|http\.d|stream\.d|vhosts?(?:\.d)?|sites-.+|snippets|site-confs|proxy-confs|servers|server_blocks|locations?(?:\.d)?|includes?|default\.d)$/;

export function isMainName(name: string): boolean {
  return MAIN_NAME.test(name);
}

/** What looks like part of a configuration, by its name and that of its directory. */
function isPart({ name, kind }: Entry, directory: string): boolean {
  if (name.startsWith('.') || (kind !== 'file' && kind !== 'link')) return false;
  return (
    PART_NAME.test(name) || (ANY_NAME.test(basename(directory)) && !/(?:~|\.(?:bak|old|orig|swp|dpkg-.*))$/.test(name))
  );
}

/** Directories below one, itself first, in byte order. Links are not followed, nor is what no configuration is in. */
export function* directoriesBelow(disk: Disk, top: string): Generator<string> {
  const stack = [top];
  let count = 0;
  for (let directory = stack.pop(); directory !== undefined && count < MAX_DIRECTORIES; directory = stack.pop()) {
    count++;
    yield directory;
    const inner = (disk.list(directory) ?? []).filter(({ kind, name }) => kind === 'directory' && isWorthwhile(name));
    for (const { name } of sorted(inner).reverse()) stack.push(join(directory, name));
  }
}

function isWorthwhile(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

/** The main files right where they belong: `nginx.conf`, else `conf/nginx.conf`; a template's only without one. */
export function mainFilesAt(disk: Disk, directory: string): string[] {
  return [directory, join(directory, 'conf')].flatMap((place) =>
    sorted(disk.list(place) ?? [])
      .filter(({ name, kind }) => isMainName(name) && kind !== 'directory')
      .map(({ name }) => join(place, name)),
  );
}

export function mainFilesBelow(disk: Disk, top: string): string[] {
  const found: string[] = [];
  for (const directory of directoriesBelow(disk, top)) {
    for (const { name, kind } of sorted(disk.list(directory) ?? [])) {
      if (isMainName(name) && kind !== 'directory') found.push(join(directory, name));
    }
  }
  return found;
}

/** `*.conf`, `*.vhost` and what lies in sites-available and the like, of a directory that has no main file. */
export function partsOf(disk: Disk, top: string): string[] {
  const inner = sorted(disk.list(top) ?? []).filter(
    ({ name, kind }) => kind === 'directory' && PART_DIRECTORY.test(name),
  );
  return [top, ...inner.map(({ name }) => join(top, name))].flatMap((directory) => partsIn(disk, directory));
}

/** All of them below a directory, but for those that are known. */
export function partsBelow(disk: Disk, top: string, known: ReadonlySet<string>): string[] {
  return [...directoriesBelow(disk, top)].flatMap((directory) => partsIn(disk, directory, known));
}

const NONE: ReadonlySet<string> = new Set();

function partsIn(disk: Disk, directory: string, known = NONE): string[] {
  const start = directory.endsWith(sep) ? directory : directory + sep;
  const entries = disk.list(directory) ?? [];
  const unknown = known.size === 0 ? entries : entries.filter(({ name }) => !known.has(start + name));
  return sorted(unknown)
    .filter((entry) => isPart(entry, directory))
    .map(({ name }) => start + name);
}

function sorted(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => (a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0));
}

/** Regular files among paths, each real file once. */
export function locateFiles(disk: Disk, files: readonly string[]): Located[] {
  const found = new Map<string, Located>();
  for (const file of files) {
    const located = disk.locate(file);
    if (located !== null && located.kind !== 'directory') found.set(located.real, located);
  }
  return [...found.values()];
}
