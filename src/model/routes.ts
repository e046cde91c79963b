import { conditionLabel } from './condition-words';
import { evidenceFor, surroundings } from './evidence';
import type { Unjudged, WebSocketPatterns } from './evidence';
import { locationWords } from './location-words';
import type { Route } from './route';
import type { Configuration, Scope, Setting } from './scope';

/** Directives that hand a request to a backend, as content handlers. */
export const PASSES = ['proxy_pass', 'uwsgi_pass', 'scgi_pass', 'fastcgi_pass', 'grpc_pass', 'memcached_pass'] as const;

const PASS_NAMES: ReadonlySet<string> = new Set(PASSES);

const NO_PATTERNS: WebSocketPatterns = { websocket: [], notWebsocket: [] };

/** Every (server, location, if) that proxies, in nginx's order; one a scope, whose last pass wins. */
export function findRoutes(configuration: Configuration, patterns: WebSocketPatterns = NO_PATTERNS): readonly Route[] {
  const routes: Unjudged[] = [];
  for (const server of configuration.http?.children ?? []) {
    if (server.kind === 'server') collect(server, routes);
  }
  const around = surroundings(configuration, routes, patterns);
  return routes.map((route) => ({ ...route, websocket: evidenceFor(route, around) }));
}

/** Depth first with a stack of its own: locations may nest thousands deep. */
function collect(server: Scope, routes: Unjudged[]): void {
  const pending: Scope[] = [server];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    const pass = lastPass(scope);
    if (pass !== null) routes.push(routeAt(server, scope, pass, routes.length));
    for (let index = scope.children.length - 1; index >= 0; index--) {
      const child = scope.children[index];
      if (child !== undefined && child.kind !== 'table' && child.kind !== 'other') pending.push(child);
    }
  }
}

/** Every location of the http block, outer ones first. */
export function* locationsWithin(configuration: Configuration): Generator<Scope> {
  const pending: Scope[] = [...(configuration.http?.children ?? [])].reverse();
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (scope.kind === 'location') yield scope;
    if (scope.kind === 'server' || scope.kind === 'location')
      for (const each of [...scope.children].reverse()) pending.push(each);
  }
}

function lastPass(scope: Scope): Setting | null {
  let last: Setting | null = null;
  for (const setting of scope.settings) {
    if (PASS_NAMES.has(setting.directive.name)) last = setting;
  }
  return last;
}

function routeAt(server: Scope, scope: Scope, pass: Setting, index: number): Unjudged {
  const inner = scope.kind === 'if' || scope.kind === 'limit_except' ? scope : null;
  const location = enclosingLocation(scope);
  return { id: `r${index + 1}`, server, location, inner, scope, pass, label: labelOf(location, inner) };
}

function enclosingLocation(scope: Scope): Scope | null {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.kind === 'location') return level;
  }
  return null;
}

function labelOf(location: Scope | null, inner: Scope | null): string {
  const place = location === null ? 'server' : locationLabel(location);
  if (inner === null) return place;
  const directive = inner.opener?.directive;
  if (directive === undefined) return `a block in ${place}`;
  const { name, args } = directive;
  return `${name === 'if' ? conditionLabel(directive) : `${name} ${args.join(' ')}`} in ${place}`;
}

/** `location ~ ^/ws`, or for a fragment whose location was not given: `the enclosing location`. */
export function locationLabel(location: Scope): string {
  if (location.opener === null) return 'the enclosing location';
  const { modifier, pattern } = locationWords(location);
  return modifier === '' || modifier === '@' ? `location ${pattern}` : `location ${modifier} ${pattern}`;
}
