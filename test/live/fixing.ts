import { fix, type FixOutcome } from '../../src/fix/fixer';
import { chrome, firefox, plainGet, plainPost } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { targetFor } from '../../src/handshake/target';
import type { ClientRequest, FaultKind, Outcome } from '../../src/handshake/types';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import { buildConfiguration } from '../../src/model/build';
import { findRoutes } from '../../src/model/routes';
import type { Configuration } from '../../src/model/scope';
import type { NginxVersion } from '../../src/model/version';
import type { Workspace } from '../../src/model/workspace';
import { rules } from '../../rules/index';
import type { Files } from './nginx';
import type { Bench, Observation, Observed, Upstream } from './observe';
import { render, workspaceFor, type Tree } from './tree';
import { valuesOf } from './wire';

/** What fixing made of a tree, by a real nginx. `lines` are broken promises. */
export interface FixReport {
  readonly tree: Tree;
  readonly lines: readonly string[];
  readonly applied: number;
  readonly discarded: number;
  /** Handshakes that the request's version or headers made fail, and those of them that switch now. */
  readonly broken: number;
  readonly repaired: number;
  readonly refusedBefore: boolean;
  readonly texts: Files;
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
  const count = (state: string): number => outcome.records.filter((record) => record.state === state).length;
  const report = { tree, applied: count('applied'), discarded: count('discarded'), texts };
  const again = fixed(outcome.workspace, version).changes.map(({ file }) => `a second fix changes ${file}`);
  const configuration = buildConfiguration(workspaceFor(files));
  const requests = [...tree.requests, ...routeRequests(configuration)];
  const before = await bench.run(files, requests);
  const after = outcome.changes.length === 0 ? before : await bench.run(texts, requests);
  const found = compare({ before, after, requests, configuration, version, outcome });
  return { ...report, ...found, lines: [...again, ...found.lines], refusedBefore: 'refused' in before };
}

function routeRequests(configuration: Configuration): ClientRequest[] {
  const routes = findRoutes(configuration).slice(0, MOST_ROUTES);
  return routes.flatMap((route, index) => {
    const target = targetFor(configuration, route);
    if (target === null) return [];
    return index % 2 === 0 ? [chrome(target), plainGet(target)] : [firefox(target), plainPost(target)];
  });
}

interface Runs {
  readonly before: Observation;
  readonly after: Observation;
  readonly requests: readonly ClientRequest[];
  readonly configuration: Configuration;
  readonly version: NginxVersion;
  readonly outcome: FixOutcome;
}

function compare(runs: Runs): Pick<FixReport, 'lines' | 'broken' | 'repaired'> {
  const { before, after } = runs;
  if ('refused' in after) {
    const lines = 'refused' in before ? [] : [`nginx refuses the fixed tree: ${after.refused.message}`];
    return { lines, broken: 0, repaired: 0 };
  }
  if ('refused' in before) return { lines: [], broken: 0, repaired: 0 };
  const lines: string[] = [];
  let broken = 0;
  let repaired = 0;
  for (const [index, request] of runs.requests.entries()) {
    const old = before.answers[index];
    const now = after.answers[index];
    if (old === undefined || now === undefined) continue;
    if (!isHandshake(request)) {
      if (!hasUpgrade(request)) lines.push(...plainLines(request, old, now));
      continue;
    }
    if (old.switched && !now.switched) lines.push(`${request.target}: switched before, fails now (${now.reason})`);
    if (old.switched || !isRepairable(simulate(runs.configuration, request, runs.version))) continue;
    broken += 1;
    if (now.switched) repaired += 1;
    else if (!isExplained(runs.outcome))
      lines.push(`${request.target}: is not repaired (${now.reason}), and nothing says why`);
  }
  return { lines, broken, repaired };
}

function isHandshake(request: ClientRequest): boolean {
  return (
    request.method === 'GET' &&
    valuesOf(request.headers, 'sec-websocket-key').length === 1 &&
    valuesOf(request.headers, 'sec-websocket-version').length === 1 &&
    valuesOf(request.headers, 'connection').some((value) => /upgrade/i.test(value)) &&
    valuesOf(request.headers, 'upgrade').join() === 'websocket'
  );
}

function hasUpgrade(request: ClientRequest): boolean {
  return valuesOf(request.headers, 'upgrade').length > 0;
}

function isRepairable({ outcome, faults }: Outcome): boolean {
  return outcome === 'fails' && faults.length > 0 && faults.every(({ kind }) => REPAIRABLE.has(kind));
}

/** A fix was discarded, or what remains says that routes fail, or that none of their URLs is known. */
function isExplained({ records, result }: FixOutcome): boolean {
  return (
    records.some(({ state }) => state === 'discarded') ||
    result.diagnostics.some(({ breaks }) => breaks) ||
    result.routes.some(({ handshake }) => handshake === null || handshake.outcome !== 'switches')
  );
}

function plainLines(request: ClientRequest, old: Observed, now: Observed): string[] {
  const name = `${request.method} ${request.target}`;
  // no HTTP/1.1 client got an answer; or the backend judged an Upgrade that a plain request should not have carried
  if (old.status === null || sentUpgrade(old)) return [];
  if (old.status !== now.status || old.byBackend !== now.byBackend) {
    return [`${name}: status ${old.status} became ${now.status}`];
  }
  if (old.redirect !== now.redirect) return [`${name}: Location ${old.redirect} became ${now.redirect}`];
  const [before, after] = [main(old), main(now)];
  if (before === null || after === null)
    return before === after ? [] : [`${name}: the backend got ${after === null ? 'nothing' : 'it'}`];
  if (before.method !== after.method || before.uri !== after.uri)
    return [`${name}: the line became ${after.method} ${after.uri}`];
  const was = headerLines(before);
  const is = headerLines(after);
  const changed = [...was.filter((line) => !is.includes(line)), ...is.filter((line) => !was.includes(line))];
  return changed.length === 0 ? [] : [`${name}: ${changed.join(' / ')}`];
}

function sentUpgrade(observed: Observed): boolean {
  return observed.received.some(({ headers }) => headers.some(([name]) => name.toLowerCase() === 'upgrade'));
}

function main(observed: Observed): Upstream | null {
  return observed.received.filter(({ uri }) => !uri.startsWith('/asked')).at(-1) ?? null;
}

function headerLines({ headers }: Upstream): string[] {
  const kept = headers.filter(([name]) => !/^(connection|upgrade)$/i.test(name));
  return kept.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
}
