import type { LintResult } from '../lint/result';
import type { Severity } from '../lint/rule';

export interface Threshold {
  readonly failOn: Severity;
  readonly maxWarnings: number | null;
  readonly exitZero: boolean;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * 2: something could not be read or went wrong inside. 1: an unignored finding at or above --fail-on remains, or there
 * are more warnings than --max-warnings, or `changes` (a diff that is not empty). --exit-zero turns 1 into 0, never 2.
 */
export function exitStatus(results: readonly LintResult[], threshold: Threshold, changes: boolean): number {
  if (results.some(({ problems }) => problems.length > 0)) return 2;
  return threshold.exitZero || !(changes || fails(results, threshold)) ? 0 : 1;
}

function fails(results: readonly LintResult[], { failOn, maxWarnings }: Threshold): boolean {
  let warnings = 0;
  for (const { diagnostics } of results) {
    for (const { ignored, severity } of diagnostics) {
      if (ignored !== null) continue;
      if (RANK[severity] >= RANK[failOn]) return true;
      if (severity === 'warning') warnings += 1;
    }
  }
  return maxWarnings !== null && warnings > maxWarnings;
}
