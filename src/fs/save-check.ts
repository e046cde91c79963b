import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { encode } from './decode';
import { pathOf } from './names';
import { describe } from './read';
import type { Change, SaveOptions } from './save';
import type { System } from './system';

/** What is to be done with one file, once it has passed the checks. */
export interface Plan {
  readonly name: string;
  /** As it is shown; `directory` is what calls use. */
  readonly real: string;
  /** A path that means the checked directory, even if its name comes to mean another (Linux). */
  readonly directory: string;
  readonly base: string;
  readonly old: Buffer;
  readonly new: Buffer;
  readonly stats: Stats;
  /** Renaming would part it from its other names. */
  readonly inPlace: boolean;
  /** Another name of a file that is written already. */
  readonly alias: boolean;
}

export interface Checked {
  readonly plans: readonly Plan[];
  /** By name; any refuses the whole. */
  readonly refusals: ReadonlyMap<string, string>;
  /** Lets go of the directories. */
  readonly close: () => void;
}

const NO_STATS = {} as Stats;

/** Nothing is written here. */
export function checkChanges(changes: readonly Change[], options: SaveOptions, system: System): Checked {
  const refusals = new Map<string, string>();
  const directories = createDirectories(system);
  const byInode = new Map<string, Plan>();
  const plans = changes.map((change): Plan => {
    const { path: name } = change.before;
    const real = pathOf(name, options.cwd);
    const blank = {
      name,
      real,
      directory: dirname(real),
      base: basename(real),
      inPlace: false,
      alias: false,
    };
    const nothing: Plan = { ...blank, old: Buffer.alloc(0), new: Buffer.alloc(0), stats: NO_STATS };
    if (!options.given.has(name)) {
      refusals.set(name, 'lies outside the given paths');
      return nothing;
    }
    try {
      const plan = checkFile(change, { ...nothing, directory: directories.open(blank.directory) }, byInode, system);
      if (typeof plan !== 'string') return plan;
      refusals.set(name, plan);
    } catch (error) {
      refusals.set(name, error instanceof Moved ? error.message : describe(error));
    }
    return nothing;
  });
  return { plans, refusals, close: directories.close };
}

function checkFile(change: Change, blank: Plan, byInode: Map<string, Plan>, system: System): Plan | string {
  const file = `${blank.directory}/${blank.base}`;
  const stats = system.lstatSync(file);
  if (!stats.isFile()) return 'is no regular file any more';
  // opened, not asked for: access(2) judges by the real user, and is mistaken on some network file systems
  system.closeSync(
    system.openSync(file, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)),
  );
  const { before, text } = change;
  const old = encode(before.text, before.encoding);
  const bytes = encode(text, before.encoding);
  if (old === null || bytes === null) return 'is Latin-1, and the new text does not fit';
  if (!holds(system, file, old)) return 'was changed since it was read';
  const inode = `${stats.dev}:${stats.ino}`;
  const other = byInode.get(inode);
  if (other !== undefined && !other.new.equals(bytes))
    return `is the same file as ${other.name}, which is to hold another text`;
  const plan = { ...blank, old, new: bytes, stats, inPlace: stats.nlink > 1, alias: other !== undefined };
  if (other === undefined) byInode.set(inode, plan);
  return plan;
}

/** Whether a file holds exactly these bytes. Does not follow a link, nor wait. */
export function holds(system: System, file: string, bytes: Buffer): boolean {
  const fd = system.openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const found = Buffer.allocUnsafe(bytes.length + 1);
    let length = 0;
    for (;;) {
      const count = system.readSync(fd, found, length, found.length - length, null);
      length += count;
      if (count === 0 || length === found.length) break;
    }
    return length === bytes.length && found.subarray(0, length).equals(bytes);
  } finally {
    system.closeSync(fd);
  }
}

class Moved extends Error {}

/**
 * Directories, held open while files in them are written: through /proc/self/fd a path goes on to mean what was
 * checked, whatever the directory's name comes to mean (as openat would do). Elsewhere than on Linux: the name itself.
 */
function createDirectories(system: System): { open: (directory: string) => string; close: () => void } {
  const opened = new Map<string, { readonly fd: number; readonly path: string } | null>();
  const open = (directory: string): string => {
    if (system.realpathSync(directory) !== directory) throw new Moved('now lies behind a symbolic link');
    let held = opened.get(directory);
    if (held === undefined) {
      held = process.platform === 'linux' ? hold(system, directory) : null;
      opened.set(directory, held);
    }
    return held?.path ?? directory;
  };
  const close = (): void => {
    for (const held of opened.values()) if (held !== null) closeQuietly(system, held.fd);
  };
  return { open, close };
}

/** Nothing was written through it: that closing fails says nothing about the files. */
function closeQuietly(system: System, fd: number): void {
  try {
    system.closeSync(fd);
  } catch {
    // gone all the same
  }
}

function hold(system: System, directory: string): { readonly fd: number; readonly path: string } | null {
  const fd = system.openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  const through = `/proc/self/fd/${fd}`;
  let meant: string | null = null;
  try {
    meant = system.realpathSync(through);
  } catch {
    // no /proc here: the name has to do
  }
  if (meant === directory) return { fd, path: through };
  system.closeSync(fd);
  if (meant !== null) throw new Moved('now lies behind a symbolic link');
  return null;
}
