import { chrome } from '../handshake/clients';
import { destinationOf } from '../handshake/destination';
import type { AskedUrl } from '../handshake/destination';
import { ask } from '../handshake/ask';
import type { Outcome } from '../handshake/types';
import { otherwiseInFirefox } from '../lint/firefox';
import { veilOver } from '../lint/foreign';
import { lint } from '../lint/linter';
import type { LintOptions } from '../lint/linter';
import type { LintResult } from '../lint/result';
import { buildConfiguration } from '../model/build';
import type { Configuration } from '../model/scope';
import { formatVersion, targetVersions } from '../model/version';
import type { NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';
import { routeId } from '../report/places';
import type { Trace } from '../report/trace';
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
  const outcome = ifRefused(simulated, result);
  const firefox = outcome === simulated ? otherwiseInFirefox(configuration, destination, outcome) : null;
  const veil = veilOver(tree.workspace, rules);
  const verdict = result.routes.find(({ route }) => route.pass === outcome.pass && route.server === outcome.server);
  const results = trees.map((each) => each.result);
  const route = verdict === undefined ? null : routeId(results, index, verdict.route.id);
  const trace: Trace = {
    url: text,
    outcome: veil === null ? outcome : veil.outcome(outcome),
    firefox: veil === null || firefox === null ? firefox : veil.outcome(firefox),
    route,
    causes: outcome.outcome === 'fails' ? causesOf(outcome, result, verdict?.causes ?? []) : [],
    notes: [...notes, ...versionNotes(outcomes)],
  };
  return { trace, rank: rankOf(outcome, configuration, url.host), root: result.root };
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

/** What nginx does not load switches nothing. */
function ifRefused(outcome: Outcome, { diagnostics }: LintResult): Outcome {
  const refusing = diagnostics.find(({ refuses, ignored }) => refuses && ignored === null);
  if (refusing === undefined) return outcome;
  const what = `nginx refuses the configuration: ${refusing.message}`;
  return {
    ...outcome,
    outcome: 'fails',
    status: null,
    unknowns: [],
    steps: [...outcome.steps, { what, setting: null }],
  };
}

/** The rules that name a cause of the route's failure; else those that explain what the simulation met. */
function causesOf(outcome: Outcome, { diagnostics }: LintResult, named: readonly string[]): readonly string[] {
  if (named.length > 0) return named;
  const refusing = diagnostics.filter(({ refuses, ignored }) => refuses && ignored === null).map(({ rule }) => rule);
  const kinds = new Set(outcome.faults.map(({ kind }) => kind));
  const explaining = rules.filter(({ explains }) => explains?.some((kind) => kinds.has(kind)) === true);
  return [...new Set([...refusing, ...explaining.map(({ id }) => id)])];
}
