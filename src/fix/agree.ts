import type { Scope, Setting } from '../model/scope';
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
    const missing = missingIn(context, wantedBy(candidates));
    const alone = candidates.filter(
      ({ way }) => !isRefusal(way) && !way.operations.every((operation) => isAgreed(operation, missing)),
    );
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

/** The occurrences that do not want an operation: found once for all that do, which may be thousands. */
type Missing = (operation: Operation, shared: Setting) => readonly Scope[];

function missingIn(context: FixContext, wanted: ReadonlyMap<string, ReadonlySet<Scope>>): Missing {
  const byDirective = new Map<Directive, Map<string, readonly Scope[]>>();
  return (operation, shared) => {
    // an opener is edited inside: its occurrences are the blocks it opens
    const inside = shared.opens !== null && shared.opens === operation.scope;
    const key = `${inside} ${keyOf(operation)}`;
    const known = byDirective.get(shared.directive) ?? new Map<string, readonly Scope[]>();
    byDirective.set(shared.directive, known);
    let missing = known.get(key);
    if (missing === undefined) {
      const scopes = wanted.get(keyOf(operation));
      const needed = new Set(context.occurrences.of(shared).map((one) => (inside ? one.opens : one.scope)));
      missing = [...needed].filter((scope) => scope !== null).filter((scope) => scopes?.has(scope) !== true);
      known.set(key, missing);
    }
    return missing;
  };
}

function isAgreed(operation: Operation, missing: Missing): boolean {
  const { shared } = operation;
  if (shared === null) return true;
  return missing(operation, shared).every((scope) => operation.indifferent?.(scope) === true);
}
