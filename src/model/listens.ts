import { hasPlaceholder } from '../syntax/placeholders';
import { once } from '../text/once';
import { effectiveSetting } from './effective';
import { parseAddress } from './listen-address';
import type { ListenAddress } from './listen-address';
import { indexNames } from './server-names';
import type { NameIndex } from './server-names';
import type { Configuration, Scope, Setting } from './scope';
import { argument } from './template';

/** One address that one server listens on. A port range is as many of them. */
export interface Listen extends ListenAddress {
  readonly server: Scope;
  /** Null where the server has no listen directive, which is `*:80` (nginx not run as root: 8000). */
  readonly setting: Setting | null;
  readonly defaultServer: boolean;
  readonly ssl: boolean;
  readonly http2: boolean;
  readonly proxyProtocol: boolean;
  /** UDP, for HTTP/3: no connection of TCP comes here. */
  readonly quic: boolean;
}

/**
 * All listens on one address and port. Their options count for all servers there: nginx keeps them by address
 * (ngx_http_add_addresses).
 */
export interface Address extends ListenAddress {
  /** In nginx's order. */
  readonly listens: readonly Listen[];
  /** The one with default_server, else the first. */
  readonly default: Listen;
  readonly ssl: boolean;
  readonly http2: boolean;
  readonly proxyProtocol: boolean;
  readonly names: NameIndex;
}

interface Index {
  readonly listens: readonly Listen[];
  readonly byServer: ReadonlyMap<Scope, readonly Listen[]>;
  /** By port; unix sockets are under null. */
  readonly addresses: ReadonlyMap<number | null, readonly Address[]>;
  readonly byKey: ReadonlyMap<string, Address>;
  readonly tlsPorts: ReadonlySet<number | null>;
}

/** Every listen of the http block, in nginx's order. */
export function listens(configuration: Configuration): readonly Listen[] {
  return indexOf(configuration).listens;
}

/** Those of one server. */
export function listensBy(configuration: Configuration, server: Scope): readonly Listen[] {
  return indexOf(configuration).byServer.get(server) ?? [];
}

/** The address that a listen for TCP belongs to. */
export function addressOfListen(configuration: Configuration, listen: Listen): Address | null {
  return indexOf(configuration).byKey.get(keyOf(listen)) ?? null;
}

/** Addresses that take TCP connections on a port, in the order they were first met. */
export function addressesAt(configuration: Configuration, port: number): readonly Address[] {
  return indexOf(configuration).addresses.get(port) ?? [];
}

/** Whether one of the addresses of a port speaks TLS. */
export function speaksTls(configuration: Configuration, port: number): boolean {
  return indexOf(configuration).tlsPorts.has(port);
}

/** Ports that take TCP connections, lowest first. */
export function ports(configuration: Configuration): readonly number[] {
  const all = [...indexOf(configuration).addresses.keys()].filter((port) => port !== null);
  return all.sort((a, b) => a - b);
}

const indexOf = once(build);

function build(configuration: Configuration): Index {
  const servers = configuration.http?.children.filter((scope) => scope.kind === 'server') ?? [];
  const all = allOf(servers);
  const groups = new Map<string, Listen[]>();
  for (const listen of all) {
    if (listen.quic) continue;
    const key = keyOf(listen);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listen]);
    // A second listen of the same server there is refused ("a duplicate listen").
    else if (group.at(-1)?.server !== listen.server) group.push(listen);
  }
  const addresses = new Map<number | null, Address[]>();
  const byKey = new Map<string, Address>();
  for (const [key, group] of groups) {
    const address = addressOf(group);
    byKey.set(key, address);
    const samePort = addresses.get(address.port);
    if (samePort === undefined) addresses.set(address.port, [address]);
    else samePort.push(address);
  }
  const tlsPorts = new Set([...byKey.values()].filter(({ ssl }) => ssl).map(({ port }) => port));
  return { listens: all, byServer: groupByServer(all), addresses, byKey, tlsPorts };
}

/** A line may name 65,535 ports. Past so many listens a range counts for its first port alone. */
const MOST_IN_RANGES = 200_000;

function allOf(servers: readonly Scope[]): readonly Listen[] {
  const all: Listen[] = [];
  for (const server of servers) {
    let before: Setting | null = null;
    for (const listen of listensOf(server)) {
      if (all.length < MOST_IN_RANGES || listen.setting === null || listen.setting !== before) all.push(listen);
      before = listen.setting;
    }
  }
  return all;
}

function keyOf({ family, address, port }: ListenAddress): string {
  return `${family} ${address} ${port}`;
}

function groupByServer(all: readonly Listen[]): ReadonlyMap<Scope, readonly Listen[]> {
  const groups = new Map<Scope, Listen[]>();
  for (const listen of all) {
    const same = groups.get(listen.server);
    if (same === undefined) groups.set(listen.server, [listen]);
    else same.push(listen);
  }
  return groups;
}

function addressOf(group: readonly Listen[]): Address {
  const chosen = group.find((listen) => listen.defaultServer) ?? group[0];
  if (chosen === undefined) throw new Error('an address without listens');
  const { family, address, port, wildcard } = chosen;
  let names: NameIndex | null = null;
  return {
    ...{ family, address, port, wildcard, listens: group, default: chosen },
    ssl: group.some((listen) => listen.ssl) || isOn(chosen.server, 'ssl'),
    http2: group.some((listen) => listen.http2),
    proxyProtocol: group.some((listen) => listen.proxyProtocol),
    get names() {
      return (names ??= indexNames(group, chosen));
    },
  };
}

function isOn(server: Scope, name: string): boolean {
  return effectiveSetting(server, name)?.directive.args[0]?.toLowerCase() === 'on';
}

const NOT_STATED: ListenAddress = { family: 'inet', address: '0.0.0.0', port: 80, wildcard: true };

function listensOf(server: Scope): readonly Listen[] {
  const settings = server.own('listen');
  if (settings.length > 0) return settings.flatMap((setting) => listensIn(server, setting));
  const none = { defaultServer: false, ssl: false, http2: false, proxyProtocol: false, quic: false };
  return [{ ...NOT_STATED, ...none, server, setting: null }];
}

/** Nothing for an address that nginx refuses. */
function listensIn(server: Scope, setting: Setting): readonly Listen[] {
  const options = new Set(setting.directive.args.slice(1));
  const written = argument(setting, 0);
  // What a template prints for the address is unknown; that it listens is not.
  const addresses = hasPlaceholder(written) ? [NOT_STATED] : parseAddress(written);
  return addresses.map((address) => ({
    ...address,
    server,
    setting,
    defaultServer: options.has('default_server') || options.has('default'),
    ssl: options.has('ssl'),
    http2: options.has('http2'),
    proxyProtocol: options.has('proxy_protocol'),
    quic: options.has('quic'),
  }));
}
