import { compileRegex, isRegex, matchRegex as matchCompiled } from './regex/regex';
import type { NoRegex, Regex } from './regex/regex';
import { unknown } from './value';
import type { Unknown } from './value';

/** What a regex captured: `groups[0]` is the whole match; a group that took no part is empty. Names in lower case. */
export interface Match {
  readonly groups: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

/** Matches byte strings; unknown where this project's matcher does not cover the pattern, or gives up. */
export function matchRegex(pattern: string, caseless: boolean, subject: string): Match | null | Unknown {
  return matchWith(compileRegex(pattern, caseless), pattern, subject);
}

/** The same for a pattern that was compiled before. */
export function matchWith(regex: Regex | NoRegex, pattern: string, subject: string): Match | null | Unknown {
  if (!isRegex(regex)) {
    return unknown('invalid' in regex ? `nginx refuses ${pattern}: ${regex.invalid}` : regex.unsupported);
  }
  const match = matchCompiled(regex, subject);
  return match === 'unknown' ? unknown(`${pattern} takes too many steps`) : match;
}
