import { resolve, sep } from 'node:path';
import { DEFAULT_DIRECTORIES } from './confdir';
import type { Session } from './session';

/** The paths that arguments mean: nginx's usual places for none, the matches of a pattern that the shell left alone. */
export function expandArguments(session: Session, paths: readonly string[]): string[] {
  if (paths.length === 0) return defaultPaths(session);
  return paths.flatMap((given) =>
    isPattern(given) && !session.disk.exists(resolve(session.cwd, given)) ? expand(session, given) : [given],
  );
}

function defaultPaths(session: Session): string[] {
  const places = session.options.defaults ?? ['nginx.conf', ...DEFAULT_DIRECTORIES];
  const first = places.find((place) => session.disk.locate(resolve(session.cwd, place)) !== null);
  if (first === undefined) session.fail(null, `no path given, and none of these is here: ${places.join(', ')}`);
  return first === undefined ? [] : [first];
}

function isPattern(given: string): boolean {
  return /[*?[{]/.test(given);
}

/** For arguments alone: fast-glob knows braces and `**`, which nginx's includes do not. */
function expand(session: Session, pattern: string): string[] {
  // loaded for a quoted pattern only
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { globSync } = require('fast-glob') as typeof import('fast-glob');
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const found = globSync(slashed, {
    cwd: session.cwd,
    onlyFiles: false,
    followSymbolicLinks: false,
    suppressErrors: true,
  });
  return found.length === 0 ? [pattern] : found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
