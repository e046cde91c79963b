import { basename, dirname, resolve } from 'node:path';
import { treeOf } from '../syntax/cache';
import { confDirectoryOf, DEFAULT_DIRECTORIES } from './confdir';
import { isMainFile, contextOf } from './context';
import type { Located } from './disk';
import { isInside } from './names';
import type { Session } from './session';
import { isMainName, locateFiles, mainFilesAt, mainFilesBelow, partsOf } from './walk';

/** A main file by the name it was given (or found) under: nginx's prefix is where that lies, links not followed. */
export interface MainInput {
  readonly path: string;
  readonly located: Located;
}

/** What the arguments come to. Real paths, but for `MainInput.path`. */
export interface Inputs {
  readonly mains: readonly MainInput[];
  readonly parts: readonly Located[];
  /** Directories that were given, and those of main files that were. */
  readonly directories: readonly string[];
  /** Directories among the arguments: their other files are counted. */
  readonly searched: readonly string[];
}

interface Collector {
  readonly mains: Map<string, MainInput>;
  readonly parts: Map<string, Located>;
  readonly directories: Set<string>;
  readonly searched: Set<string>;
}

/** Sorts arguments into main files and fragments; what cannot be read becomes a problem. */
export function findInputs(session: Session, paths: readonly string[]): Inputs {
  const found: Collector = { mains: new Map(), parts: new Map(), directories: new Set(), searched: new Set() };
  for (const given of paths) addArgument(session, resolve(session.cwd, given), given, found);
  return {
    mains: [...found.mains.values()],
    parts: [...found.parts.values()],
    directories: [...found.directories],
    searched: [...found.searched],
  };
}

function addArgument(session: Session, file: string, given: string, found: Collector): void {
  const located = session.disk.locate(file);
  if (located === null) return session.fail(file, whyNot(session, file, given));
  if (!mayFollowArgument(session, file, located.real)) {
    return session.fail(
      file,
      `is a symbolic link to ${located.real}, outside the working directory: name that, or --allow it`,
    );
  }
  if (located.kind === 'directory') addDirectory(session, file, located.real, found);
  else addFile(session, { path: file, located }, found);
}

function whyNot({ disk }: Session, file: string, given: string): string {
  return /[*?[{]/.test(given) && !disk.exists(file) ? 'no file matches' : disk.whyNot(file);
}

/**
 * A link that a checkout brings must not lead elsewhere on the machine. One outside the working directory was named on
 * purpose; sites-enabled leads to sites-available.
 */
function mayFollowArgument(session: Session, link: string, real: string): boolean {
  if (!isInside(link, session.cwd) || isInside(real, session.cwd)) return true;
  const home = confDirectoryOf(`${dirname(link)}/`);
  if (home !== null && isInside(real, home)) return true;
  return (session.options.allow ?? []).some((place) => {
    const allowed = session.disk.locate(resolve(session.cwd, place));
    return allowed !== null && isInside(real, allowed.real);
  });
}

function addFile(session: Session, input: MainInput, found: Collector): void {
  const source = session.read(input.located);
  if (typeof source === 'string') return session.fail(input.located.real, source);
  if (!isMain(session, input)) {
    found.parts.set(input.located.real, input.located);
    return;
  }
  found.mains.set(input.located.real, input);
  const directory = session.disk.realDirectory(dirname(input.path));
  if (directory !== null) found.directories.add(directory);
}

/** By what it holds: many a repository calls a file nginx.conf that the image puts into conf.d. */
export function isMain(session: Session, { path: file, located }: MainInput): boolean {
  const source = session.read(located);
  if (typeof source === 'string') return false;
  const tree = treeOf(source);
  if (isMainFile(tree)) return true;
  if (!isMainName(basename(file))) return false;
  const context = contextOf(tree, '');
  return context === null || context.length === 0;
}

function addDirectory(session: Session, directory: string, real: string, found: Collector): void {
  found.directories.add(real);
  found.searched.add(real);
  const mains = firstNonEmpty(
    () => readableMains(session, mainFilesAt(session.disk, directory), real).slice(0, 1),
    () => readableMains(session, mainFilesBelow(session.disk, directory), real),
  );
  for (const main of mains) found.mains.set(main.located.real, main);
  if (mains.length > 0) return;
  const candidates = [...partsOf(session.disk, directory), ...mainFilesBelow(session.disk, directory)];
  const parts = locateFiles(session.disk, candidates).filter((part) => isInside(part.real, real));
  for (const part of parts) addPart(session, part, found);
  if (parts.length > 0) return;
  const reason = session.disk.whyUnlisted(real) ?? 'holds no nginx.conf, and no *.conf, *.vhost or sites-* files';
  session.fail(real, reason);
}

function addPart(session: Session, part: Located, found: Collector): void {
  const source = session.read(part);
  if (typeof source === 'string') session.fail(part.real, source);
  else found.parts.set(part.real, part);
}

function readableMains(session: Session, files: readonly string[], top: string): MainInput[] {
  const mains = files.flatMap((file): MainInput[] => {
    const located = session.disk.locate(file);
    if (located === null) return [];
    // NixOS and alike: /etc/nginx/nginx.conf is a link to where the files are
    const mine = isInside(located.real, top) || DEFAULT_DIRECTORIES.includes(dirname(file));
    const source = mine ? session.read(located) : 'lies outside the given directory (--allow reads it)';
    if (typeof source === 'string') {
      session.fail(located.real, source);
      return [];
    }
    return isMain(session, { path: file, located }) ? [{ path: file, located }] : [];
  });
  return [...new Map(mains.map((main) => [main.located.real, main])).values()];
}

function firstNonEmpty<Item>(...makers: readonly (() => Item[])[]): Item[] {
  for (const make of makers) {
    const items = make();
    if (items.length > 0) return items;
  }
  return [];
}
