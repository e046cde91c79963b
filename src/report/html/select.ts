import type { Diagnostic, LintResult, RouteVerdict } from '../../lint/result';
import type { Route } from '../../model/route';
import { outcomeOf } from '../counts';
import { gravestFirst } from '../ordered';
import type { Located } from '../ordered';
import { masker } from '../places';
import type { Report, ReportOptions } from '../report';

/** What a page holds of a large tree: a row each for so many routes, so many with their pictures, so many findings. */
export const MOST_ROUTES = 5000;
export const MOST_PICTURES = 2000;
export const MOST_FINDINGS = 1000;

export interface Entry {
  readonly verdict: RouteVerdict;
  readonly result: LintResult;
  /** Of its element. */
  readonly id: string;
  readonly pictured: boolean;
}

/** What every part of the page knows. */
export interface Page {
  readonly report: Report;
  readonly options: ReportOptions;
  readonly mask: (text: string) => string;
  /** The routes that are listed, in the order of the configuration. */
  readonly entries: readonly Entry[];
  readonly byRoute: ReadonlyMap<Route, Entry>;
  readonly findings: readonly Located[];
  /** Of the findings shown in full: where the element stands. */
  readonly ids: ReadonlyMap<Diagnostic, string>;
  /** The route whose picture a finding stands under; those without one have a place of their own. */
  readonly homes: ReadonlyMap<Diagnostic, Entry>;
  readonly findingsOf: ReadonlyMap<Route, readonly Diagnostic[]>;
  /** What nginx refuses a configuration for, where it does. */
  readonly refusals: ReadonlyMap<LintResult, readonly Diagnostic[]>;
}

export function pageOf(report: Report, options: ReportOptions): Page {
  const entries = chosen(report.results);
  const byRoute = new Map(entries.map((entry) => [entry.verdict.route, entry]));
  const findings = gravestFirst(report.results, options.quiet);
  const full = findings.slice(0, MOST_FINDINGS).map(({ diagnostic }) => diagnostic);
  const homes = new Map<Diagnostic, Entry>();
  for (const diagnostic of full) {
    const home = homeOf(diagnostic, byRoute);
    if (home !== undefined) homes.set(diagnostic, home);
  }
  return {
    report,
    options,
    mask: masker(options.showSecrets),
    entries,
    byRoute,
    findings,
    ids: new Map(full.map((diagnostic, index) => [diagnostic, `f${index + 1}`])),
    homes,
    findingsOf: findingsByRoute(findings),
    refusals: new Map(report.results.map((result) => [result, result.refusals()])),
  };
}

/** What fails is shown first when not everything is; then what serves WebSocket. */
function urgency({ verdict }: Pick<Entry, 'verdict'>): number {
  const plain = verdict.route.websocket.serves === 'no' ? 3 : 0;
  return plain + { fails: 0, unknown: 1, switches: 2 }[outcomeOf(verdict)];
}

function chosen(results: readonly LintResult[]): readonly Entry[] {
  const all = results.flatMap((result) => result.routes.map((verdict) => ({ verdict, result })));
  const byUrgency = all.map((_, index) => index);
  if (all.length > MOST_PICTURES) {
    const ranks = all.map(urgency);
    byUrgency.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  }
  const listed = new Set(byUrgency.slice(0, MOST_ROUTES));
  const pictured = new Set(byUrgency.slice(0, MOST_PICTURES));
  return all.flatMap(({ verdict, result }, index) =>
    listed.has(index) ? [{ verdict, result, id: `r${index + 1}`, pictured: pictured.has(index) }] : [],
  );
}

/** Of its routes one that serves WebSocket, if there is one. */
function homeOf({ routes }: Diagnostic, byRoute: ReadonlyMap<Route, Entry>): Entry | undefined {
  const entries = routes.map((route) => byRoute.get(route)).filter((entry) => entry?.pictured === true);
  return entries.find((entry) => entry?.verdict.route.websocket.serves !== 'no') ?? entries[0];
}

function findingsByRoute(findings: readonly Located[]): ReadonlyMap<Route, readonly Diagnostic[]> {
  const known = new Map<Route, Diagnostic[]>();
  for (const { diagnostic } of findings) {
    for (const route of diagnostic.routes) {
      const list = known.get(route);
      if (list === undefined) known.set(route, [diagnostic]);
      else list.push(diagnostic);
    }
  }
  return known;
}
