import type { Route } from '../model/route';
import type { Configuration, Scope } from '../model/scope';
import { fragmentFile } from '../model/select';
import { NEWEST } from '../model/version';
import { isFilledIn } from '../syntax/placeholders';
import { chrome, hostHeader } from './clients';
import type { Destination } from './clients';
import { namesOf, pathsOf, portsOf } from './target-candidates';
import { simulate } from './simulate';
import type { ClientRequest, Outcome } from './types';

/** More requests than this are not tried for one route. */
const MOST_TRIES = 24;

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

function find(configuration: Configuration, route: Route): Destination | null {
  let answered: Destination | null = null;
  let tries = 0;
  const paths = pathsOf(route);
  for (const { port, scheme } of portsOf(configuration, route.server)) {
    for (const name of namesOf(route.server)) {
      for (const target of paths) {
        if (tries++ >= MOST_TRIES) return answered;
        const destination = within(route.server, { scheme, host: hostHeader(scheme, name, port), port, target });
        const outcome = simulate(configuration, requestFor(destination), NEWEST);
        if (reaches(outcome, route)) return destination;
        if (answered === null && answersItself(outcome, route)) answered = destination;
      }
    }
  }
  return answered;
}

/** The route's block is what the request ends in, whether or not its pass is what answers. */
function reaches(outcome: Outcome, route: Route): boolean {
  if (outcome.server !== route.server || outcome.faults.some(({ kind }) => kind === 'internal')) return false;
  if (outcome.pass === route.pass) return true;
  if (outcome.location === null || outcome.location !== route.location) return false;
  // limit_except refuses on behalf of its location
  return outcome.inIf === route.inner || (route.inner === null && outcome.inIf?.kind === 'limit_except');
}

/** The server answers by itself, before any location is looked for. */
function answersItself(outcome: Outcome, route: Route): boolean {
  return outcome.server === route.server && outcome.location === null && outcome.status !== null;
}

/** Where a request for this path goes to come in at the server: its first port and name. */
export function entrance(configuration: Configuration, server: Scope, path: string): Destination {
  const { port, scheme } = portsOf(configuration, server)[0] ?? { port: 80, scheme: 'http' };
  const host = hostHeader(scheme, namesOf(server)[0] ?? 'localhost', port);
  return within(server, { scheme, host, port, target: path });
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
const ESCAPED_PLACEHOLDER = '%EE%80%80';

/** As a browser writes it: `wss://example.com/ws`. Null where a path stands for what a template or sed fills in. */
export function urlOf(target: Destination): string | null {
  if (target.target.includes(ESCAPED_PLACEHOLDER) || isFilledIn(target.target)) return null;
  return `${target.scheme === 'https' ? 'wss' : 'ws'}://${target.host}${target.target}`;
}
