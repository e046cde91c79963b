import type { Scope } from '../model/scope';
import { isIgnored } from '../model/server-addresses';
import type { Directive } from '../syntax/nodes';
import { isRefusal, type Refusal } from './change';
import type { FixContext } from './context';
import { keyOf, type Operation, type Way } from './operation';
import type { Ways } from './ways';

/** A wish on its way to edits: the ways still open, and the one taken. */
export interface Candidate {
  readonly ways: Ways;
  next: number;
  way: Way | Refusal;
}

export function candidate(ways: Ways, refused: Refusal): Candidate {
  const made: Candidate = { ways, next: 0, way: refused };
  advance(made);
  return made;
}

/** Takes the next way that can be gone; when none is left, the last refusal stands. */
function advance(one: Candidate): boolean {
  while (one.next < one.ways.length) {
    const way = one.ways[one.next]?.();
    one.next += 1;
    if (way === undefined) continue;
    if (!isRefusal(way) || isRefusal(one.way)) one.way = way;
    if (!isRefusal(way)) return true;
  }
  return false;
}

/**
 * A text that stands for several occurrences is edited only if every one of them wants that edit. Candidates whose
 * edits lack that take their next way, until all that is left is agreed on.
 */
export function agree(context: FixContext, candidates: readonly Candidate[], refused: Refusal): void {
  for (;;) {
    const agreed = agreement(context, wantedBy(candidates));
    const alone = candidates.filter(({ way }) => !isRefusal(way) && !way.operations.every(agreed));
    if (alone.length === 0) return;
    for (const one of alone) {
      one.way = refused;
      advance(one);
    }
  }
}

/** The scopes that want each operation. */
function wantedBy(candidates: readonly Candidate[]): ReadonlyMap<string, ReadonlySet<Scope>> {
  const wanted = new Map<string, Set<Scope>>();
  for (const { way } of candidates) {
    if (isRefusal(way)) continue;
    for (const operation of way.operations) {
      if (operation.shared === null) continue;
      const key = keyOf(operation);
      const scopes = wanted.get(key);
      if (scopes === undefined) wanted.set(key, new Set([operation.scope]));
      else scopes.add(operation.scope);
    }
  }
  return wanted;
}

/**
 * Whether all occurrences of what an operation edits want it, or have it already. Judged once for all that want it, and
 * only up to the first that does not: both may be thousands.
 */
function agreement(
  context: FixContext,
  wanted: ReadonlyMap<string, ReadonlySet<Scope>>,
): (operation: Operation) => boolean {
  const byDirective = new Map<Directive, Map<string, boolean>>();
  return (operation) => {
    const { shared, scope, indifferent } = operation;
    if (shared === null) return true;
    // an opener is edited inside: its occurrences are the blocks it opens
    const inside = shared.opens !== null && shared.opens === scope;
    const text = keyOf(operation);
    const key = `${inside} ${indifferent !== undefined} ${text}`;
    const known = byDirective.get(shared.directive) ?? new Map<string, boolean>();
    byDirective.set(shared.directive, known);
    let agreed = known.get(key);
    if (agreed === undefined) {
      agreed = context.occurrences.of(shared).every((one) => {
        const other = inside ? one.opens : one.scope;
        if (other === null || wanted.get(text)?.has(other) === true || indifferent?.(other) === true) return true;
        return isUnused(context, other);
      });
      known.set(key, agreed);
    }
    return agreed;
  };
}

/** In a server that nginx ignores: the same file, linked twice. */
function isUnused({ configuration }: FixContext, scope: Scope): boolean {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.kind === 'server') return isIgnored(configuration, level);
  }
  return false;
}
