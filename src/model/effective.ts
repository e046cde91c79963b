import { mergeKind } from './directives';
import type { Effective, Scope, Setting } from './scope';

const NOTHING: readonly Setting[] = [];

/**
 * What applies in a scope for one directive, and where it comes from. An include that was not read, at a level that
 * could still decide, makes it `unknown` (`settings` then holds what is known of that level); an enclosing block that
 * was not given makes it `assumed`.
 */
export function effective(scope: Scope, name: string): Effective {
  const merge = mergeKind(name);
  for (let level: Scope | null = scope; level !== null; level = outer(level)) {
    const own = level.own(name);
    if (level.unread.length > 0 && (own.length === 0 || merge === 'list')) return answer('unknown', own, level);
    if (own.length > 0) {
      const origin = level === scope ? 'set' : 'inherited';
      return { origin, settings: own, scope: level, hidden: merge === 'list' ? hiddenBy(level, name) : NOTHING };
    }
    if (level.assumed) return answer('assumed', NOTHING, null);
    if (merge === 'none') break;
  }
  return answer('default', NOTHING, null);
}

function answer(origin: Effective['origin'], settings: readonly Setting[], scope: Scope | null): Effective {
  return { origin, settings, scope, hidden: NOTHING };
}

/** Entries of the nearest outer level that has any. */
function hiddenBy(level: Scope, name: string): readonly Setting[] {
  for (let above = outer(level); above !== null; above = outer(above)) {
    const own = above.own(name);
    if (own.length > 0) return own;
  }
  return NOTHING;
}

/** The level that this one inherits from; http and stream inherit from nothing. */
export function outer(scope: Scope): Scope | null {
  const parent = scope.parent;
  return parent === null || parent.kind === 'main' ? null : parent;
}

/** The single setting that applies; null for none, and for unknown. The last one, should a level hold several. */
export function effectiveSetting(scope: Scope, name: string): Setting | null {
  return effective(scope, name).settings.at(-1) ?? null;
}
