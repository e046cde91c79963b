import { dirname, posix, resolve } from 'node:path';
import { mayRead, restrictTree } from './access';
import type { Access } from './access';
import { confDirectoryOf, isAbsoluteName, withoutParts } from './confdir';
import { NOWHERE } from './disk';
import type { Disk, Located } from './disk';
import { callsGlob, escapePattern, glob3 } from './glob3';
import type { Include } from './includes';
import { isInside, ownPath } from './names';
import { DENIED } from './read';
import type { Mapping } from './options';
import type { Tree } from './tree';

/**
 * A file that an include names. `located` is null for a dangling link, `readable` false for one outside; `nowhere`: nginx
 * finds nothing where the link leads, as far as one can tell.
 */
export interface Hit {
  readonly path: string;
  readonly located: Located | null;
  readonly readable: boolean;
  readonly nowhere: boolean;
}

export type Resolution =
  /** `unlisted` are directories whose names nobody could read: a pattern may match more there. */
  | { readonly kind: 'found'; readonly hits: readonly Hit[]; readonly unlisted: readonly string[] }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'unread'; readonly reason: string; readonly outside: boolean };

/** How the names in one workspace's includes become files. */
export interface Naming {
  readonly access: Access;
  /** `--map`, TO absolute, the longest FROM first. */
  readonly maps: readonly Mapping[];
  /** `--prefix`, absolute. */
  readonly prefix: string | null;
  /** Where the main file lies; null for fragments, which are tried in the directories above them. */
  readonly mainDirectory: string | null;
  /** The main file's real path. */
  readonly mainFile: string | null;
  /** The conf directory that `mainDirectory` stands for; null: none, or nginx itself reads the tree there. */
  readonly confDirectory: string | null;
}

/** A place to look for an include. `certain`: nginx looks there and nowhere else. */
interface Attempt {
  readonly base: string;
  readonly name: string;
  readonly certain: boolean;
  readonly mapping: Mapping | null;
}

const OUTSIDE = 'lies outside the given paths';

/** `onMapping` hears of each automatic mapping by which something was found. */
export function createResolver(
  disk: Disk,
  naming: Naming,
  onMapping: (mapping: Mapping) => void,
): (include: Include, file: string) => Resolution {
  const tree = restrictTree(disk, naming.access);
  return (include, file) => {
    if (include.placeholder) return { kind: 'unread', reason: "holds a template's placeholder", outside: false };
    for (const attempt of attempts(include.pattern, file, naming)) {
      const found = tryAt(attempt, include, disk, tree, naming);
      if (found === null || (!attempt.certain && namesFile(found, [file, naming.mainFile]))) continue;
      if (attempt.mapping !== null) onMapping(attempt.mapping);
      return found;
    }
    if (include.pattern.includes('$')) return { kind: 'unread', reason: 'holds a variable', outside: false };
    return { kind: 'unread', reason: OUTSIDE, outside: true };
  };
}

/** A place where a file would include itself, or the main file, was guessed wrong. */
function namesFile(found: Resolution, files: readonly (string | null)[]): boolean {
  return found.kind === 'found' && found.hits.some(({ located }) => located !== null && files.includes(located.real));
}

function tryAt(attempt: Attempt, include: Include, disk: Disk, tree: Tree, naming: Naming): Resolution | null {
  const { access } = naming;
  const full = posix.isAbsolute(attempt.name) || attempt.base === '' ? attempt.name : `${attempt.base}/${attempt.name}`;
  const globs = include.globs && callsGlob(access.everything ? full : attempt.name);
  const literalBase = access.everything ? attempt.base : escapePattern(attempt.base);
  const unlisted: string[] = [];
  const paths = globs
    ? glob3(attempt.base === '' ? full : `${literalBase}/${attempt.name}`, noting(unlisted, tree, disk, access))
    : tree.exists(full)
      ? [full]
      : [];
  const hits = paths.map((found) => hitAt(found, disk, naming));
  const dangling = !globs && hits[0]?.located === null;
  if (dangling && hits[0]?.nowhere !== true) return { kind: 'unread', reason: NOWHERE, outside: false };
  if (hits.length > 0 && !dangling && allOutside(hits) && unlisted.length === 0)
    return { kind: 'unread', reason: OUTSIDE, outside: true };
  if ((hits.length > 0 && !dangling) || unlisted.length > 0) return { kind: 'found', hits, unlisted };
  if (!attempt.certain || !placeReadable(full, disk, access)) return null;
  if (!access.everything && include.pattern.includes('$')) return null;
  if (globs) return { kind: 'found', hits, unlisted };
  if (disk.whyNot(full) !== DENIED) return { kind: 'missing', path: full };
  return { kind: 'found', hits: [hitAt(full, disk, naming)], unlisted };
}

/** The tree, which notes what may be read and cannot be listed. */
function noting(unlisted: string[], tree: Tree, disk: Disk, access: Access): Tree {
  return {
    ...tree,
    list: (directory) => {
      const entries = tree.list(directory);
      const real = entries === null && disk.whyUnlisted(directory) !== null ? disk.realDirectory(directory) : null;
      if (real !== null && mayRead(access, real)) unlisted.push(real);
      return entries;
    },
  };
}

function hitAt(found: string, disk: Disk, naming: Naming): Hit {
  const located = disk.locate(found);
  const readable = located !== null && mayRead(naming.access, located.real);
  const copy = readable || naming.access.everything ? null : copyOfTarget(found, disk, naming);
  if (copy !== null) return { path: found, located: copy, readable: true, nowhere: false };
  return { path: found, located, readable, nowhere: located === null && leadsNowhere(found, disk, naming.access) };
}

/** The kernel follows no more. */
const MOST_LINKS = 40;

/**
 * Whether nginx, too, finds nothing where a dangling link leads. In a copy of a tree an absolute link, and one that leads
 * out of what was given, may be meant for the server.
 */
function leadsNowhere(link: string, disk: Disk, access: Access): boolean {
  if (disk.whyNot(link) !== NOWHERE) return false;
  if (access.everything) return true;
  let place = link;
  for (let steps = 0; steps < MOST_LINKS; steps++) {
    const target = disk.linkTarget(place);
    if (target === null) return true;
    const directory = disk.realDirectory(dirname(place));
    if (directory === null || isAbsoluteName(target)) return false;
    place = resolve(directory, target);
    if (!placeReadable(place, disk, access)) return false;
  }
  return false;
}

/** A copied tree keeps links as `sites-enabled/x -> /etc/nginx/sites-available/x`: what stands for that is meant. */
function copyOfTarget(link: string, disk: Disk, naming: Naming): Located | null {
  const { confDirectory: from, mainDirectory: to } = naming;
  const target = disk.linkTarget(link);
  if (target === null || !isAbsoluteName(target)) return null;
  const stated = mapped(target, naming);
  const place =
    stated !== null
      ? `${stated.base}/${stated.name}`
      : from !== null && to !== null && isInside(target, from, '/')
        ? to + target.slice(from.length)
        : null;
  const located = place === null ? null : disk.locate(place);
  return located !== null && mayRead(naming.access, located.real) ? located : null;
}

function allOutside(hits: readonly Hit[]): boolean {
  return hits.every(({ located, readable }) => located !== null && !readable);
}

/** Whether one can say that nothing is there: the nearest directory that exists may be read. */
function placeReadable(full: string, disk: Disk, access: Access): boolean {
  if (access.everything) return true;
  let directory = dirname(/^[^*?[]*/.exec(full)?.[0].concat('x') ?? full);
  for (;;) {
    const real = disk.realDirectory(directory);
    if (real !== null) return mayRead(access, real);
    const parent = dirname(directory);
    if (parent === directory) return false;
    directory = parent;
  }
}

function attempts(pattern: string, file: string, naming: Naming): Attempt[] {
  const { prefix, mainDirectory } = naming;
  if (isAbsoluteName(pattern)) return absoluteAttempts(pattern, file, naming);
  if (prefix !== null) return [mapped(`${prefix}/${pattern}`, naming) ?? certainly(prefix, pattern)];
  if (mainDirectory !== null) return [certainly(mainDirectory, pattern)];
  return basesAbove(file).map((base) => ({ base, name: pattern, certain: false, mapping: null }));
}

function absoluteAttempts(pattern: string, file: string, naming: Naming): Attempt[] {
  const stated = mapped(pattern, naming);
  if (stated !== null) return [stated];
  const itself = certainly('', pattern);
  if (naming.access.everything) return [itself];
  const { from, bases } = standIns(pattern, file, naming);
  const name = from !== null && isInside(pattern, from, '/') ? pattern.slice(from.length + 1) : null;
  if (from === null || name === null) return [itself];
  return [...bases.map((to) => ({ base: to, name, certain: false, mapping: { from, to } })), itself];
}

/** The conf directory that a pattern points into, and the directories that may stand for it. */
function standIns(pattern: string, file: string, naming: Naming): { from: string | null; bases: readonly string[] } {
  const { mainDirectory, confDirectory, prefix } = naming;
  if (mainDirectory !== null) return { from: confDirectory, bases: [mainDirectory] };
  const from = confDirectoryOf(pattern) ?? withoutParts(posix.dirname(pattern));
  return { from: from === '/' ? null : from, bases: prefix === null ? basesAbove(file) : [prefix] };
}

/** `--map` goes first; the longest FROM wins. */
function mapped(name: string, { maps }: Naming): Attempt | null {
  const mapping = maps.find(({ from }) => isInside(name, from, '/'));
  return mapping === undefined ? null : certainly(mapping.to, name.slice(mapping.from.length).replace(/^\/+/, ''));
}

function certainly(base: string, name: string): Attempt {
  return { base, name, certain: true, mapping: null };
}

/**
 * Where the includes of a fragment may start: the directory that a conf.d or sites-enabled belongs to, its own, then
 * those above.
 */
function basesAbove(file: string): string[] {
  const own = dirname(file);
  const bases = new Set([withoutParts(own, ownPath), own]);
  for (let base = own; dirname(base) !== base; base = dirname(base)) bases.add(dirname(base));
  return [...bases];
}
