import { strongSegment } from '../model/endpoints';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';
import type { Configuration, Scope } from '../model/scope';
import { fragmentFile } from '../model/select';
import { NEWEST } from '../model/version';
import { isFilledIn } from '../syntax/placeholders';
import { ask } from './ask';
import { chrome, hostHeader } from './clients';
import type { Destination } from './clients';
import { furtherPathsOf, pathsOf } from './target-candidates';
import { entrancesOf, namesOf, portsOf } from './target-entrances';
import type { Entrance } from './target-entrances';
import { hostsInside } from './target-hosts';
import { conditionOf } from './condition-of';
import { throughProxy } from './forwarded';
import { passFor } from './simulate';
import type { ClientRequest, Outcome } from './types';

/** More requests than this are not tried for one route; as many again where likely ones are taken by others. */
const MOST_TRIES = 24;
/** Ways into the server that lead to other places of it, after which no more are tried. */
const MOST_ENTRANCES = 2;

const targets = new WeakMap<Route, Destination | null>();

/**
 * A request that reaches the route, found by simulating candidates: the endpoint known inside it, its prefix, a string
 * that its regex accepts. Where the server itself answers every request, that request: it tells why none gets through.
 */
export function targetFor(configuration: Configuration, route: Route): Destination | null {
  let target = targets.get(route);
  if (target === undefined) {
    target = find(configuration, route);
    targets.set(route, target);
  }
  return target;
}

interface Search {
  readonly configuration: Configuration;
  readonly route: Route;
  tries: number;
  answered: Destination | null;
  /** Where requests have come in at the server, and been taken elsewhere. */
  readonly led: Entrance[];
}

function find(configuration: Configuration, route: Route): Destination | null {
  const search: Search = { configuration, route, tries: 0, answered: null, led: [] };
  const likely = pathsOf(route);
  if (likely.length === 0) return null;
  const found = throughAll(search, entrancesOf(configuration, route.server, hostsInside(route.inner)), likely);
  if (found !== null || search.answered !== null) return found ?? search.answered;
  const tried = new Set(likely);
  const further = furtherPathsOf(route).filter((path) => !tried.has(path));
  const entrances = search.led.splice(0).slice(0, 1);
  search.tries = 0;
  return throughAll(search, entrances, further) ?? search.answered;
}

function throughAll(search: Search, entrances: Iterable<Entrance>, paths: readonly string[]): Destination | null {
  for (const entrance of entrances) {
    if (misled.get(search.route.server)?.has(keyOf(entrance)) === true) continue;
    if (search.tries >= MOST_TRIES || search.led.length >= MOST_ENTRANCES) break;
    const found = through(search, entrance, paths);
    if (found !== null) return found;
  }
  return null;
}

const misled = new WeakMap<Scope, Set<string>>();

/** Ways that turned out to lead to other servers: the routes of a server learn from each other. */
function misleading(server: Scope): Set<string> {
  let found = misled.get(server);
  if (found === undefined) misled.set(server, (found = new Set()));
  return found;
}

function keyOf({ port, name }: Entrance): string {
  return `${port} ${name}`;
}

/** What comes to the route's pass is wanted more than what its block redirects or answers. */
function through(search: Search, entrance: Entrance, paths: readonly string[]): Destination | null {
  const { configuration, route } = search;
  let near: Destination | null = null;
  for (const target of paths) {
    if (search.tries++ >= MOST_TRIES) break;
    const destination = at(configuration, route.server, entrance, target);
    const request = requestFor(destination);
    if (passFor(configuration, request) === route.pass) return destination;
    const outcome = ask(configuration, request, NEWEST);
    if (reaches(outcome, route)) {
      if ((outcome.pass === route.pass && outcome.status === null) || isEndpoint(route)) return destination;
      near ??= destination;
    }
    if (outcome.server !== route.server) {
      // no path leads from another server to this one
      misleading(route.server).add(keyOf(entrance));
      break;
    }
    if (answersItself(outcome, route)) search.answered ??= destination;
    else if (search.led.at(-1) !== entrance) search.led.push(entrance);
  }
  return near;
}

function at(
  configuration: Configuration,
  server: Scope,
  { scheme, name, port }: Entrance,
  target: string,
): Destination {
  const destination = { scheme, host: hostHeader(scheme, name, port), port, target };
  return within(server, throughProxy(configuration, destination));
}

/** Clients ask for this very path, whatever becomes of it. */
function isEndpoint({ location }: Route): boolean {
  if (location === null) return false;
  const { modifier, pattern } = locationWords(location);
  return strongSegment(modifier, pattern) !== null;
}

/** The route's block is what the request ends in, whether or not its pass is what answers. */
function reaches(outcome: Outcome, route: Route): boolean {
  if (outcome.server !== route.server || outcome.faults.some(({ kind }) => kind === 'internal')) return false;
  if (outcome.pass === route.pass) return true;
  if (outcome.location === null || outcome.location !== route.location) return false;
  if (outcome.inIf === route.inner) return true;
  // limit_except refuses on behalf of its location
  return route.inner === null && (outcome.inIf?.kind === 'limit_except' || endsHandshakes(outcome));
}

/** What an `if` can test that is the same in all handshakes of a browser, whatever the URL. */
const SAME_IN_ALL: ReadonlySet<string> = new Set(['http_upgrade', 'http_connection', 'request_method']);

/** No handshake comes past an `if` of the location that looks at nothing else, and answers. */
function endsHandshakes({ outcome, pass, inIf }: Outcome): boolean {
  if (outcome !== 'fails' || pass !== null) return false;
  for (let scope = inIf; scope?.kind === 'if'; scope = scope.parent) {
    const condition = scope.opener === null ? null : conditionOf(scope.opener);
    if (condition === null || !SAME_IN_ALL.has(condition.variable)) return false;
    // a regex holds no variables
    if (condition.operand.constant === null && !condition.operator.includes('~')) return false;
  }
  return true;
}

/** The server answers by itself or closes, before any location is looked for; not that no location takes this one path. */
function answersItself(outcome: Outcome, route: Route): boolean {
  if (outcome.server !== route.server || outcome.location !== null || outcome.outcome !== 'fails') return false;
  return !outcome.faults.some(({ kind }) => kind === 'no-handler' || kind === 'not-found');
}

/** Where a request for this path goes to come in at the server: its first port and name. */
export function entrance(configuration: Configuration, server: Scope, path: string): Destination {
  const port = portsOf(configuration, server)[0] ?? { port: 80, scheme: 'http' };
  return at(configuration, server, { ...port, name: namesOf(server)[0] ?? 'localhost' }, path);
}

function within(server: Scope, destination: Destination): Destination {
  const fragment = fragmentFile(server);
  return fragment === null ? destination : { ...destination, fragment };
}

const requests = new WeakMap<Destination, ClientRequest>();

/** The browser's handshake on a target: the same object each time, so that what was simulated once is known. */
export function requestFor(target: Destination): ClientRequest {
  let request = requests.get(target);
  if (request === undefined) {
    request = chrome(target);
    requests.set(target, request);
  }
  return request;
}

/** The placeholder of a template, as a request's path has it. */
const ESCAPED_PLACEHOLDER = /%EE%8[01]%[89AB]/;

/** As a browser writes it: `wss://example.com/ws`. Null where a path stands for what a template or sed fills in. */
export function urlOf(target: Destination): string | null {
  if (ESCAPED_PLACEHOLDER.test(target.target) || isFilledIn(target.target)) return null;
  return `${target.scheme === 'https' ? 'wss' : 'ws'}://${target.host}${target.target}`;
}
