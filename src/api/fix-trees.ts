import { fixAlike } from '../fix/alike';
import type { FileChange, FixOutcome } from '../fix/fixer';
import type { LintOptions } from '../lint/linter';
import type { Rule } from '../lint/rule';
import type { Workspace } from '../model/workspace';
import type { Source } from '../text/source';

export interface FixJob {
  readonly workspace: Workspace;
  readonly options: LintOptions;
}

/** A file that several roots read is fixed for the first of them; the others see it as it is then, and leave it. */
export function fixTrees(jobs: readonly FixJob[], rules: readonly Rule[], unsafe: boolean): readonly FixOutcome[] {
  const fixed = new Map<string, Source>();
  return jobs.map(({ workspace, options }) => {
    const files = new Map([...workspace.files].map(([name, source]) => [name, fixed.get(name) ?? source]));
    const given = new Set([...workspace.given].filter((name) => !fixed.has(name)));
    const outcome = fixAlike({ ...workspace, files, given }, rules, { ...options, unsafe });
    for (const [name, source] of outcome.workspace.files) fixed.set(name, source);
    return { ...outcome, result: { ...outcome.result, given: workspace.given } };
  });
}

/** Each file once. */
export function changesOf(outcomes: readonly FixOutcome[]): readonly FileChange[] {
  const changes = outcomes.flatMap((outcome) => outcome.changes);
  return [...new Map(changes.map((change) => [change.file, change])).values()];
}
