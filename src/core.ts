/**
 * The linter as a pure function of texts: nothing is read or written, and no node is needed. Runs in a browser, a
 * worker, an editor. Nothing here throws for what the texts hold.
 */
import { readUrl } from './handshake/destination';
import { fixTrees } from './api/fix-trees';
import { checkFiles, checkFormatOptions, checkOptions, checkUrl } from './api/arguments';
import { workspaceOf } from './api/memory';
import { engineOptions } from './api/options';
import { RULES, VERSION, fixResultOf, formatted, reportOf, traceOf } from './api/report';
import { judgeTree, traceUrl } from './api/trace';
import { editMaker } from './fix/edit-maker';
import { lint as lintWorkspace } from './lint/linter';
import { rules as allRules } from '../rules';
import type {
  Files,
  FixOptions,
  FixResult,
  FormatName,
  FormatOptions,
  LintOptions,
  Report,
  RuleInfo,
  Trace,
  TreeOptions,
} from './api/types';

export type * from './api/types';

/** Says which handshakes fail, or will drop, and why. Throws RangeError for options that are none. */
export function lint(files: Files, options: LintOptions & TreeOptions = {}): Report {
  checkFiles(files);
  checkOptions(options);
  const engine = engineOptions(options);
  const result = lintWorkspace(workspaceOf(files, options), allRules, { ...engine, editsFor: editMaker(engine) });
  return reportOf([result], options);
}

/** Repairs what can be repaired without changing anything else; what could not is in the report. */
export function fix(files: Files, options: LintOptions & TreeOptions & FixOptions = {}): FixResult {
  checkFiles(files);
  checkOptions(options);
  const job = { workspace: workspaceOf(files, options), options: engineOptions(options) };
  return fixResultOf(fixTrees([job], allRules, options.unsafe ?? false), options, (file) => file.replace(/^\/+/, ''));
}

/** Follows a ws, wss, http or https URL through server and location to the verdict. Throws RangeError for another. */
export function trace(files: Files, url: string, options: LintOptions & TreeOptions = {}): Trace {
  checkFiles(files);
  checkUrl(url);
  checkOptions(options);
  const asked = readUrl(url);
  if ('error' in asked) throw new RangeError(`${JSON.stringify(url)}: ${asked.error}`);
  return traceOf(traceUrl(url, asked, [judgeTree(workspaceOf(files, options), engineOptions(options))]), options);
}

/** A report as text. Takes what `lint` and `fix` returned, not a copy of it. */
export function format(report: Report, name: FormatName = 'pretty', options: FormatOptions = {}): string {
  checkFormatOptions(options);
  return formatted(report, name, options);
}

/** All rules. */
export const rules: readonly RuleInfo[] = RULES;

/** Of this package. */
export const version: string = VERSION;
