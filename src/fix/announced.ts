import { outer } from '../model/effective';
import type { Scope } from '../model/scope';
import type { PlannedFix } from './plan';

/** What fixes may change in one scope. */
export interface Announced {
  /** Directives that may change as a whole. */
  readonly names: ReadonlySet<string>;
  /** Entries of lists: `proxy_set_header connection`. */
  readonly entries: ReadonlySet<string>;
  /** An unsafe fix is among them: plain requests may change. */
  readonly unsafe: boolean;
}

interface ScopeTouches {
  readonly names: Set<string>;
  readonly entries: Set<string>;
  unsafe: boolean;
}

/** What was announced to change in each scope; null for one that no fix touches. */
export function announcements(fixes: readonly PlannedFix[]): (scope: Scope) => Announced | null {
  const byScope = new Map<Scope, ScopeTouches>();
  for (const { touches, safety } of fixes) {
    for (const { scope, name, key } of touches) {
      let known = byScope.get(scope);
      if (known === undefined) byScope.set(scope, (known = { names: new Set(), entries: new Set(), unsafe: false }));
      if (key === null) known.names.add(name);
      else known.entries.add(`${name} ${key}`);
      if (safety === 'unsafe') known.unsafe = true;
    }
  }
  return (scope) => {
    const found = [...touchesAbove(byScope, scope)];
    if (found.length === 0) return null;
    return {
      names: new Set(found.flatMap(({ names }) => [...names])),
      entries: new Set(found.flatMap(({ entries }) => [...entries])),
      unsafe: found.some(({ unsafe }) => unsafe),
    };
  };
}

function* touchesAbove(byScope: ReadonlyMap<Scope, ScopeTouches>, scope: Scope): Generator<ScopeTouches> {
  for (let level: Scope | null = scope; level !== null; level = outer(level)) {
    const touches = byScope.get(level);
    if (touches !== undefined) yield touches;
  }
}
