import { pathOf } from '../fs/names';
import { createBaseline } from '../lint/baseline';
import type { BaselineEntry } from '../lint/baseline';
import { globNames } from '../lint/file-glob';
import { concerns } from '../lint/focus';
import type { Diagnostic } from '../lint/result';
import type { Workspace } from '../model/workspace';
import type { Config, IgnorePattern } from './config';

export type Review = (diagnostics: readonly Diagnostic[], workspace: Workspace) => readonly Diagnostic[];

export interface ReviewOptions {
  readonly config: Config;
  readonly cwd: string;
  readonly baseline: readonly BaselineEntry[];
  /** Findings whose route or related place lies in a file that is asked for count as well as those in it. */
  readonly wideFocus: boolean;
}

/** What of the findings the user wants to hear: the files asked for, ignore patterns, reasons, the baseline. */
export function reviewer({ config, cwd, baseline, wideFocus }: ReviewOptions): Review {
  return (diagnostics, workspace) => {
    const { focus } = workspace;
    const known = createBaseline(baseline); // anew each time: a fixer lints again and again
    const wanted = focus === undefined ? diagnostics : diagnostics.filter((one) => concerns(one, focus, wideFocus));
    return wanted.map((diagnostic) => {
      const held = config.requireIgnoreReason ? withReason(diagnostic) : diagnostic;
      if (held.ignored !== null) return held;
      const pattern = config.ignore.find((each) => names(each, held, cwd));
      if (pattern !== undefined) return { ...held, ignored: { by: 'config', reason: pattern.reason } };
      if (known.covers(held, workspace.files)) return { ...held, ignored: { by: 'baseline', reason: null } };
      return held;
    });
  };
}

function withReason(diagnostic: Diagnostic): Diagnostic {
  const { ignored, notes } = diagnostic;
  if (ignored?.by !== 'comment' || (ignored.reason ?? '') !== '') return diagnostic;
  const note = 'the comment that ignores this gives no reason (-- why), and requireIgnoreReason asks for one';
  return { ...diagnostic, ignored: null, notes: [...notes, note] };
}

function names(pattern: IgnorePattern, { rule, file }: Diagnostic, cwd: string): boolean {
  if (!pattern.rules.includes(rule) && !pattern.rules.includes('*')) return false;
  const path = pathOf(file, cwd).replaceAll('\\', '/');
  const top = `${pattern.directory.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  if (!path.startsWith(top)) return false;
  return pattern.files.some((glob) => globNames(glob, path.slice(top.length)));
}
