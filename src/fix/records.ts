import type { Diagnostic, FixRecord, LintResult } from '../lint/result';
import type { RepairPlan } from '../lint/rule';
import { once } from '../text/once';
import type { PlannedFix } from './plan';
import { proofLine, type Last } from './proof-line';
import type { State } from './state';

interface Applied {
  readonly diagnostic: Diagnostic;
  readonly fix: PlannedFix;
  readonly routes: readonly number[];
}

/** What became of each fix, over all rounds. Routes are known by their index, which fixing does not change. */
export class Records {
  private readonly applied = new Map<string, Applied>();
  private readonly discarded = new Map<string, { readonly diagnostic: Diagnostic; readonly reason: string }>();

  private appliedSince = false;

  constructor(private readonly first: State) {}

  apply(made: ReadonlyMap<Diagnostic, PlannedFix>, result: LintResult): void {
    for (const [diagnostic, fix] of made) {
      const routes = indexesOf(diagnostic, result);
      this.applied.set(keyOf(diagnostic, routes), { diagnostic, fix, routes });
    }
    this.appliedSince = true;
  }

  /** Forgets what was discarded, when fixes were made since it was last forgotten. False: nothing to try again. */
  reconsider(): boolean {
    const again = this.appliedSince && this.discarded.size > 0;
    this.appliedSince = false;
    if (again) this.discarded.clear();
    return again;
  }

  discard(thrown: readonly { readonly item: Diagnostic; readonly reason: string }[], result: LintResult): void {
    for (const { item, reason } of thrown) {
      this.discarded.set(keyOf(item, indexesOf(item, result)), { diagnostic: item, reason });
    }
  }

  isDiscarded(diagnostic: Diagnostic, result: LintResult): boolean {
    return this.discarded.size > 0 && this.discarded.has(keyOf(diagnostic, indexesOf(diagnostic, result)));
  }

  /** Applied; discarded, with those that cannot be made at all; then what is left with a fix. */
  all(
    last: Last & { readonly result: LintResult },
    left: readonly Diagnostic[],
    refused: ReadonlyMap<RepairPlan, string>,
  ): readonly FixRecord[] {
    const records: FixRecord[] = [];
    for (const { diagnostic, fix, routes } of this.applied.values()) {
      const proof = proofLine(this.first, last, routes);
      const files = [...new Set(fix.changes.map(({ file }) => file))];
      records.push({ ...described(diagnostic), files, state: 'applied', safety: fix.safety, reason: null, proof });
    }
    for (const { diagnostic, reason } of this.discarded.values()) records.push(discardedRecord(diagnostic, reason));
    for (const diagnostic of left) {
      const { plan, fix } = diagnostic;
      if (plan === null || diagnostic.ignored !== null || this.isDiscarded(diagnostic, last.result)) continue;
      const reason = refused.get(plan);
      if (reason !== undefined) records.push(discardedRecord(diagnostic, reason));
      if (fix === null) continue;
      records.push({ ...described(diagnostic), state: 'available', safety: fix.safety, reason: null, proof: null });
    }
    return records;
  }
}

function discardedRecord(diagnostic: Diagnostic, reason: string): FixRecord {
  const safety = diagnostic.plan?.safety ?? 'unsafe';
  return { ...described(diagnostic), state: 'discarded', safety, reason, proof: null };
}

function described({ rule, plan, file }: Diagnostic): {
  readonly rule: string;
  readonly title: string;
  readonly file: string;
  readonly files: readonly string[];
} {
  return { rule, title: plan?.title ?? '', file, files: [] };
}

function indexesOf(diagnostic: Diagnostic, result: LintResult): readonly number[] {
  const places = placesOf(result);
  return diagnostic.routes.flatMap((route) => places.get(route) ?? []);
}

const placesOf = once(
  ({ routes }: LintResult): ReadonlyMap<Diagnostic['routes'][number], number> =>
    new Map(routes.map(({ route }, index) => [route, index])),
);

function keyOf({ rule, file, message }: Diagnostic, routes: readonly number[]): string {
  return JSON.stringify([rule, file, message, routes]);
}
