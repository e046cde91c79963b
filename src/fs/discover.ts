import { dirname } from 'node:path';
import type { MainInput } from './inputs';
import { isMain } from './inputs';
import { isInside } from './names';
import type { Session } from './session';
import { namingOfMain } from './trees';
import { mainFilesAt } from './walk';

/** How far up a file's main file is looked for when it does not lie below the working directory. */
const LEVELS = 3;

/**
 * The main file above a file that includes it: the nearest one. Empty: none does. Not looked for above the working
 * directory, if the file is below that.
 */
export function discoverRoot(session: Session, file: string): string[] {
  const real = session.disk.locate(file)?.real ?? file;
  let directory = dirname(file);
  for (let level = 0; isWithinReach(session, file, directory, level); level++) {
    for (const candidate of mainFilesAt(session.disk, directory)) {
      const located = session.disk.locate(candidate);
      if (located === null || !isInside(located.real, session.disk.realDirectory(directory) ?? '')) continue;
      const main = { path: candidate, located };
      if (isMain(session, main) && reaches(session, main, real)) return [candidate];
    }
    directory = dirname(directory);
  }
  return [];
}

function isWithinReach({ cwd }: Session, file: string, directory: string, level: number): boolean {
  if (isInside(file, cwd)) return isInside(directory, cwd);
  return level <= LEVELS && dirname(directory) !== directory;
}

const reached = new WeakMap<Session, Map<string, ReadonlySet<string>>>();

/** Each tree is followed once, however many of its files are passed. */
function reaches(session: Session, main: MainInput, real: string): boolean {
  const trees = reached.get(session) ?? new Map<string, ReadonlySet<string>>();
  reached.set(session, trees);
  const files = trees.get(main.path) ?? filesOf(session, main);
  trees.set(main.path, files);
  return files.has(real);
}

function filesOf(session: Session, main: MainInput): ReadonlySet<string> {
  const directory = session.disk.realDirectory(dirname(main.path));
  const access = { directories: directory === null ? [] : [directory], files: new Set<string>(), everything: false };
  const { followed } = namingOfMain(session, main, access);
  session.forget(); // problems of a tree that was only tried
  return new Set(followed.files.keys());
}
