import type { LintResult } from '../lint/result';
import type { Severity } from '../lint/rule';

/** What every reporter gets. One file per format turns it into text; none reads files or computes findings. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** One per root. */
  readonly results: readonly LintResult[];
  /** Where a rule is documented; null: nowhere on the web, `nginx-ws-lint explain` does it. */
  readonly docs: (rule: string) => string | null;
  /** What to do next, as commands with a word on each. */
  readonly next: readonly NextStep[];
  /** Rules of every finding that may occur, with their summaries: for formats that describe them. */
  readonly rules: readonly RuleFacts[];
}

export interface NextStep {
  readonly what: string;
  readonly command: string;
}

export interface RuleFacts {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly summary: string;
  readonly nginx: string;
}

export interface ReportOptions {
  readonly color: boolean;
  readonly showSecrets: boolean;
  /** Only errors are shown. */
  readonly quiet: boolean;
  /** To wrap sentences at; null: 100. */
  readonly columns: number | null;
  /** Findings from here up fail the run; absent: errors. */
  readonly failOn?: Severity;
  /** Where the working directory lies below the repository, for services that name files from its root; absent: there. */
  readonly below?: string;
  /** The repository's top, absolute, with slashes and none at its end: files below it are named from there; absent: unknown. */
  readonly repository?: string;
}

/** Ends with a line break unless it is empty. */
export type Reporter = (report: Report, options: ReportOptions) => string;

export const PLAIN: ReportOptions = { color: false, showSecrets: false, quiet: false, columns: null };
