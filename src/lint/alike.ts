import type { Reduced } from '../model/likeness';
import type { Configuration } from '../model/scope';
import type { Workspace } from '../model/workspace';
import { MOST_FINDINGS, judgeWorkspace, lint, resultOf, tooManyNote } from './linter';
import type { Judged, LintOptions } from './linter';
import { withReduced } from './reduced';
import type { Unfit } from './reduced';
import type { Diagnostic, LintResult } from './result';
import type { Rule } from './rule';
import { spread } from './spread';

/**
 * As `lint`, but unless routes are to be listed, of server files that are alike one is judged, and what is found there is
 * found in all of them. The routes of the others are counted (`LintResult.alike`). That the findings are those of `lint`
 * is a property that tests hold.
 */
export function lintAlike(
  workspace: Workspace,
  rules: readonly Rule[],
  options: LintOptions,
  fewFiles?: number,
): LintResult {
  if (options.listRoutes !== false) return lint(workspace, rules, options);
  const judged = withReduced(workspace, fewFiles, (reduced, configuration) =>
    judgeReduced(workspace, reduced, configuration, rules, options),
  );
  return judged === null ? lint(workspace, rules, options) : resultOf(workspace, capped(workspace, judged), options);
}

/** Null where something is said that is not about a finding: `lint` says it of each file. */
function judgeReduced(
  whole: Workspace,
  reduced: Reduced,
  configuration: Configuration,
  rules: readonly Rule[],
  options: LintOptions,
): Judged | Unfit | null {
  const judged = judgeWorkspace(reduced.workspace, rules, options, configuration);
  const { notes, problems } = reduced.workspace;
  const asBefore = judged.problems.length === problems.length && judged.notes.length === notes.length;
  return asBefore ? spread(whole, reduced, judged) : null;
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
