import { basename, dirname } from 'node:path';
import type { Access } from './access';
import { DEFAULT_DIRECTORIES, isAbsoluteName, sharedConfDirectories } from './confdir';
import { MANY_FILES, follow } from './follow';
import type { Followed } from './follow';
import { includesOf } from './includes';
import type { MainInput } from './inputs';
import { isInside } from './names';
import type { Source } from '../text/source';
import type { Naming } from './resolve';
import type { Session } from './session';

export interface MainTree {
  readonly naming: Naming;
  readonly followed: Followed;
  /** Where relative includes start, as nginx sees it. */
  readonly prefix: string;
}

/**
 * Follows a main file. Its own absolute includes say whether nginx reads it where it lies (a live tree), or a copy is
 * before us: then the conf directory they share stands for the main file's. If it has none, those of the files that
 * it includes decide.
 */
export function namingOfMain(session: Session, main: MainInput, access: Access): MainTree {
  const unmapped = namingWith(session, main, access, { live: isDefaultPlace(session, main), confDirectory: null });
  const own = session.read(main.located);
  const decided = typeof own === 'string' ? null : decide(session, main, absoluteIncludes([own]));
  if (decided !== null) return finish(session, main, namingWith(session, main, access, decided));
  const first = finish(session, main, unmapped);
  const later = decide(session, main, absoluteIncludes([...first.followed.files.values()]));
  return later === null ? first : finish(session, main, namingWith(session, main, access, later));
}

function absoluteIncludes(sources: readonly Source[]): string[] {
  const patterns: string[] = [];
  for (const source of sources) {
    for (const { pattern, placeholder } of includesOf(source, sources.length >= MANY_FILES)) {
      if (!placeholder && isAbsoluteName(pattern)) patterns.push(pattern);
    }
  }
  return patterns;
}

interface Decision {
  readonly live: boolean;
  readonly confDirectory: string | null;
}

/** Null: there are no absolute includes, or they share no directory. */
function decide(session: Session, main: MainInput, patterns: readonly string[]): Decision | null {
  const shared = sharedConfDirectories(patterns);
  const [confDirectory] = shared;
  if (confDirectory === undefined) return null;
  const live = isDefaultPlace(session, main) || shared.some((directory) => liesBelow(session, main, directory));
  return { live: live && session.options.stdin == null, confDirectory };
}

/** By name or by what the names lead to: /etc may be a link, and the working directory is known resolved. */
function liesBelow({ disk }: Session, main: MainInput, directory: string): boolean {
  if (isInside(main.path, directory)) return true;
  const real = disk.realDirectory(directory);
  return (
    real !== null && (isInside(disk.realDirectory(dirname(main.path)) ?? '', real) || isInside(main.located.real, real))
  );
}

/** nginx.conf where nginx looks for it, though it has relative includes only, or none. */
function isDefaultPlace(session: Session, { path: file }: MainInput): boolean {
  if (session.options.stdin != null) return false;
  return basename(file) === 'nginx.conf' && DEFAULT_DIRECTORIES.includes(dirname(file));
}

function namingWith(session: Session, main: MainInput, access: Access, { live, confDirectory }: Decision): Naming {
  return {
    access: { ...access, everything: live },
    maps: session.maps,
    prefix: session.prefix,
    mainDirectory: dirname(main.path),
    mainFile: main.located.real,
    confDirectory: live ? null : confDirectory,
  };
}

function finish(session: Session, main: MainInput, naming: Naming): MainTree {
  const followed = follow(session, [main.located.real], naming);
  const prefix = session.prefix ?? naming.confDirectory ?? dirname(main.path);
  return { naming, followed, prefix };
}
