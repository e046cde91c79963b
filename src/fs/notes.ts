import type { Mapping } from './options';
import type { Session } from './session';

export function noteOnUnread(count: number): string {
  const files = count === 1 ? '1 file below the root is' : `${count} files below the root are`;
  return `${files} not read by nginx (--all lints them as fragments)`;
}

export function shownDirectory(session: Session, directory: string): string {
  return session.nameOf(directory) === session.cwd ? '.' : session.nameOf(directory);
}

export function noteOnMapping(session: Session, { from, to }: Mapping): string {
  const shown = shownDirectory(session, to);
  return `${from} is taken to be ${shown} (--map ${from}=${shown} says so)`;
}

export function noteOnOutside(patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [];
  const shown = patterns.slice(0, 3).join(', ') + (patterns.length > 3 ? ', ...' : '');
  const what = patterns.length === 1 ? '1 include lies' : `${patterns.length} includes lie`;
  return [
    `${what} outside the given paths and ${patterns.length === 1 ? 'was' : 'were'} not read (--allow PATH reads): ${shown}`,
  ];
}

export function noteOnForeign(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ', ...' : '');
  return [`no nginx.conf includes ${shown}, and no directive of nginx's is in there: not judged`];
}
