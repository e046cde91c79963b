import { buildConfiguration } from '../model/build';
import { misplaced, reduce } from '../model/likeness';
import type { Reduced } from '../model/likeness';
import { dependsOnNames } from '../model/name-dependence';
import type { Workspace } from '../model/workspace';
import { MOST_FINDINGS, judgeWorkspace, lint, resultOf, tooManyNote } from './linter';
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
    if (!('unfit' in whole)) return resultOf(workspace, capped(workspace, whole), options);
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

/** Of each rule as many as `lint` would show: the first, as nginx comes to their files. */
function capped(workspace: Workspace, judged: Judged): Judged {
  if (judged.found.length < MOST_FINDINGS) return judged;
  const order = new Map([...workspace.files.keys()].map((file, index) => [file, index]));
  const rank = ({ file }: Diagnostic): number => order.get(file) ?? 0;
  const notes = [...judged.notes];
  const rules = new Set(judged.found.map(({ rule }) => rule));
  const found = [...rules].flatMap((rule) => {
    const all = judged.found.filter((diagnostic) => diagnostic.rule === rule);
    if (all.length < MOST_FINDINGS) return all;
    notes.push(tooManyNote(rule));
    return all.sort((a, b) => rank(a) - rank(b) || a.start - b.start).slice(0, MOST_FINDINGS);
  });
  return { ...judged, found, notes };
}
