import { buildConfiguration } from '../model/build';
import { misplaced, reduce } from '../model/likeness';
import type { Reduced } from '../model/likeness';
import { dependsOnNames } from '../model/name-dependence';
import type { Workspace } from '../model/workspace';
import { MOST_FINDINGS, judgeWorkspace, lint, resultOf } from './linter';
import type { Judged, LintOptions } from './linter';
import type { Diagnostic, LintResult } from './result';
import type { Rule } from './rule';
import { spread } from './spread';
import type { Unfit } from './spread';

/** Files found unfit are read as all others are, and the rest is tried again: once is the rule, twice is rare. */
const MOST_ROUNDS = 3;

/**
 * As `lint`, but of server files that are alike one is judged, and what is found there is found in all of them. The
 * routes of the others are counted (`LintResult.alike`), not listed: for reports that do not ask for them. That the
 * findings are those of `lint` is a property that tests hold.
 */
export function lintAlike(
  workspace: Workspace,
  rules: readonly Rule[],
  options: LintOptions,
  fewFiles?: number,
): LintResult {
  const apart = new Set<string>();
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const reduced = reduce(workspace, apart, fewFiles);
    const judged = reduced === null ? null : judgeReduced(reduced, rules, options);
    if (reduced === null || judged === null) break;
    const whole = 'unfit' in judged ? judged : spread(workspace, reduced, judged);
    if (!('unfit' in whole))
      return tooMany(whole.found) ? lint(workspace, rules, options) : resultOf(workspace, whole, options);
    for (const file of whole.unfit) apart.add(file);
  }
  return lint(workspace, rules, options);
}

/** Null: here no server stands for another. */
function judgeReduced(reduced: Reduced, rules: readonly Rule[], options: LintOptions): Judged | Unfit | null {
  const { workspace } = reduced;
  const configuration = buildConfiguration(workspace);
  const unfit = misplaced(reduced, configuration);
  if (unfit.length > 0) return { unfit };
  if (dependsOnNames(configuration)) return null;
  const judged = judgeWorkspace(workspace, rules, options, configuration);
  const asBefore =
    judged.problems.length === workspace.problems.length && judged.notes.length === workspace.notes.length;
  return asBefore ? judged : null;
}

/** What is shown of more than that is for `lint` to choose. */
function tooMany(found: readonly Diagnostic[]): boolean {
  if (found.length < MOST_FINDINGS) return false;
  const counts = new Map<string, number>();
  for (const { rule } of found) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= MOST_FINDINGS);
}
