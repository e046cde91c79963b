import type { MadeEdits } from '../lint/diagnose';
import type { RepairPlan } from '../lint/rule';
import type { Scope } from '../model/scope';
import { agree, candidate, type Candidate } from './agree';
import { isRefusal, refusal, type Change, type Refusal } from './change';
import type { FixContext } from './context';
import { editableProblem } from './editable';
import { joinEdits, unique } from './join';
import type { Touch, Way } from './operation';
import { mergeInlined } from './recipes/inline';
import { createMapMaker } from './recipes/map';
import { Taken } from './taken';
import { grantedBy, inlineWays, SHARED, waysFor } from './ways';
import { takeUp, WAITS, type PlanParts, type Wishes } from './wishes';

/** A plan as edits. */
export interface PlannedFix {
  readonly plan: RepairPlan;
  readonly changes: readonly Change[];
  readonly touches: readonly Touch[];
  readonly safety: 'safe' | 'unsafe';
  /** Why it is unsafe although the rule calls it safe. */
  readonly assumption: string | null;
  /** Why there are no edits; null when there are. */
  readonly refused: string | null;
}

/**
 * Turns plans into edits that can be made in one go. Repairs of one scope become one change; a plan is made whole or
 * not at all; of plans that get in each other's way the earlier one wins, and the other waits for the next pass.
 */
export function planFixes(context: FixContext, plans: readonly RepairPlan[]): readonly PlannedFix[] {
  const outcome = new Map<RepairPlan, PlannedFix>();
  let open = plans;
  for (let round = 1; open.length > 0; round += 1) {
    const planned = planTogether(context, open);
    const out = round > MOST_SPARED ? refusedOf(planned) : causes(context, refusedOf(planned));
    for (const one of out.length > 0 ? out : planned) outcome.set(one.plan, one);
    if (out.length === 0) break;
    // edits made for several plans are made anew without those that fell out
    const gone = new Set(out.map(({ plan }) => plan));
    open = open.filter((plan) => !gone.has(plan));
  }
  return plans.flatMap((plan) => outcome.get(plan) ?? []);
}

/** Rounds in which plans may outlive others that they were refused with. */
const MOST_SPARED = 3;

function refusedOf(planned: readonly PlannedFix[]): readonly PlannedFix[] {
  return planned.filter(({ refused }) => refused !== null);
}

/** Repairs of one scope are refused together: where some would be refused alone, the others are tried without them. */
function causes(context: FixContext, refused: readonly PlannedFix[]): readonly PlannedFix[] {
  const alone = refused.filter(({ plan }) => refusedOf(planTogether(context, [plan])).length > 0);
  return alone.length > 0 ? alone : refused;
}

function planTogether(context: FixContext, plans: readonly RepairPlan[]): readonly PlannedFix[] {
  const maps = createMapMaker(context);
  const wishes: Wishes = new Map();
  const parts = plans.map((plan) => takeUp(context, maps, plan, wishes));
  const candidates = candidatesFor(context, wishes);
  const direct = parts.map(({ ways }) =>
    ways.map((way) => candidate([() => way, ...inlineWays(context, () => way)], refusal(SHARED))),
  );
  const all = [...new Set([...allOf(candidates), ...direct.flat()])];
  agree(context, all, refusal(SHARED));
  mergeInlined(all);
  const taken = new Taken();
  return plans.map((plan, index) => {
    const part = parts[index];
    if (part === undefined) throw new Error('a plan without its parts');
    return finish(context, plan, part, [...waysOf(part, candidates), ...(direct[index] ?? [])], taken);
  });
}

type Candidates = ReadonlyMap<Scope, ReadonlyMap<string, Candidate>>;

function* allOf(candidates: Candidates): Generator<Candidate> {
  for (const byName of candidates.values()) yield* byName.values();
}

function candidatesFor(context: FixContext, wishes: Wishes): Candidates {
  const candidates = new Map<Scope, Map<string, Candidate>>();
  const granted: { scope: Scope; name: string; by: Scope }[] = [];
  for (const [scope, byName] of wishes) {
    const made = new Map<string, Candidate>();
    candidates.set(scope, made);
    for (const [name, wish] of byName) {
      const by = grantedBy(wish, wishes);
      if (by === null) made.set(name, candidate(waysFor(context, wish, wishes), refusal(SHARED)));
      else granted.push({ scope, name, by });
    }
  }
  for (const { scope, name, by } of granted) {
    const outer = outermost(granted, by, name);
    const other = candidates.get(outer)?.get(name);
    if (other !== undefined) candidates.get(scope)?.set(name, other);
  }
  return candidates;
}

/** Follows grants outwards: a nested location's by its parent's, that by its own parent's. */
function outermost(granted: readonly { scope: Scope; name: string; by: Scope }[], by: Scope, name: string): Scope {
  let scope = by;
  for (;;) {
    const next = granted.find((one) => one.scope === scope && one.name === name);
    if (next === undefined) return scope;
    scope = next.by;
  }
}

function waysOf(part: PlanParts, candidates: Candidates): Candidate[] {
  return part.wishes.flatMap(({ scope, name }) => candidates.get(scope)?.get(name) ?? []);
}

function finish(
  context: FixContext,
  plan: RepairPlan,
  part: PlanParts,
  candidates: readonly Candidate[],
  taken: Taken,
): PlannedFix {
  if (part.refused !== null) return without(plan, part.refused);
  const ways: Way[] = [];
  for (const { way } of candidates) {
    if (isRefusal(way)) return without(plan, way.refused);
    ways.push(way);
  }
  const changes = unique(ways.flatMap(({ operations }) => operations.flatMap((operation) => operation.changes)));
  if (changes.length === 0) return without(plan, 'nothing is left to change');
  const problem = editableProblem(context, changes);
  if (problem !== null) return without(plan, problem);
  if (!taken.take(changes)) return without(plan, WAITS);
  const assumption = ways.find(({ unsafe }) => unsafe !== null)?.unsafe ?? null;
  return {
    plan,
    changes,
    touches: ways.flatMap(({ touches }) => touches),
    safety: assumption === null ? plan.safety : 'unsafe',
    assumption,
    refused: null,
  };
}

function without(plan: RepairPlan, refused: string): PlannedFix {
  return { plan, changes: [], touches: [], safety: plan.safety, assumption: null, refused };
}

/** The edits of one plan alone, for reports; or why it cannot be made. */
export function editsFor(context: FixContext, plan: RepairPlan): MadeEdits | Refusal {
  const [planned] = planFixes(context, [plan]);
  if (planned === undefined || planned.refused !== null) return refusal(planned?.refused ?? 'nothing to do');
  return { edits: [...joinEdits(planned.changes).values()].flat(), safety: planned.safety };
}
