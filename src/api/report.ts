import { unifiedPatch } from '../text/patch';
import type { FilePatch } from '../text/patch';
import type { FixOutcome } from '../fix/fixer';
import type { LintResult } from '../lint/result';
import { REPORTERS } from '../report/formats';
import { jsonReport } from '../report/json';
import { PLAIN } from '../report/report';
import type { Report as EngineReport } from '../report/report';
import { docsUrl } from '../report/rule-docs';
import { traceData } from '../report/trace';
import type { Trace as EngineTrace } from '../report/trace';
import { ruleJson } from '../report/rules-json';
import { version } from '../../package.json';
import { rules } from '../../rules';
import { changesOf } from './fix-trees';
import type { FixResult, FormatName, FormatOptions, LintOptions, Report, RuleInfo, Trace } from './types';

export const VERSION: string = version;

interface Kept {
  readonly whole: EngineReport;
  readonly showSecrets: boolean;
}

/** What a report was made of: `format` needs more than the report tells. */
const kept = new WeakMap<Report, Kept>();

/** The report as plain data: what `--format json` prints, which the published schema describes. */
export function reportOf(results: readonly LintResult[], { showSecrets = false }: LintOptions): Report {
  const tool = { name: 'nginx-ws-lint', version };
  const whole: EngineReport = { tool, results, docs: docsUrl, next: [], rules };
  const report = jsonReport(whole, { ...PLAIN, showSecrets }) as Report;
  kept.set(report, { whole, showSecrets });
  return report;
}

export function formatted(report: Report, name: FormatName, options: FormatOptions): string {
  const source = kept.get(report);
  if (source === undefined) throw new TypeError('format takes a report as lint and fix return it, not a copy');
  const reporter = REPORTERS[name];
  if (reporter === undefined) throw new RangeError(`unknown format ${JSON.stringify(name)}`);
  const { color = false, quiet = false } = options;
  return reporter()(source.whole, { ...PLAIN, color, quiet, showSecrets: source.showSecrets });
}

/** `names` tells how the patch calls the files. */
export function fixResultOf(
  outcomes: readonly FixOutcome[],
  options: LintOptions,
  names: (file: string) => string,
): FixResult {
  const changes = changesOf(outcomes);
  const patches = changes.map(({ file, before, edits }): FilePatch => ({ name: names(file), before, edits }));
  return {
    report: reportOf(
      outcomes.map(({ result }) => result),
      options,
    ),
    files: Object.fromEntries(changes.map(({ file, after }) => [file, after.text])),
    patch: new TextDecoder().decode(unifiedPatch(patches)),
  };
}

export function traceOf(trace: EngineTrace, { showSecrets = false }: LintOptions): Trace {
  return traceData(trace, { ...PLAIN, showSecrets }) as Trace;
}

export const RULES: readonly RuleInfo[] = rules.map((rule) => ruleJson(rule, false) as RuleInfo);
