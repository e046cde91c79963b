import { basename, dirname } from 'node:path';
import type { Disk } from './disk';
import { isInside } from './names';
import { toBytes } from './tree';
import type { Entry, Tree } from './tree';

/** What may be read, by real path. */
export interface Access {
  readonly directories: readonly string[];
  readonly files: ReadonlySet<string>;
  /** A live tree is followed wherever nginx follows it. */
  readonly everything: boolean;
}

export function mayRead(access: Access, real: string): boolean {
  if (access.everything || access.files.has(real)) return true;
  return access.directories.some((directory) => isInside(real, directory));
}

/**
 * The part of the disk that may be read. Directories above it hold nothing but the way there, so that a pattern finds
 * what was given and learns no other name.
 */
export function restrictTree(disk: Disk, access: Access): Tree {
  if (access.everything) return disk;
  let ways: ReadonlyMap<string, readonly Entry[]> | null = null;
  const wayAt = (directory: string): readonly Entry[] | undefined => (ways ??= waysTo(access)).get(directory);

  return {
    list: (directory) => {
      const real = disk.realDirectory(directory);
      if (real === null) return null;
      return mayRead(access, real) ? disk.list(real) : (wayAt(real) ?? null);
    },
    exists: (file) => {
      const located = disk.locate(file);
      if (located !== null)
        return mayRead(access, located.real) || wayAt(located.real) !== undefined || isLinkInside(file);
      return isLinkInside(file);
    },
    isDirectory: (file) => {
      const located = disk.locate(file);
      if (located?.kind !== 'directory') return false;
      return mayRead(access, located.real) || wayAt(located.real) !== undefined;
    },
  };

  /** A link in a directory that may be read is seen, wherever it leads; what it leads to is judged by the loader. */
  function isLinkInside(file: string): boolean {
    const parent = disk.realDirectory(dirname(file));
    return parent !== null && mayRead(access, parent) && disk.exists(file);
  }
}

/** Each directory above something that may be read, with the names that lead to it. */
function waysTo({ directories, files }: Access): Map<string, readonly Entry[]> {
  const ways = new Map<string, Map<string, Entry>>();
  const add = (target: string, kind: 'file' | 'directory'): void => {
    const parent = dirname(target);
    if (parent === target) return;
    const name = basename(target);
    const entry = { name, bytes: toBytes(name), kind };
    const entries = ways.get(parent);
    if (entries !== undefined) {
      entries.set(name, entry);
      return;
    }
    ways.set(parent, new Map([[name, entry]]));
    add(parent, 'directory');
  };
  for (const directory of directories) add(directory, 'directory');
  for (const file of files) add(file, 'file');
  return new Map([...ways].map(([directory, entries]) => [directory, [...entries.values()]]));
}
