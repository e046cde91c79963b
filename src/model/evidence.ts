import { conditionLabel } from './condition-words';
import { positionAt } from '../text/source';
import { effective } from './effective';
import { isAside, isPlain, strongSegment, weakSegment, namesWebSocket } from './endpoints';
import { handedOn } from './handed-on';
import type { HandedOn } from './handed-on';
import { locationWords } from './location-words';
import { productOf } from './products';
import type { Evidence, Route } from './route';
import type { Configuration, Scope, Setting } from './scope';
import { markerFor } from './markers';
import { takesStaticFiles } from './static-files';
import { variablesIn } from './template';
import { upgradeVariables } from './upgrade-maps';
import { carriesUpgrade, refusedUpgrade } from './upgrade-headers';
import { handshakeIf, upgradeTest } from './upgrade-test';

/** What the user says of routes: globs over a location's pattern without its modifier, `*` crosses `/`. */
export interface WebSocketPatterns {
  readonly websocket: readonly string[];
  readonly notWebsocket: readonly string[];
}

export type Unjudged = Omit<Route, 'websocket'>;

/** Facts about the whole configuration that the evidence of one route needs. */
export interface Surroundings {
  /** Levels whose Upgrade or Connection header reaches a route, or is said again by one that discards it. */
  readonly liveLevels: ReadonlySet<Scope>;
  /** By server, the names of endpoints that a location of it forwards Upgrade for. */
  readonly endpoints: ReadonlyMap<Scope, ReadonlySet<string>>;
  /** Variables of maps that tell handshakes from plain requests. */
  readonly upgradeVariables: ReadonlySet<string>;
  /** Patterns that auth_request, mirror and error_page send subrequests and errors to. */
  readonly sideTargets: ReadonlySet<string>;
  readonly patterns: WebSocketPatterns;
}

/** Whether a route serves WebSocket (design 1.3): stated, by its settings, by its endpoint; else no, with hints. */
export function evidenceFor(route: Unjudged, around: Surroundings): Evidence {
  const stated = statedByUser(route, around.patterns);
  if (stated !== null) return stated;
  const handed = handedTo(route);
  const meant = handed?.serves === 'yes' ? [handed.reason] : [];
  const never = meant.length > 0 ? null : neverServes(route, around);
  if (never !== null) return no([never]);
  const bySettings = [...settingsEvidence(route, around), ...meant];
  const product = route.location === null ? null : productOf(route.location);
  if (bySettings.length > 0) return { serves: 'yes', reasons: bySettings, hints: [], product };
  const endpoint = endpointEvidence(route, product, around);
  const reason = endpoint ?? handed?.reason;
  if (reason !== undefined) return { serves: 'likely', reasons: [reason], hints: [], product };
  return no([...hintsOf(route)]);
}

/** A location that others of its server hand handshakes on to. */
function handedTo({ location, server }: Unjudged): HandedOn | null {
  return location === null ? null : (handedOn(server).get(locationWords(location).pattern) ?? null);
}

function no(hints: readonly string[]): Evidence {
  return { serves: 'no', reasons: [], hints, product: null };
}

function statedByUser(route: Unjudged, patterns: WebSocketPatterns): Evidence | null {
  const marker = route.location === null ? null : markerFor(route.location);
  if (marker !== null) {
    const reason = `the comment "nginx-ws-lint: ${marker}" says so`;
    return marker === 'websocket' ? { serves: 'yes', reasons: [reason], hints: [], product: null } : no([reason]);
  }
  const pattern = route.location === null ? '' : locationWords(route.location).pattern;
  const against = patterns.notWebsocket.find((glob) => globMatches(glob, pattern));
  if (against !== undefined) return no([`--not-websocket ${against}`]);
  const by = patterns.websocket.find((glob) => globMatches(glob, pattern));
  return by === undefined ? null : { serves: 'yes', reasons: [`--websocket ${by}`], hints: [], product: null };
}

/** Glob in which `*` crosses `/` and nothing else is special; linear in both texts for each `*`. */
function globMatches(glob: string, text: string): boolean {
  const parts = glob.split('*');
  const first = parts[0] ?? '';
  if (parts.length === 1) return glob === text;
  const last = parts.at(-1) ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

function neverServes(route: Unjudged, around: Surroundings): string | null {
  if (route.location === null) return null;
  if (effective(route.location, 'internal').settings.length > 0)
    return 'an internal location gets no request from outside';
  const taking = route.inner === null ? handshakeIf(route.location) : null;
  if (taking !== null) return `every handshake is taken by ${conditionLabel(taking.directive)}`;
  const refusal = refusedUpgrade(route.location);
  if (refusal !== null) return describe(refusal, '""');
  if (takesStaticFiles(route.location) && !route.scope.own('proxy_set_header').some(carriesUpgrade))
    return 'static files are asked for here';
  const { modifier, pattern } = locationWords(route.location);
  if (modifier === '~' || modifier === '~*' || !around.sideTargets.has(pattern)) return null;
  return 'a subrequest or an error page goes here';
}

function* settingsEvidence(route: Unjudged, around: Surroundings): Generator<string> {
  const headers = effective(route.scope, 'proxy_set_header');
  const carrying = headers.settings.find(carriesUpgrade);
  if (carrying !== undefined) yield describe(carrying);
  const lost = headers.hidden.find(carriesUpgrade);
  if (lost !== undefined && isLost(lost, around)) yield `${describe(lost)}, which this level discards`;
  for (const name of ['proxy_pass_header', 'add_header']) {
    const misplaced = route.scope.own(name).find(carriesUpgrade);
    if (misplaced !== undefined) yield describe(misplaced);
  }
  const test = upgradeTest(route);
  if (test !== null) yield `${describe(test)} tests for a handshake`;
  const variable = variablesIn(route.pass.directive.args[0] ?? '').find((name) => around.upgradeVariables.has(name));
  if (variable !== undefined) yield `${describe(route.pass)} goes by $${variable}, a map of $http_upgrade`;
}

/**
 * Set for a server or an outer location, and reaching no route at all: it was meant for these. At http level it is a
 * habit of the whole installation, which a location may well not share.
 */
function isLost(setting: Setting, around: Surroundings): boolean {
  return setting.scope.kind !== 'http' && !around.liveLevels.has(setting.scope);
}

function endpointEvidence(route: Unjudged, product: string | null, around: Surroundings): string | null {
  if (route.location === null) return null;
  const { modifier, pattern } = locationWords(route.location);
  if (isPlain(modifier, pattern)) return null;
  const segment = strongSegment(modifier, pattern);
  const elsewhere = segment !== null && around.endpoints.get(route.server)?.has(segment) === true;
  if (elsewhere && isAside(modifier, pattern)) return null;
  if (segment !== null) return `"${segment}" in ${route.label} is a WebSocket endpoint's name`;
  return product === null ? null : `${route.label} is an endpoint of ${product}`;
}

function* hintsOf(route: Unjudged): Generator<string> {
  const address = route.pass.directive.args[0] ?? '';
  if (namesWebSocket(address)) yield `the name in ${route.pass.directive.name} ${address}`;
  if (route.location === null) return;
  const { modifier, pattern } = locationWords(route.location);
  const weak = strongSegment(modifier, pattern) ?? weakSegment(modifier, pattern);
  if (weak !== null) yield `"${weak}" in ${route.label}`;
}

/** `proxy_set_header Upgrade (app.conf:13)`. */
function describe(setting: Setting, value = ''): string {
  const { directive, tree } = setting;
  const what =
    directive.name === 'if'
      ? conditionLabel(directive)
      : `${directive.name} ${directive.args[0] ?? ''} ${value}`.trim();
  const file = tree.source.path.slice(tree.source.path.lastIndexOf('/') + 1);
  return `${what} (${file}:${positionAt(tree.source, directive.start).line})`;
}

/** See Surroundings. */
export function surroundings(
  configuration: Configuration,
  routes: readonly Unjudged[],
  patterns: WebSocketPatterns,
): Surroundings {
  const liveLevels = new Set<Scope>();
  const sideTargets = new Set<string>();
  const endpoints = new Map<Scope, Set<string>>();
  const seen = new Set<Scope>();
  for (const route of routes) {
    const { settings, scope, hidden } = effective(route.scope, 'proxy_set_header');
    if (scope !== null && settings.some(carriesUpgrade)) {
      liveLevels.add(scope);
      for (const discarded of hidden) liveLevels.add(discarded.scope);
      addEndpoint(route, endpoints);
    }
    for (let level: Scope | null = route.scope; level !== null && !seen.has(level); level = level.parent) {
      seen.add(level);
      addSideTargets(level, sideTargets);
    }
  }
  return { liveLevels, endpoints, sideTargets, upgradeVariables: upgradeVariables(configuration), patterns };
}

function addEndpoint({ server, location }: Unjudged, endpoints: Map<Scope, Set<string>>): void {
  if (location === null) return;
  const { modifier, pattern } = locationWords(location);
  const segment = strongSegment(modifier, pattern);
  if (segment === null || isAside(modifier, pattern)) return;
  const names = endpoints.get(server) ?? new Set();
  endpoints.set(server, names.add(segment));
}

function addSideTargets(level: Scope, targets: Set<string>): void {
  for (const name of ['auth_request', 'mirror']) {
    for (const setting of level.own(name)) targets.add(setting.directive.args[0] ?? '');
  }
  for (const setting of level.own('error_page')) {
    const uri = setting.directive.args.at(-1) ?? '';
    if (uri.startsWith('/')) targets.add(uri);
  }
}
