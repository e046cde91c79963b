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
  let level: Scope | null = scope;
  for (let steps = 0; level !== null; level = outer(level), steps++) {
    if (steps === FAR) return fromAfar(level, name);
    const decided = decidedAt(level, level === scope, name, merge);
    if (decided !== null) return decided;
    if (merge === 'none') break;
  }
  return answer('default', NOTHING, null);
}

function decidedAt(level: Scope, here: boolean, name: string, merge: ReturnType<typeof mergeKind>): Effective | null {
  const own = level.own(name);
  if (level.unread.length > 0 && (own.length === 0 || merge === 'list')) return answer('unknown', own, level);
  if (own.length > 0) {
    const hidden = merge === 'list' ? hiddenBy(level, name) : NOTHING;
    return { origin: here ? 'set' : 'inherited', settings: own, scope: level, hidden };
  }
  return level.assumed ? answer('assumed', NOTHING, null) : null;
}

function answer(origin: Effective['origin'], settings: readonly Setting[], scope: Scope | null): Effective {
  return { origin, settings, scope, hidden: NOTHING };
}

/** Locations may nest thousands deep: what applies so many levels out is kept for all that lie further in. */
const FAR = 64;
const afar = new WeakMap<Scope, Map<string, Effective>>();

function fromAfar(scope: Scope, name: string): Effective {
  const merge = mergeKind(name);
  const passed: Scope[] = [];
  let found: Effective | null = null;
  let level: Scope | null = scope;
  for (let steps = 0; level !== null && found === null; level = outer(level), steps++) {
    if (steps % FAR === 0) {
      found = afar.get(level)?.get(name) ?? null;
      if (found === null) passed.push(level);
    }
    found ??= decidedAt(level, false, name, merge);
  }
  found ??= answer('default', NOTHING, null);
  for (const each of passed) keep(each, name, found);
  return found;
}

function keep(scope: Scope, name: string, found: Effective): void {
  const byName = afar.get(scope);
  if (byName === undefined) afar.set(scope, new Map([[name, found]]));
  else byName.set(name, found);
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
  // as `effective`, which makes objects: most that requests ask for is a single setting
  const merge = mergeKind(name);
  let level: Scope | null = scope;
  for (let steps = 0; level !== null; level = outer(level), steps++) {
    if (steps === FAR) return fromAfar(level, name).settings.at(-1) ?? null;
    const own = level.own(name);
    if (own.length > 0 || level.unread.length > 0 || level.assumed) return own.at(-1) ?? null;
    if (merge === 'none') return null;
  }
  return null;
}
