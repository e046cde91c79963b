import { matchRegex } from '../model/match';
import type { Match } from '../model/match';
import { isKnown, unknown } from '../model/value';
import type { Value } from '../model/value';
import type { Run } from './run';

/** What a match leaves behind; values are unknown where the regex could not be judged. */
export interface Captured {
  readonly groups: readonly Value[];
  readonly names: ReadonlyMap<string, Value>;
}

const NAMED = /\(\?(?:P?<|')([A-Za-z_][A-Za-z0-9_]*)[>']/g;

/** Matches; a subject or a regex that cannot be judged becomes a choice of the run. */
export function chooseMatch(run: Run, pattern: string, caseless: boolean, subject: Value): Captured | null {
  const match: Match | null | { readonly unknown: string } = isKnown(subject)
    ? matchRegex(pattern, caseless, subject)
    : subject;
  if (match === null) return null;
  if (!('unknown' in match)) return match;
  const reason = `whether ${pattern} matches: ${match.unknown}`;
  if (!run.choices.decide(reason, false)) return null;
  const value = unknown(reason);
  const names = [...pattern.matchAll(NAMED)].map((name): [string, Value] => [(name[1] ?? '').toLowerCase(), value]);
  return { groups: Array.from({ length: 10 }, () => value), names: new Map(names) };
}

/** A regex that matched replaces `$1`... and sets its named captures (ngx_http_regex_exec). */
export function remember(match: Captured, run: Run): void {
  run.captures = match.groups;
  for (const [name, value] of match.names) run.values.set(name, value);
}
