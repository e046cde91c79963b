import { basename, dirname, normalize } from '../text/posix';
import { toBytes } from './tree';
import type { Entry, Kind, Tree } from './tree';

/** A tree of files that only a list names, such as a dump's. Paths as listed, with slashes. */
export function createVirtualTree(files: readonly string[]): Tree {
  const entries = new Map<string, Map<string, Entry>>();
  const add = (target: string, kind: Kind): void => {
    const parent = dirname(target);
    if (parent === target) return;
    const name = basename(target);
    const siblings = entries.get(parent);
    if (siblings !== undefined) {
      siblings.set(name, { name, bytes: toBytes(name), kind });
      return;
    }
    entries.set(parent, new Map([[name, { name, bytes: toBytes(name), kind }]]));
    add(parent, 'directory');
  };
  for (const file of files) add(normalize(file), 'file');
  const kindOf = (file: string): Kind | null => {
    const clean = normalize(file);
    if (entries.has(clean)) return 'directory';
    return entries.get(dirname(clean))?.get(basename(clean))?.kind ?? null;
  };
  return {
    list: (directory) => {
      const inside = entries.get(normalize(directory));
      return inside === undefined ? null : [...inside.values()];
    },
    exists: (file) => kindOf(file) !== null,
    isDirectory: (file) => kindOf(file) === 'directory',
  };
}
