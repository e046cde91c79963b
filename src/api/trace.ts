import { chrome } from '../handshake/clients';
import { destinationOf } from '../handshake/destination';
import type { AskedUrl } from '../handshake/destination';
import { ask } from '../handshake/ask';
import type { Outcome } from '../handshake/types';
import { otherwiseInFirefox } from '../lint/firefox';
import { veilOver } from '../lint/foreign';
import { lint } from '../lint/linter';
import type { LintOptions } from '../lint/linter';
import type { Diagnostic, LintResult, RouteVerdict } from '../lint/result';
import { refused, ruleIds } from '../lint/verdicts';
import { buildConfiguration } from '../model/build';
import type { Route } from '../model/route';
import type { Configuration, Scope } from '../model/scope';
import { formatVersion, targetVersions } from '../model/version';
import type { NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';
import { positionIn, routeId } from '../report/places';
import type { FileLine } from '../report/places';
import type { Trace } from '../report/trace';
import type { Place } from '../text/source';
import { rules } from '../../rules';

/** A tree with the answer for it. */
export interface JudgedTree {
  readonly workspace: Workspace;
  readonly version: NginxVersion | null;
  readonly result: LintResult;
  /** The one that the result's routes are of. */
  readonly configuration: Configuration;
}

export function judgeTree(workspace: Workspace, options: LintOptions): JudgedTree {
  let configuration: Configuration | null = null;
  const capture: NonNullable<LintOptions['editsFor']> = (judged) => {
    configuration = judged;
    return () => null;
  };
  const result = lint(workspace, rules, { ...options, editsFor: capture });
  return { workspace, version: options.version, result, configuration: configuration ?? buildConfiguration(workspace) };
}

/** Of several roots, the one that has a server for it: the first that names the host, else the first with the port. */
export function traceUrl(text: string, url: AskedUrl, trees: readonly JudgedTree[]): Trace {
  const tried = trees.map((tree, index) => traceIn(text, url, trees, index, tree));
  const [best] = [...tried].sort((a, b) => b.rank - a.rank);
  if (best === undefined) throw new RangeError('no tree to trace in');
  if (trees.length === 1) return best.trace;
  return { ...best.trace, notes: [`in ${best.root}, one of ${trees.length} roots`, ...best.trace.notes] };
}

interface Tried {
  readonly trace: Trace;
  readonly rank: number;
  readonly root: string;
}

function traceIn(text: string, url: AskedUrl, trees: readonly JudgedTree[], index: number, tree: JudgedTree): Tried {
  const { configuration, result, version } = tree;
  const { destination, notes } = destinationOf(url, configuration);
  const request = chrome(destination);
  const outcomes = targetVersions(version).map((each) => ask(configuration, request, each));
  const simulated = worstOf(outcomes);
  const verdict = verdictFor(simulated, result);
  const [refusal = null] = result.refusals();
  const firefox = refusal === null ? otherwiseInFirefox(configuration, destination, simulated) : null;
  const veil = veilOver(tree.workspace, rules);
  const loaded = veil === null ? simulated : veil.outcome(simulated);
  const trace: Trace = {
    url: text,
    outcome: refusal === null ? loaded : refused(loaded),
    firefox: veil === null || firefox === null ? firefox : veil.outcome(firefox),
    refusal: refusal === null ? null : { message: refusal.message, ...lineOf(refusal, result), loaded },
    route:
      verdict === null
        ? null
        : routeId(
            trees.map((each) => each.result),
            index,
            verdict.route.id,
          ),
    causes: ruleIds(causesOf(simulated, result, verdict)),
    notes: [...notes, ...versionNotes(outcomes)],
  };
  return { trace, rank: rankOf(simulated, configuration, url.host), root: result.root };
}

function lineOf({ file, start }: Place, { sources }: LintResult): FileLine {
  return { file, line: positionIn(sources, file, start).line };
}

/** The route that takes it; where nginx answers before anything is passed on, the one whose place it has come to. */
function verdictFor({ pass, server, location, inIf }: Outcome, { routes }: LintResult): RouteVerdict | null {
  const of = (isIt: (route: Route) => boolean): RouteVerdict | undefined => routes.find(({ route }) => isIt(route));
  return (
    of((route) => route.pass === pass && route.server === server) ??
    of((route) => inIf !== null && route.scope === inIf) ??
    of((route) => location !== null && route.scope === location) ??
    null
  );
}

function rankOf({ server }: Outcome, _configuration: Configuration, host: string): number {
  if (server === null) return 0;
  return server.own('server_name').some(({ directive }) => directive.args.includes(host)) ? 2 : 1;
}

/** It must work on every version judged for: a failure outweighs an unknown, which outweighs a 101. */
function worstOf(outcomes: readonly Outcome[]): Outcome {
  const worst =
    outcomes.find(({ outcome }) => outcome === 'fails') ??
    outcomes.find(({ outcome }) => outcome === 'unknown') ??
    outcomes[0];
  if (worst === undefined) throw new RangeError('no nginx version to judge for');
  return worst;
}

function versionNotes(outcomes: readonly Outcome[]): readonly string[] {
  if (new Set(outcomes.map(({ outcome }) => outcome)).size < 2) return [];
  const each = outcomes.map(({ version, outcome }) => `${outcome} on nginx ${formatVersion(version)}`);
  return [`versions differ: ${each.join(', ')} (--nginx-version asks for one)`];
}

/** The findings that name a cause: the route's, as far as they explain what this request meets, else the location's. */
function causesOf(simulated: Outcome, result: LintResult, verdict: RouteVerdict | null): readonly Diagnostic[] {
  const refusals = result.refusals();
  if (simulated.outcome !== 'fails' && refusals.length === 0) return [];
  const own = verdict?.because ?? [...refusals, ...result.diagnostics.filter((one) => isIn(one, simulated.location))];
  if (verdict !== null && facts(verdict.handshake) === facts(simulated)) return own;
  return own.filter(({ rule, refuses }) => refuses || explains(rule, simulated));
}

/** What a handshake fails for; verdicts and traces may tell it in other words. */
function facts(outcome: Outcome | null): string {
  return outcome?.faults.map(({ kind, setting }) => `${kind} ${setting?.directive.start ?? ''}`).join() ?? '';
}

/** It stands in that location, and names no route: a location that passes nothing on is none. */
function isIn({ breaks, routes, file, start, end }: Diagnostic, location: Scope | null): boolean {
  if (!breaks || routes.length > 0 || location?.opener == null) return false;
  const { directive, tree } = location.opener;
  return tree.source.path === file && directive.start <= start && end <= directive.end;
}

function explains(id: string, { faults }: Outcome): boolean {
  const kinds = rules.find((rule) => rule.id === id)?.explains ?? [];
  return faults.some(({ kind }) => kinds.includes(kind));
}
