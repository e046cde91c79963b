import { ask } from '../handshake/ask';
import { chrome, firefox, plainGet, plainPost, type Destination } from '../handshake/clients';
import { targetFor } from '../handshake/target';
import type { ClientRequest, Outcome } from '../handshake/types';
import type { Route } from '../model/route';
import type { Configuration } from '../model/scope';
import { readsOf, type Reads } from './reads';
import { targetVersions, type NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';

/** A configuration at one moment of fixing, and what becomes of requests to its routes, which go by their index. */
export interface State {
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly routes: readonly Route[];
  readonly version: NginxVersion | null;
  readonly reads: Reads;
  /** Where requests for the route go; null when no URL reaches it. */
  readonly destination: (route: number) => Destination | null;
  /** Chrome's and Firefox's handshake (one for both where they cannot differ), on each version; null when no URL reaches the route. */
  readonly handshakes: (route: number) => readonly Outcome[] | null;
  /** A plain GET and POST, likewise. */
  readonly plain: (route: number) => readonly Outcome[] | null;
}

type Client = (to: Destination) => ClientRequest;

/** With `like`, the requests asked are those of that state: the same before and after a fix. */
export function createState(
  workspace: Workspace,
  configuration: Configuration,
  routes: readonly Route[],
  version: NginxVersion | null,
  like: State | null = null,
): State {
  const versions = targetVersions(version);
  const destination = like?.destination ?? once((index) => targetOf(configuration, routes[index]));
  const answers = (clients: readonly Client[]): State['plain'] =>
    once((index) => {
      const to = destination(index);
      if (to === null) return null;
      const requests = clients.map((client) => client(to));
      return requests.flatMap((request) => versions.map((each) => ask(configuration, request, each)));
    });
  const { browser, method } = like?.reads ?? readsOf(configuration);
  return {
    workspace,
    configuration,
    routes,
    version,
    reads: { browser, method },
    destination,
    handshakes: answers(browser ? [chrome, firefox] : [chrome]),
    plain: answers(method ? [plainGet, plainPost] : [plainGet]),
  };
}

function targetOf(configuration: Configuration, route: Route | undefined): Destination | null {
  return route === undefined ? null : targetFor(configuration, route);
}

function once<T>(work: (index: number) => T): (index: number) => T {
  const known = new Map<number, T>();
  return (index) => {
    let answer = known.get(index);
    if (answer === undefined) known.set(index, (answer = work(index)));
    return answer;
  };
}
