import { outer } from '../model/effective';
import type { Scope } from '../model/scope';
import type { Workspace } from '../model/workspace';
import type { FileEdit } from '../text/edit';
import { editWorkspace } from './apply';
import { joinEdits } from './join';
import type { PlannedFix } from './plan';
import { violations } from './proof';
import type { State } from './state';
import type { Violation } from './violation';

/** Fixes made together, and proven. */
export interface Settled<P> {
  readonly after: State;
  readonly made: readonly { readonly item: P; readonly fix: PlannedFix }[];
  readonly edits: ReadonlyMap<string, readonly FileEdit[]>;
  /** Fixes thrown away, each with what it would have changed unannounced. */
  readonly discarded: readonly { readonly item: P; readonly reason: string }[];
}

export interface Workshop<P> {
  readonly before: State;
  /** Plans these items together; those that cannot be made are left out. */
  plan(items: readonly P[]): readonly { readonly item: P; readonly fix: PlannedFix }[];
  look(workspace: Workspace): State;
}

/** Proofs of one pass: past these, what is left of the suspects is thrown away. */
const MOST_TRIALS = 48;

interface Trial<P> {
  readonly after: State;
  readonly made: readonly { readonly item: P; readonly fix: PlannedFix }[];
  readonly edits: ReadonlyMap<string, readonly FileEdit[]>;
  readonly found: readonly Violation[];
}

/** Makes all fixes that prove themselves together. One that does not is found by halving, and thrown away. */
export function settle<P>(shop: Workshop<P>, items: readonly P[]): Settled<P> {
  const first = attempt(shop, items);
  if (first.found.length === 0) return settled(first, []);
  const suspects = suspectsOf(shop.before, first);
  const good = items.filter((item) => !suspects.has(item));
  return halve(shop, items, good, [...suspects], first);
}

function halve<P>(
  shop: Workshop<P>,
  all: readonly P[],
  good: readonly P[],
  suspects: readonly P[],
  first: Trial<P>,
): Settled<P> {
  let best = attempt(shop, good);
  // those above suspicion fail too: nothing is
  const clear = best.found.length === 0;
  const accepted = new Set(clear ? good : []);
  const chunks: (readonly P[])[] = clear ? [suspects] : [all];
  if (!clear) best = attempt(shop, []);
  const discarded: { item: P; reason: string }[] = [];
  for (let trials = 0, chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop(), trials += 1) {
    const inChunk = new Set(chunk);
    const together = all.filter((item) => accepted.has(item) || inChunk.has(item));
    const trial = chunk.length === all.length ? first : attempt(shop, together);
    const [violation] = trial.found;
    if (violation === undefined) {
      for (const item of chunk) accepted.add(item);
      best = trial;
    } else if (chunk.length === 1 || trials >= MOST_TRIALS) {
      for (const item of chunk) discarded.push({ item, reason: violation.reason });
    } else {
      const middle = chunk.length >> 1;
      chunks.push(chunk.slice(middle), chunk.slice(0, middle));
    }
  }
  return settled(best, discarded);
}

function settled<P>(trial: Trial<P>, discarded: Settled<P>['discarded']): Settled<P> {
  return { after: trial.after, made: trial.made, edits: trial.edits, discarded };
}

function attempt<P>(shop: Workshop<P>, items: readonly P[]): Trial<P> {
  const made = shop.plan(items);
  const fixes = made.map(({ fix }) => fix);
  const edits = joinEdits(fixes.flatMap(({ changes }) => changes));
  if (edits.size === 0) return { after: shop.before, made, edits, found: [] };
  const after = shop.look(editWorkspace(shop.before.workspace, edits));
  return { after, made, edits, found: violations(shop.before, after, fixes, edits.keys()) };
}

/** Fixes that a violation can come from: those that touch the route's scopes or the file; all, when none does. */
function suspectsOf<P>(before: State, trial: Trial<P>): ReadonlySet<P> {
  const scopes = new Set<Scope>();
  const files = new Set<string>();
  for (const { route, file } of trial.found) {
    if (file !== null) files.add(file);
    const found = route === null ? undefined : before.routes[route];
    for (let level: Scope | null = found?.scope ?? null; level !== null; level = outer(level)) scopes.add(level);
  }
  const suspects = trial.made.filter(
    ({ fix }) => fix.touches.some(({ scope }) => scopes.has(scope)) || fix.changes.some(({ file }) => files.has(file)),
  );
  const chosen = suspects.length > 0 ? suspects : trial.made;
  return new Set(chosen.map(({ item }) => item));
}
