import { fix } from '../../src/fix/fixer';
import type { FixOptions, FixOutcome } from '../../src/fix/fixer';
import type { ClientRequest } from '../../src/handshake/types';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { NginxVersion } from '../../src/model/version';
import type { Workspace } from '../../src/model/workspace';
import { rules } from '../../rules';
import { mainRequest } from './compare';
import type { Files, Verdict } from './nginx';
import type { Bench, Observed, Upstream } from './observe';
import { render, workspaceFor } from './tree';
import type { Tree } from './tree';
import { tokensOf, valuesOf } from './wire';

/** What `--fix --websocket '*'` made of a tree, held against nginx. `lines` are the violations. */
export interface FixReport {
  readonly tree: Tree;
  readonly refused: Verdict | null;
  readonly lines: readonly string[];
  /** Files were changed. */
  readonly changed: boolean;
  readonly switched: number;
  /** Handshakes that were refused for their version or headers. */
  readonly broken: number;
  readonly repaired: number;
  /** Not repaired, and the report says why: the reasons. */
  readonly explained: readonly string[];
  readonly plain: number;
}

export async function judgeFix(bench: Bench, tree: Tree, version: NginxVersion): Promise<FixReport> {
  const files = render(tree);
  const options = fixOptions(version);
  const fixed = fix(workspaceFor(files), rules, options);
  const again = fix(fixed.workspace, rules, options);
  const lines = again.changes.map(({ file }) => `a second fix changes ${file}`);
  const before = await bench.run(files, tree.requests);
  if ('refused' in before) return emptyReport(tree, before.refused, lines);
  const after = await bench.run(withTexts(files, fixed.workspace), tree.requests);
  if ('refused' in after) {
    return emptyReport(tree, null, [...lines, `nginx refuses the fixed tree: ${after.refused.message}`]);
  }
  const pairs = tree.requests.flatMap((request, index) => pairOf(request, before.answers[index], after.answers[index]));
  return report(tree, lines, pairs, fixed);
}

function fixOptions(version: NginxVersion): FixOptions {
  return { ...DEFAULT_OPTIONS, version, patterns: { websocket: ['*'], notWebsocket: [] }, unsafe: false };
}

function withTexts(files: Files, { files: sources }: Workspace): Files {
  return new Map([...files].map(([path, text]) => [path, sources.get(path)?.text ?? text]));
}

function emptyReport(tree: Tree, refused: Verdict | null, lines: readonly string[]): FixReport {
  return { tree, refused, lines, changed: false, switched: 0, broken: 0, repaired: 0, explained: [], plain: 0 };
}

interface Pair {
  readonly request: ClientRequest;
  readonly before: Observed;
  readonly after: Observed;
}

function pairOf(request: ClientRequest, before: Observed | undefined, after: Observed | undefined): Pair[] {
  return before === undefined || after === undefined ? [] : [{ request, before, after }];
}

function report(tree: Tree, lines: readonly string[], pairs: readonly Pair[], fixed: FixOutcome): FixReport {
  const broken = pairs.filter(({ request, before }) => isHandshake(request) && isBroken(before));
  // What is wrong beside version and headers (a hidden Upgrade in the answer) is another matter.
  const left = broken.filter(({ after }) => isBroken(after));
  const breaking = new Set(fixed.result.diagnostics.filter(({ breaks }) => breaks).map(({ rule }) => rule));
  const reasons = fixed.records
    .filter(({ state, rule }) => state === 'discarded' || (state === 'available' && breaking.has(rule)))
    .map(explanation);
  const unexplained = reasons.length > 0 ? [] : left.map((pair) => stillRefused(pair, [...breaking]));
  return {
    tree,
    refused: null,
    lines: [...lines, ...pairs.flatMap(harm), ...unexplained],
    changed: fixed.changes.length > 0,
    switched: pairs.filter(({ before }) => before.switched).length,
    broken: broken.length,
    repaired: broken.length - left.length,
    explained: left.map(() => reasons[0] ?? ''),
    plain: pairs.filter(({ request }) => isPlain(request)).length,
  };
}

function explanation({ rule, state, reason }: FixOutcome['records'][number]): string {
  return `${rule} ${state}${reason === null ? '' : `: ${reason}`}`;
}

function stillRefused({ request, before, after }: Pair, rules: readonly string[]): string {
  const said = rules.length === 0 ? 'nothing is said to break it' : `said: ${rules.join(', ')}`;
  return `${request.target}: refused (${before.reason}), after the fix still (${after.reason}); ${said}`;
}

function isHandshake(request: ClientRequest): boolean {
  return valuesOf(request.headers, 'sec-websocket-key').length > 0;
}

function isPlain(request: ClientRequest): boolean {
  return valuesOf(request.headers, 'upgrade').length === 0;
}

/** The backend got the handshake with the wrong version, Upgrade or Connection; nothing else is wrong with it. */
function isBroken(observed: Observed): boolean {
  const received = mainRequest(observed);
  if (received === null || observed.switched || !observed.byBackend || received.method !== 'GET') return false;
  const kept = ['sec-websocket-key', 'sec-websocket-version'].every(
    (name) => valuesOf(received.headers, name).length === 1,
  );
  return kept && isUnfit(received);
}

function isUnfit({ version, headers }: Upstream): boolean {
  const upgrades = valuesOf(headers, 'upgrade');
  const connection = tokensOf(headers, 'connection');
  const fit = upgrades.length === 1 && upgrades[0]?.toLowerCase() === 'websocket';
  return version !== 'HTTP/1.1' || !fit || !connection.includes('upgrade') || connection.includes('close');
}

/** What a fix must never do. */
function harm({ request, before, after }: Pair): string[] {
  if (before.switched && !after.switched) return [`${request.target}: switched before the fix, now ${after.reason}`];
  if (!isPlain(request)) return [];
  // nginx did not speak HTTP/1 there; or it put an Upgrade of its own on every request, which the backend took ill.
  const forced = valuesOf(mainRequest(before)?.headers ?? [], 'upgrade').length > 0;
  if (before.status === null || (forced && before.byBackend)) return [];
  const was = plainAnswer(before);
  const is = plainAnswer(after);
  return was === is ? [] : [`${request.method} ${request.target}: a plain request was ${was}, is ${is}`];
}

/** Connection, Upgrade and the version are what a repair may change. */
function plainAnswer(observed: Observed): string {
  const received = mainRequest(observed);
  const headers = received?.headers.filter(([name]) => !/^(?:connection|upgrade)$/i.test(name)) ?? [];
  const sent = received === null ? 'nowhere' : `${received.at} ${received.method} ${received.uri}`;
  return [observed.status, observed.redirect, sent, ...headers.map((header) => header.join(': '))].join(' | ');
}
