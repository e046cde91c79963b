import type { Diagnostic, LintResult } from '../lint/result';
import type { Severity } from '../lint/rule';
import { shown } from './counts';

export interface Located {
  readonly diagnostic: Diagnostic;
  readonly result: LintResult;
}

export const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What is shown of all roots, errors first, else in order of place. */
export function gravestFirst(results: readonly LintResult[], quiet: boolean): readonly Located[] {
  return results
    .flatMap((result) => shown(result, quiet).map((diagnostic) => ({ diagnostic, result })))
    .sort((a, b) => RANK[a.diagnostic.severity] - RANK[b.diagnostic.severity]);
}
