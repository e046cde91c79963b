import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { describe } from './read';
import { fromBytes } from './tree';
import type { Entry, Kind, Tree } from './tree';

/** Where a path leads: the real path, and what lies there. */
export interface Located {
  readonly real: string;
  readonly kind: Exclude<Kind, 'link'>;
}

/** The disk, each directory listed and resolved once: a run sees one state of it, and 2,000 files cost one listing. */
export interface Disk extends Tree {
  /** Follows links as open(2) does; null when nothing is there or the way is barred. */
  locate(file: string): Located | null;
  realDirectory(directory: string): string | null;
  /** What a symbolic link says; null for anything else. */
  linkTarget(file: string): string | null;
  /** Why `locate` finds nothing. */
  whyNot(file: string): string;
  /** Why what a directory holds is not known, though it is one; null when it is known. */
  whyUnlisted(directory: string): string | null;
}

/** What `whyNot` says of a dangling link. */
export const NOWHERE = 'is a symbolic link to nowhere';

/** A directory that holds so many makes it worth to be ready for thousands of files. */
const MANY_ENTRIES = 200;

/**
 * `overlay` holds real paths of files that exist for this run even if not on the disk (an editor's new buffer).
 * `whenMany` is called when a directory holds many.
 */
export function createDisk(overlay: readonly string[] = [], whenMany?: (entries: number) => void): Disk {
  const realOf = new Map<string, string | null>();
  const listings = new Map<string, Listing | null>();
  const unlisted = new Map<string, string>();

  const realDirectory = (directory: string): string | null => cached(realOf, directory, () => realpath(directory));

  const listing = (directory: string): Listing | null => {
    const real = realDirectory(directory);
    return real === null ? null : cached(listings, real, () => readListing(real, overlay, unlisted, whenMany));
  };

  const locate = (file: string): Located | null => {
    const cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf(sep));
    const name = file.slice(cut + 1);
    if (name === '' || name === '.' || name === '..') return follow(file);
    const directory = realDirectory(cut < 0 ? '.' : file.slice(0, cut) || '/');
    if (directory === null) return null;
    const direct = directory.endsWith(sep) ? directory + name : directory + sep + name;
    const known = listings.get(directory)?.kinds.get(name) ?? (overlay.includes(direct) ? 'file' : kindOf(direct));
    if (known === null) return null;
    return known === 'link' ? follow(direct) : { real: direct, kind: known };
  };

  return {
    realDirectory,
    locate,
    whyNot,
    linkTarget,
    list: (directory) => listing(directory)?.entries ?? null,
    whyUnlisted: (directory) => {
      listing(directory);
      return unlisted.get(realDirectory(directory) ?? '') ?? null;
    },
    exists: (file) => kindOf(file) !== null || overlay.includes(resolve(file)),
    isDirectory: (file) => locate(file)?.kind === 'directory',
  };
}

interface Listing {
  readonly entries: readonly Entry[];
  readonly kinds: ReadonlyMap<string, Kind>;
}

function readListing(
  directory: string,
  overlay: readonly string[],
  unlisted: Map<string, string>,
  whenMany?: (entries: number) => void,
): Listing | null {
  let dirents: Dirent[];
  try {
    dirents = readdirSync(directory, { withFileTypes: true, encoding: 'latin1' });
  } catch (error) {
    if (kindOf(directory) === 'directory') unlisted.set(directory, describe(error));
    return null;
  }
  if (dirents.length >= MANY_ENTRIES) whenMany?.(dirents.length);
  const entries = dirents.map((dirent): Entry => ({
    name: fromBytes(dirent.name),
    bytes: dirent.name,
    kind: kindOfStats(dirent),
  }));
  const kinds = new Map(entries.map(({ name, kind }) => [name, kind]));
  for (const file of overlay) {
    const name = basename(file);
    if (dirname(file) !== directory || kinds.has(name)) continue;
    kinds.set(name, 'file');
    entries.push({ name, bytes: Buffer.from(name, 'utf8').toString('latin1'), kind: 'file' });
  }
  return { entries, kinds };
}

export function kindOfStats(stats: Stats | Dirent): Kind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

function kindOf(file: string): Kind | null {
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    return stats === undefined ? null : kindOfStats(stats);
  } catch {
    return null;
  }
}

function linkTarget(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}

function whyNot(file: string): string {
  try {
    statSync(file);
    return 'appeared meanwhile';
  } catch (error) {
    const link = kindOf(file) === 'link' && (error as NodeJS.ErrnoException).code === 'ENOENT';
    return link ? NOWHERE : describe(error);
  }
}

function follow(file: string): Located | null {
  try {
    const real = realpathSync.native(file); // `file/` is ENOTDIR, as for open(2)
    const kind = kindOfStats(statSync(real));
    return kind === 'link' ? null : { real, kind };
  } catch {
    return null;
  }
}

function realpath(directory: string): string | null {
  try {
    return realpathSync.native(directory);
  } catch {
    return null;
  }
}

function cached<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  let value = cache.get(key);
  if (value === undefined) {
    value = make();
    cache.set(key, value);
  }
  return value;
}
