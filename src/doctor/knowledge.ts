import { chrome, type Destination } from '../handshake/clients';
import { simulate } from '../handshake/simulate';
import { portsOf } from '../handshake/target-candidates';
import type { Outcome } from '../handshake/types';
import { placeOfSetting } from '../lint/places';
import type { Diagnostic, LintResult } from '../lint/result';
import { timeoutOf, type Timeout } from '../lint/timeouts';
import { buildConfiguration } from '../model/build';
import type { Route } from '../model/route';
import { locationLabel } from '../model/routes';
import type { Configuration, Scope, Setting } from '../model/scope';
import { targetVersions } from '../model/version';
import type { Workspace } from '../model/workspace';
import { positionAt } from '../text/source';

/** One configuration with what the linter says of it. */
export interface Knowledge {
  readonly configuration: Configuration;
  readonly result: LintResult;
  /** nginx on this machine reads this tree. */
  readonly live: boolean;
}

/** What the configuration says about one URL. */
export interface StaticAnswer {
  readonly outcome: Outcome;
  /** True when supported versions differ, and the version is not known. */
  readonly dependsOnVersion: boolean;
  readonly knowledge: Knowledge;
  readonly route: Route | null;
  /** Findings on the route, or in the location that answers. */
  readonly diagnostics: readonly Diagnostic[];
  readonly readTimeout: Timeout | null;
  /** `server example.com (conf.d/a.conf:3), location /ws/ (conf.d/a.conf:9)` */
  readonly place: string;
}

export function knowledgeOf(workspace: Workspace, result: LintResult): Knowledge {
  return { configuration: buildConfiguration(workspace), result, live: workspace.live };
}

/**
 * Simulates a browser's handshake; of several configurations, in the one that has a server for it. Where no server
 * listens on the port (a container's, a balancer's), the one that fits best: ssl for wss, the name, the lowest port.
 */
export function answerFor(known: readonly Knowledge[], to: Destination): StaticAnswer | null {
  const answers = known.map((knowledge) => answerIn(knowledge, to));
  const direct = answers.find(({ outcome }) => outcome.server !== null);
  if (direct !== undefined) return direct;
  for (const knowledge of known) {
    const other = otherPorts(knowledge, to).map((destination) => answerIn(knowledge, destination));
    const best = other.find(({ outcome }) => isNamed(outcome.server, to.host)) ?? other[0];
    if (best !== undefined) return best;
  }
  return answers[0] ?? null;
}

/** More ports than this are not tried. */
const MOST_PORTS = 16;

function otherPorts({ configuration }: Knowledge, to: Destination): readonly Destination[] {
  const servers = configuration.http?.children.filter(({ kind }) => kind === 'server') ?? [];
  const ports = servers.flatMap((server) => portsOf(server));
  const fitting = ports.filter(({ scheme }) => to.scheme === 'http' || scheme === 'https');
  const unique = new Map(fitting.map((port) => [port.port, port]));
  const sorted = [...unique.values()].sort((a, b) => a.port - b.port).slice(0, MOST_PORTS);
  return sorted.map(({ port, scheme }) => ({ ...to, port, scheme }));
}

function isNamed(server: Scope | null, host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return server?.own('server_name').some(({ directive }) => directive.args.includes(name)) === true;
}

function answerIn(knowledge: Knowledge, to: Destination): StaticAnswer {
  const request = chrome(to);
  const versions = targetVersions(knowledge.result.nginxVersion);
  const outcomes = versions.map((version) => simulate(knowledge.configuration, request, version));
  // The linter's rule: what fails on a supported version fails.
  const outcome = outcomes.find((each) => each.outcome === 'fails') ?? outcomes[0];
  if (outcome === undefined) throw new RangeError('no version to simulate');
  const route = routeOf(knowledge, outcome);
  return {
    outcome,
    dependsOnVersion: new Set(outcomes.map((each) => each.outcome)).size > 1,
    knowledge,
    route,
    diagnostics: diagnosticsOf(knowledge, outcome, route),
    readTimeout: route === null ? null : timeoutOf(route, 'read'),
    place: placeText(outcome),
  };
}

/** The same occurrence of a directive in another build of the same files. */
function keyOf(setting: Setting | null): string {
  if (setting === null) return '';
  const { file, start } = placeOfSetting(setting);
  return `${file}:${start}<${keyOf(setting.via)}`;
}

function scopeKey(scope: Scope | null): string {
  return scope === null ? '' : `${keyOf(scope.opener)}/${scopeKey(scope.parent)}`;
}

function routeOf({ result }: Knowledge, outcome: Outcome): Route | null {
  const scope = outcome.inIf ?? outcome.location;
  if (scope === null) return null;
  const key = scopeKey(scope);
  const routes = result.routes.map(({ route }) => route);
  return (
    routes.find((route) => scopeKey(route.inner ?? route.location) === key) ??
    routes.find((route) => scopeKey(route.location) === scopeKey(outcome.location)) ??
    null
  );
}

function diagnosticsOf({ result }: Knowledge, outcome: Outcome, route: Route | null): readonly Diagnostic[] {
  return result.diagnostics.filter((diagnostic) => {
    if (diagnostic.ignored !== null) return false;
    if (route !== null && diagnostic.routes.includes(route)) return true;
    return isIn(diagnostic, outcome.location) || isFaultOf(diagnostic, outcome);
  });
}

function isIn(diagnostic: Diagnostic, scope: Scope | null): boolean {
  if (scope?.opener == null || diagnostic.routes.length > 0) return false;
  const { directive, tree } = scope.opener;
  return tree.source.path === diagnostic.file && directive.start <= diagnostic.start && diagnostic.end <= directive.end;
}

/** The finding stands at the very setting that the simulation names as the fault. */
function isFaultOf(diagnostic: Diagnostic, outcome: Outcome): boolean {
  return outcome.faults.some(({ setting }) => {
    if (setting === null) return false;
    const { file, start } = placeOfSetting(setting);
    return file === diagnostic.file && start <= diagnostic.start && diagnostic.start < setting.directive.end;
  });
}

function placeText({ server, location }: Outcome): string {
  if (server === null) return 'no server of this configuration';
  const name = server.own('server_name')[0]?.directive.args[0] ?? '';
  const parts = [`server${name === '' ? '' : ` ${name}`}${lineOf(server)}`];
  if (location !== null) parts.push(`${locationLabel(location)}${lineOf(location)}`);
  return parts.join(', ');
}

function lineOf(scope: Scope): string {
  return scope.opener === null ? '' : ` (${settingLine(scope.opener)})`;
}

/** `conf.d/app.conf:14` */
export function settingLine(setting: Setting): string {
  const { file, start } = placeOfSetting(setting);
  return `${file}:${positionAt(setting.tree.source, start).line}`;
}

/** `conf.d/app.conf:14` of a finding. */
export function diagnosticLine(
  knowledge: Knowledge,
  diagnostic: Diagnostic,
): { readonly file: string; readonly line: number } {
  const source = knowledge.result.sources.get(diagnostic.file);
  return { file: diagnostic.file, line: source === undefined ? 1 : positionAt(source, diagnostic.start).line };
}
