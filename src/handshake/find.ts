import { effectiveSetting } from '../model/effective';
import { isReadAlike } from '../model/host';
import type { Configuration, Scope } from '../model/scope';
import { selectServer, label } from '../model/select';
import type { ServerChoice } from '../model/select';
import { selectLocation } from '../model/select-location';
import { serverNames } from '../model/server-names';
import { parseTarget } from '../model/uri';
import type { Target } from '../model/uri';
import { NEWEST } from '../model/version';
import { remember } from './matching';
import type { Nginx } from './nginx';
import { step } from './run';
import type { Run } from './run';
import { isStreamPort } from './stream';
import type { ClientRequest } from './types';

/** The server that takes a request, and what nginx has read of the request on the way there. */
export interface FoundServer {
  readonly choice: ServerChoice;
  /** Its settings hold while headers are read: the address's default server, or the one that the TLS name chose. */
  readonly reading: Scope;
  /** Null where nginx answers 400. */
  readonly target: Target | null;
}

/** No server takes it; `status` is nginx's answer, if it gives one. */
export interface NotFound {
  readonly none: string;
  readonly status: number | null;
  /** A stream server takes it: what that leads to is not known here. */
  readonly unknown: boolean;
}

export function findServer(configuration: Configuration, request: ClientRequest, nginx: Nginx): FoundServer | NotFound {
  const lenient = parseTarget(request.target, true);
  const host = lenient?.authority ?? request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? null;
  const { port, scheme, fragment = null } = request;
  const version = host === null || isReadAlike(host) ? NEWEST : nginx.version;
  const choice = selectServer(configuration, port, scheme, host, version, fragment);
  if ('none' in choice) {
    if (choice.none === 'bad-host')
      return { none: `the Host ${host ?? ''} is answered 400`, status: 400, unknown: false };
    if (isStreamPort(configuration, port))
      return { none: `a stream server takes the connections of port ${port}`, status: null, unknown: true };
    return { none: `nothing listens on port ${port}`, status: null, unknown: false };
  }
  const reading = request.scheme === 'https' ? choice.server : choice.address.default.server;
  const merges = effectiveSetting(reading, 'merge_slashes')?.directive.args[0]?.toLowerCase() !== 'off';
  return { choice, reading, target: merges ? lenient : parseTarget(request.target, false) };
}

/** `$server_name`: the first name, without the dot that stands for its subdomains. */
export function firstName(server: Scope): string {
  const [name = ''] = serverNames(server);
  return name.startsWith('.') ? name.slice(1) : name.startsWith('~') ? name : name.toLowerCase();
}

/** How the server was found, with the ambiguity when the port has several addresses. */
export function tellServer(run: Run, choice: ServerChoice): void {
  step(run, `server: ${choice.why}`, choice.server.opener);
  for (const { address, server } of choice.elsewhere) {
    step(run, `a connection to ${label(address)} would go to another server`, server.opener);
  }
}

/** The location of the run's URI; the regexes on the way set captures. */
export type FoundLocation =
  { readonly location: Scope | null; readonly redirect: boolean } | { readonly unknown: string };

export function findLocation(run: Run): FoundLocation {
  const choice = selectLocation(run.server, run.uri);
  for (const match of choice.matches) remember(match, run);
  if (choice.unknown !== null) return { unknown: choice.unknown };
  for (const { what, setting } of choice.steps) step(run, what, setting);
  if (choice.location === null) step(run, `no location takes ${run.uri}`, run.server.opener);
  return { location: choice.location, redirect: choice.autoRedirect };
}
