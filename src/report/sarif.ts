import type { Diagnostic, Fix, LintResult } from '../lint/result';
import type { Problem } from '../model/workspace';
import type { FileEdit } from '../text/edit';
import type { Place } from '../text/source';
import { plural, shown } from './counts';
import { visible } from './display';
import { fingerprinted } from './fingerprint';
import type { Fingerprinted } from './fingerprint';
import { jsonText } from './json-text';
import { RANK } from './ordered';
import type { Located } from './ordered';
import { masker, positionIn, routeId } from './places';
import type { Report, ReportOptions } from './report';
import { REPOSITORY } from './rule-docs';
import { LEVELS, ruleDescriptor } from './sarif-rules';
import { storyLines } from './story';
import { inRepository, isRelative, uriOf } from './uri';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const BASE = '%SRCROOT%';
/** GitHub refuses a run with more results, and shows the 5,000 gravest (its documentation, SARIF results exceed limits). */
const MOST_RESULTS = 25_000;

/** SARIF 2.1.0: one log of one run for all roots. Columns count UTF-16 units. */
export function sarif(report: Report, options: ReportOptions): string {
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run(report, options)] });
}

function run(report: Report, options: ReportOptions): object {
  const { tool, rules, results } = report;
  const problems = results.flatMap((result) => result.problems);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const context = { report, options, indices };
  const found = reported(results, options);
  const kept = found.length > MOST_RESULTS ? gravest(found) : found;
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        informationUri: REPOSITORY,
        rules: rules.map((rule) => ruleDescriptor(rule, report)),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [BASE]: { description: { text: 'the root of the checkout' } } },
    invocations: [
      {
        executionSuccessful: problems.length === 0,
        toolExecutionNotifications: [
          ...problems.map((problem) => notification(problem, options)),
          ...leftOut(found.length - kept.length),
        ],
      },
    ],
    results: fingerprinted(kept).map((one) => resultOf(one, context)),
  };
}

function notification({ file, message }: Problem, options: ReportOptions): object {
  const location = (at: string): object => ({ physicalLocation: { artifactLocation: artifact(at, options) } });
  return {
    level: 'error',
    message: messageText(visible(message)),
    ...(file === null ? {} : { locations: [location(file)] }),
  };
}

function leftOut(count: number): readonly object[] {
  if (count === 0) return [];
  const text = `${plural(count, 'finding')} left out: a run may hold ${MOST_RESULTS}, and these are the gravest`;
  return [{ level: 'warning', message: { text } }];
}

/** What is ignored goes first of all. */
function gravest(found: readonly Located[]): readonly Located[] {
  const isOpen = ({ diagnostic }: Located): boolean => diagnostic.ignored === null;
  return [...found.filter(isOpen), ...found.filter((one) => !isOpen(one))].slice(0, MOST_RESULTS);
}

/** With what is ignored, as suppressed; errors first, as services show the first few thousand. */
function reported(results: readonly LintResult[], { quiet }: ReportOptions): readonly Located[] {
  return results
    .flatMap((result) => {
      const diagnostics = quiet ? shown(result, true) : result.diagnostics;
      return diagnostics.map((diagnostic) => ({ diagnostic, result }));
    })
    .sort((a, b) => RANK[a.diagnostic.severity] - RANK[b.diagnostic.severity]);
}

interface Context {
  readonly report: Report;
  readonly options: ReportOptions;
  /** By rule id: where the rule stands among the driver's rules. */
  readonly indices: ReadonlyMap<string, number>;
}

function resultOf({ diagnostic, result, fingerprint }: Fingerprinted, { report, options, indices }: Context): object {
  const { rule, severity, related, fix, certainty, routes } = diagnostic;
  const mask = masker(options.showSecrets);
  const index = indices.get(rule);
  const root = report.results.indexOf(result);
  return {
    ruleId: rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVELS[severity],
    message: messageText(messageOf(diagnostic, result, mask)),
    locations: [{ physicalLocation: physical(diagnostic, result, options) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, id) => ({
            id,
            physicalLocation: physical(one, result, options),
            message: messageText(visible(mask(one.message))),
          })),
        }),
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(fix === null ? {} : { fixes: [fixOf(fix, result, options)] }),
    suppressions: suppressionsOf(diagnostic),
    properties: { certainty, routes: routes.map(({ id }) => routeId(report.results, root, id)) },
  };
}

/** Braces stand for arguments in a message and `](` makes a link of what comes before (SARIF 3.11.5, 3.11.6). */
function messageText(text: string): { readonly text: string } {
  return { text: text.replace(/[{}]/g, '$&$&').replaceAll('](', '] (') };
}

/** The first sentence stands alone where a list is shown (SARIF 3.11.9): it ends with a full stop. */
function messageOf(diagnostic: Diagnostic, result: LintResult, mask: (text: string) => string): string {
  return [`${visible(mask(diagnostic.message))}.`, ...storyLines(diagnostic, result, mask)].join('\n');
}

function physical(place: Place, { sources }: LintResult, options: ReportOptions): object {
  return { artifactLocation: artifact(place.file, options), region: region(place, sources) };
}

function region({ file, start, end }: Place, sources: LintResult['sources']): object {
  const from = positionIn(sources, file, start);
  const to = positionIn(sources, file, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function artifact(file: string, options: ReportOptions): object {
  const name = inRepository(file, options);
  return isRelative(name) ? { uri: uriOf(name), uriBaseId: BASE } : { uri: uriOf(name) };
}

function fixOf(fix: Fix, { sources }: LintResult, options: ReportOptions): object {
  const files = new Map<string, FileEdit[]>();
  for (const edit of fix.edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  const how = fix.safety === 'safe' ? '' : ' (may change what other requests get)';
  return {
    description: messageText(visible(fix.title) + how),
    artifactChanges: [...files].map(([file, edits]) => ({
      artifactLocation: artifact(file, options),
      replacements: edits.map((edit) => ({
        deletedRegion: region(edit, sources),
        insertedContent: { text: edit.text },
      })),
    })),
  };
}

/** Present in every result, empty in most: without it nothing would be known of suppression (SARIF 3.27.23). */
function suppressionsOf({ ignored }: Diagnostic): readonly object[] {
  if (ignored === null) return [];
  const kind = ignored.by === 'comment' ? 'inSource' : 'external';
  return [{ kind, status: 'accepted', ...(ignored.reason === null ? {} : { justification: visible(ignored.reason) }) }];
}
