import { chrome, type Destination } from '../handshake/clients';
import { ask } from '../handshake/ask';
import { destinationOf, type AskedUrl } from '../handshake/destination';
import type { Outcome } from '../handshake/types';
import { placeOfSetting } from '../lint/places';
import type { Diagnostic, LintResult } from '../lint/result';
import { timeoutOf, type Timeout } from '../lint/timeouts';
import type { Route } from '../model/route';
import { locationLabel } from '../model/routes';
import type { Configuration, Scope, Setting } from '../model/scope';
import { targetVersions } from '../model/version';
import { positionAt } from '../text/source';

/** One configuration with what the linter says of it. */
export interface Knowledge {
  /** The one that the result's routes are of. */
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

/**
 * Simulates a browser's handshake; of several configurations, in the one that has a server for it. Where none listens
 * on the port that the URL states (a container's, a balancer's), as if it stated none.
 */
export function answerFor(known: readonly Knowledge[], url: AskedUrl): StaticAnswer | null {
  const asked = known.map((knowledge) => answerAt(knowledge, url));
  const found = asked.find(({ outcome }) => outcome.server !== null);
  if (found !== undefined || url.port === null) return found ?? asked[0] ?? null;
  const anywhere = known.map((knowledge) => answerAt(knowledge, { ...url, port: null }));
  return anywhere.find(({ outcome }) => outcome.server !== null) ?? asked[0] ?? null;
}

function answerAt(knowledge: Knowledge, url: AskedUrl): StaticAnswer {
  return answerIn(knowledge, destinationOf(url, knowledge.configuration).destination);
}

function answerIn(knowledge: Knowledge, to: Destination): StaticAnswer {
  const request = chrome(to);
  const versions = targetVersions(knowledge.result.nginxVersion);
  const outcomes = versions.map((version) => ask(knowledge.configuration, request, version));
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

function routeOf({ result }: Knowledge, outcome: Outcome): Route | null {
  const routes = result.routes.map(({ route }) => route);
  const { pass, server, location } = outcome;
  return (
    routes.find((route) => pass !== null && route.pass === pass && route.server === server) ??
    routes.find((route) => location !== null && route.location === location) ??
    null
  );
}

function diagnosticsOf({ result }: Knowledge, outcome: Outcome, route: Route | null): readonly Diagnostic[] {
  return result.diagnostics.filter((diagnostic) => {
    if (diagnostic.ignored !== null) return false;
    if (diagnostic.refuses) return true;
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
