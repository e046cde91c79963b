import path from 'node:path';
import { toBytes } from './tree';
import type { Entry, Kind, Tree } from './tree';

/** A tree of files that only a list names, such as a dump's. Paths as listed, with slashes. */
export function createVirtualTree(files: readonly string[]): Tree {
  const entries = new Map<string, Map<string, Entry>>();
  const add = (target: string, kind: Kind): void => {
    const parent = path.posix.dirname(target);
    if (parent === target) return;
    const name = path.posix.basename(target);
    const siblings = entries.get(parent);
    if (siblings !== undefined) {
      siblings.set(name, { name, bytes: toBytes(name), kind });
      return;
    }
    entries.set(parent, new Map([[name, { name, bytes: toBytes(name), kind }]]));
    add(parent, 'directory');
  };
  for (const file of files) add(path.posix.normalize(file), 'file');
  const kindOf = (file: string): Kind | null => {
    const clean = path.posix.normalize(file).replace(/(.)\/$/, '$1');
    if (entries.has(clean)) return 'directory';
    return entries.get(path.posix.dirname(clean))?.get(path.posix.basename(clean))?.kind ?? null;
  };
  return {
    list: (directory) => {
      const inside = entries.get(path.posix.normalize(directory).replace(/(.)\/$/, '$1'));
      return inside === undefined ? null : [...inside.values()];
    },
    exists: (file) => kindOf(file) !== null,
    isDirectory: (file) => kindOf(file) === 'directory',
  };
}
