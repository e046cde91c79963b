import { fix, type FixOutcome } from '../../src/fix/fixer';
import { chrome, firefox, plainGet, plainPost } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { targetFor } from '../../src/handshake/target';
import type { ClientRequest, FaultKind } from '../../src/handshake/types';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { Diagnostic } from '../../src/lint/result';
import { buildConfiguration } from '../../src/model/build';
import type { Route } from '../../src/model/route';
import { findRoutes } from '../../src/model/routes';
import type { Configuration, Setting } from '../../src/model/scope';
import type { NginxVersion } from '../../src/model/version';
import type { Workspace } from '../../src/model/workspace';
import { rules } from '../../rules/index';
import { harm, isHandshake, isPlain, type Pair } from './fix-harm';
import type { Files, Verdict } from './nginx';
import type { Bench, Observation } from './observe';
import { render, workspaceFor, type Tree } from './tree';

/** What `--fix --websocket '*'` made of a tree, held against a real nginx. */
export interface FixReport {
  readonly tree: Tree;
  /** nginx refuses the tree as it was. */
  readonly refused: Verdict | null;
  /** Broken promises. */
  readonly lines: readonly string[];
  readonly applied: number;
  readonly discarded: number;
  /** Requests that switched before, and plain ones. */
  readonly switched: number;
  readonly plain: number;
  /** Handshakes that nothing but version, Upgrade and Connection made fail, and those of them that switch now. */
  readonly broken: number;
  readonly repaired: number;
  /** Why the others do not: a discarded fix of their route, with its reason. */
  readonly explained: readonly string[];
  /** Those of which nothing is said. */
  readonly left: readonly string[];
}

const MOST_ROUTES = 10;

/** Faults that fixing promises to repair. */
const REPAIRABLE: ReadonlySet<FaultKind> = new Set([
  'http-version',
  'upgrade-missing',
  'upgrade-wrong',
  'upgrade-twice',
  'connection-missing',
  'connection-wrong',
  'connection-close',
] satisfies FaultKind[]);

export function fixed(workspace: Workspace, version: NginxVersion | null, unsafe = false): FixOutcome {
  const patterns = { websocket: ['*'], notWebsocket: [] };
  return fix(workspace, rules, { ...DEFAULT_OPTIONS, version, patterns, unsafe });
}

/** Fixes a tree, runs it before and after, and holds each promise of safe fixes against what nginx did. */
export async function judgeFix(bench: Bench, tree: Tree, version: NginxVersion): Promise<FixReport> {
  const files = render(tree);
  const outcome = fixed(workspaceFor(files), version);
  const texts: Files = new Map(
    [...files].map(([path, text]) => [path, outcome.workspace.files.get(path)?.text ?? text]),
  );
  const again = fixed(outcome.workspace, version).changes.map(({ file }) => `a second fix changes ${file}`);
  const configuration = buildConfiguration(workspaceFor(files));
  const requests = [...tree.requests, ...routeRequests(configuration)];
  const count = (state: string): number => outcome.records.filter((record) => record.state === state).length;
  const report = { tree, refused: null, applied: count('applied'), discarded: count('discarded'), ...NOTHING_ASKED };
  const pairs = await runBoth(bench, files, texts, requests);
  if ('refused' in pairs) return { ...report, refused: pairs.refused, lines: again };
  if ('broken' in pairs) return { ...report, lines: [...again, pairs.broken] };
  return { ...report, ...compare(pairs, configuration, outcome, version), lines: [...again, ...pairs.flatMap(harm)] };
}

type Run = readonly Pair[] | { readonly refused: Verdict } | { readonly broken: string };

/** Before and after. Once more where harm was done and something was not answered in time: this process may be busy. */
async function runBoth(
  bench: Bench,
  files: Files,
  texts: Files,
  requests: readonly ClientRequest[],
  last = false,
): Promise<Run> {
  const before = await bench.run(files, requests);
  if ('refused' in before) return before;
  const same = [...files].every(([path, text]) => texts.get(path) === text);
  const after = same ? before : await bench.run(texts, requests);
  if ('refused' in after) return { broken: `nginx refuses the fixed tree: ${after.refused.message}` };
  const pairs = pairsOf(requests, before, after, isBalanced(files));
  const late = pairs.some((pair) => (pair.before.timedOut || pair.after.timedOut) && harm(pair).length > 0);
  return late && !last ? runBoth(bench, files, texts, requests, true) : pairs;
}

const NOTHING_ASKED = { switched: 0, plain: 0, broken: 0, repaired: 0, explained: [], left: [] } as const;

function routeRequests(configuration: Configuration): ClientRequest[] {
  const routes = findRoutes(configuration).slice(0, MOST_ROUTES);
  return routes.flatMap((route, index) => {
    const target = targetFor(configuration, route);
    if (target === null) return [];
    return index % 2 === 0 ? [chrome(target), plainGet(target)] : [firefox(target), plainPost(target)];
  });
}

type Answers = Extract<Observation, { readonly answers: unknown }>;

function isBalanced(files: Files): boolean {
  return [...files.values()].some((text) => /upstream [^{]*\{(?:[^}]*\bserver\b){2}/.test(text));
}

function pairsOf(requests: readonly ClientRequest[], { answers }: Answers, after: Answers, balanced: boolean): Pair[] {
  return requests.flatMap((request, index) => {
    const [old, now] = [answers[index], after.answers[index]];
    return old === undefined || now === undefined ? [] : [{ request, before: old, after: now, balanced }];
  });
}

function compare(
  pairs: readonly Pair[],
  configuration: Configuration,
  outcome: FixOutcome,
  version: NginxVersion,
): Omit<FixReport, 'tree' | 'refused' | 'lines' | 'applied' | 'discarded'> {
  const broken = pairs.filter(
    ({ request, before }) => isHandshake(request) && !before.switched && isRepairable(configuration, request, version),
  );
  const failing = broken.filter(({ after }) => !after.switched);
  const reasons = failing.map(({ request }) => discardedFor(outcome, request, version));
  return {
    switched: pairs.filter(({ before }) => before.switched).length,
    plain: pairs.filter(({ request }) => isPlain(request)).length,
    broken: broken.length,
    repaired: broken.length - failing.length,
    explained: reasons.flatMap((reason) => reason ?? []),
    left: failing
      .filter((_, index) => reasons[index] === null)
      .map(({ request, after }) => `${request.target}: ${after.reason}`),
  };
}

/** Nothing else is wrong: a request that nginx answers by itself, or whose 101 it spoils, is another matter. */
function isRepairable(configuration: Configuration, request: ClientRequest, version: NginxVersion): boolean {
  const { outcome, faults } = simulate(configuration, request, version);
  return outcome === 'fails' && faults.length > 0 && faults.every(({ kind }) => REPAIRABLE.has(kind));
}

/** The fix that the report says was discarded, among those of the route that the request goes to; null when none is. */
function discardedFor(outcome: FixOutcome, request: ClientRequest, version: NginxVersion): string | null {
  const { pass, server } = simulate(buildConfiguration(outcome.workspace), request, version);
  const isTaken = ({ route }: { route: Route }): boolean =>
    samePlace(route.pass, pass) && samePlace(route.server.opener, server?.opener ?? null);
  const { routes, diagnostics } = outcome.result;
  const taken = new Set(routes.filter(isTaken).map(({ route }) => route));
  const found = diagnostics.filter((diagnostic) => diagnostic.routes.some((route) => taken.has(route)));
  const record = outcome.records.find(({ state, rule, file }) => state === 'discarded' && isAbout(found, rule, file));
  return record === undefined ? null : `${record.rule}: ${record.reason ?? ''}`;
}

function samePlace(one: Setting | null, other: Setting | null): boolean {
  return (
    one !== null &&
    other !== null &&
    one.tree.source.path === other.tree.source.path &&
    one.directive.start === other.directive.start
  );
}

function isAbout(diagnostics: readonly Diagnostic[], rule: string, file: string): boolean {
  return diagnostics.some((diagnostic) => diagnostic.rule === rule && diagnostic.file === file);
}
