import { chrome, firefox, plainGet, plainPost, type Destination } from '../handshake/clients';
import { simulate } from '../handshake/simulate';
import { targetFor } from '../handshake/target';
import type { Outcome } from '../handshake/types';
import type { Route } from '../model/route';
import type { Configuration } from '../model/scope';
import { targetVersions, type NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';

/** A configuration at one moment of fixing, and what becomes of requests to its routes. */
export interface State {
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly routes: readonly Route[];
  readonly version: NginxVersion | null;
  /** Chrome's and Firefox's handshake, on each version; null when no URL reaches the route. */
  readonly handshakes: (route: Route) => readonly Outcome[] | null;
  /** A plain GET and POST, on each version. */
  readonly plain: (route: Route) => readonly Outcome[] | null;
}

export function createState(
  workspace: Workspace,
  configuration: Configuration,
  routes: readonly Route[],
  version: NginxVersion | null,
): State {
  const versions = targetVersions(version);
  const destinations = new Map<Route, Destination | null>();
  const destination = (route: Route): Destination | null => {
    let found = destinations.get(route);
    if (found === undefined) destinations.set(route, (found = targetFor(configuration, route)));
    return found;
  };
  const ask = (clients: readonly ((to: Destination) => Parameters<typeof simulate>[1])[]): State['plain'] => {
    const answers = new Map<Route, readonly Outcome[] | null>();
    return (route) => {
      let known = answers.get(route);
      if (known === undefined) {
        const to = destination(route);
        const all = (client: (typeof clients)[number], at: Destination): Outcome[] =>
          versions.map((each) => simulate(configuration, client(at), each));
        known = to === null ? null : clients.flatMap((client) => all(client, to));
        answers.set(route, known);
      }
      return known;
    };
  };
  return {
    workspace,
    configuration,
    routes,
    version,
    handshakes: ask([chrome, firefox]),
    plain: ask([plainGet, plainPost]),
  };
}
