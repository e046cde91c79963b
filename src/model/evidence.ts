import { conditionLabel } from './condition-words';
import { positionAt } from '../text/source';
import { nearest } from './distance';
import { effective } from './effective';
import { strongSegment, weakSegment, namesWebSocket } from './endpoints';
import { headerOf } from './headers';
import { locationWords } from './location-words';
import { productOf } from './products';
import type { Evidence, Route } from './route';
import type { Configuration, Scope, Setting } from './scope';
import { markerFor } from './markers';
import { handshakeIf, upgradeTest } from './upgrade-test';

/** What the user says of routes: globs over a location's pattern without its modifier, `*` crosses `/`. */
export interface WebSocketPatterns {
  readonly websocket: readonly string[];
  readonly notWebsocket: readonly string[];
}

export type Unjudged = Omit<Route, 'websocket'>;

/** Facts about the whole configuration that the evidence of one route needs. */
export interface Surroundings {
  /** Levels whose Upgrade or Connection header reaches at least one route. */
  readonly liveLevels: ReadonlySet<Scope>;
  /** Variables of maps whose source is made of $http_upgrade. */
  readonly upgradeVariables: ReadonlySet<string>;
  /** Patterns that auth_request, mirror and error_page send subrequests and errors to. */
  readonly sideTargets: ReadonlySet<string>;
  readonly patterns: WebSocketPatterns;
}

/** Whether a route serves WebSocket (design 1.3): stated, by its settings, by its endpoint; else no, with hints. */
export function evidenceFor(route: Unjudged, around: Surroundings): Evidence {
  const stated = statedByUser(route, around.patterns);
  if (stated !== null) return stated;
  const never = neverServes(route, around);
  if (never !== null) return no([never]);
  const bySettings = [...settingsEvidence(route, around)];
  const product = route.location === null ? null : productOf(route.location);
  if (bySettings.length > 0) return { serves: 'yes', reasons: bySettings, hints: [], product };
  const endpoint = endpointEvidence(route, product);
  if (endpoint !== null) return { serves: 'likely', reasons: [endpoint], hints: [], product };
  return no([...hintsOf(route)]);
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

/** A header setting that hands on a handshake, also a misspelt one; `Upgrade ""` on its own is the contrary. */
export function carriesUpgrade(setting: Setting): boolean {
  const { key: written, value } = headerOf(setting);
  if (value === '' || value === '""') return false;
  const key = written.replace(/:$/, '');
  if (key === 'connection') return /upgrade/i.test(value);
  return key.startsWith('sec-websocket-') || isUpgrade(key);
}

/** More are no names that anybody repeats. */
const MOST_NAMES = 1_000;
const upgrades = new Map<string, boolean>();

/** Distances are worked out once for each name: the same few stand in thousands of locations. */
function isUpgrade(key: string): boolean {
  let known = upgrades.get(key);
  if (known === undefined) {
    known = key === 'upgrade' || (key.length >= 6 && nearest(key, ['upgrade'], 2) !== null && key !== 'upgraded');
    if (upgrades.size < MOST_NAMES) upgrades.set(key, known);
  }
  return known;
}

export function variablesIn(word: string): readonly string[] {
  return [...word.matchAll(/\$\{?(\w+)/g)].map((match) => (match[1] ?? '').toLowerCase());
}

function endpointEvidence(route: Unjudged, product: string | null): string | null {
  if (route.location === null) return null;
  const { modifier, pattern } = locationWords(route.location);
  const segment = strongSegment(modifier, pattern);
  if (segment !== null) return `"${segment}" in ${route.label} is a WebSocket endpoint's name`;
  return product === null ? null : `${route.label} is an endpoint of ${product}`;
}

function* hintsOf(route: Unjudged): Generator<string> {
  const address = route.pass.directive.args[0] ?? '';
  if (namesWebSocket(address)) yield `the name in ${route.pass.directive.name} ${address}`;
  if (route.location === null) return;
  const { modifier, pattern } = locationWords(route.location);
  const weak = weakSegment(modifier, pattern);
  if (weak !== null) yield `"${weak}" in ${route.label}`;
}

/** `proxy_set_header Upgrade (app.conf:13)`. */
function describe(setting: Setting): string {
  const { directive, tree } = setting;
  const what = directive.name === 'if' ? conditionLabel(directive) : `${directive.name} ${directive.args[0] ?? ''}`;
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
  const seen = new Set<Scope>();
  for (const route of routes) {
    const { settings, scope } = effective(route.scope, 'proxy_set_header');
    if (scope !== null && settings.some(carriesUpgrade)) liveLevels.add(scope);
    for (let level: Scope | null = route.scope; level !== null && !seen.has(level); level = level.parent) {
      seen.add(level);
      addSideTargets(level, sideTargets);
    }
  }
  return { liveLevels, sideTargets, upgradeVariables: upgradeVariables(configuration), patterns };
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

function upgradeVariables(configuration: Configuration): ReadonlySet<string> {
  const variables = new Set<string>();
  for (const map of configuration.http?.own('map') ?? []) {
    const [source = '', target = ''] = map.directive.args;
    if (variablesIn(source).some((name) => name === 'http_upgrade')) variables.add(target.slice(1).toLowerCase());
  }
  return variables;
}
