import { destinationOf, readUrl } from '../../handshake/destination';
import type { AskedUrl } from '../../handshake/destination';
import { chrome } from '../../handshake/clients';
import { simulate } from '../../handshake/simulate';
import type { Outcome } from '../../handshake/types';
import type { LintResult } from '../../lint/result';
import type { Configuration } from '../../model/scope';
import { formatVersion, targetVersions } from '../../model/version';
import { routeId } from '../../report/places';
import { traceJson, traceText } from '../../report/trace';
import type { Trace } from '../../report/trace';
import { rules } from '../../../rules';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { judgeTrees } from '../judge';
import type { JudgedTree } from '../judge';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { reportProblems } from '../problems';
import { quoted, UsageError } from '../usage-error';
import { TOOL } from '../version';

const IS_URL = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Which server and location take each URL, what the backend receives, what happens, and why; 1 if one fails. */
export function traceCommand(call: Invocation, io: Io): number {
  const outputs = outputsOf(call, 'pretty');
  const asked = call.operands.filter((word) => IS_URL.test(word));
  if (asked.length === 0) throw new UsageError('trace takes a URL: nginx-ws-lint trace wss://host/path [paths..]');
  const urls = asked.map((text) => ({ text, url: urlOf(text) }));
  const paths = call.operands.filter((word) => !IS_URL.test(word));
  const trees = judgeTrees({ ...call, operands: paths }, io);
  if (trees === null) return 0;
  reportProblems(
    io,
    trees.map(({ result }) => result),
    paths,
  );
  const traces = urls.map(({ text, url }) => traceOne(text, url, trees));
  const version = trees[0]?.version ?? null;
  for (const output of outputs) {
    const options = reportOptions(call, io, output, 'stdout');
    const json = output.format === 'json';
    writeOutput(
      io,
      output,
      json ? traceJson({ tool: TOOL }, version, traces, options) : traceText(traces, options),
      'stdout',
    );
  }
  if (trees.some(({ result }) => result.problems.length > 0)) return 2;
  return traces.some(({ outcome }) => outcome.outcome === 'fails') ? 1 : 0;
}

function urlOf(text: string): AskedUrl {
  const url = readUrl(text);
  if ('error' in url) throw new UsageError(`${quoted(text)}: ${url.error}`);
  return url;
}

/** Of several roots, the one that has a server for it: the first that names the host, else the first with the port. */
function traceOne(text: string, url: AskedUrl, trees: readonly JudgedTree[]): Trace {
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
  const outcomes = targetVersions(version).map((each) => simulate(configuration, chrome(destination), each));
  const outcome = ifRefused(worstOf(outcomes), result);
  const verdict = result.routes.find(({ route }) => route.pass === outcome.pass && route.server === outcome.server);
  const results = trees.map((each) => each.result);
  const route = verdict === undefined ? null : routeId(results, index, verdict.route.id);
  const trace: Trace = {
    url: text,
    outcome,
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
  if (refusing === undefined || outcome.outcome === 'fails') return outcome;
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
