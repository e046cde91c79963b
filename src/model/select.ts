import { effort, spend } from './effort';
import { parseHost } from './host';
import { canonicalInet6 } from './listen-address';
import { addressesAt } from './listens';
import type { Address, Listen } from './listens';
import type { RegexMatch } from './regex/regex';
import type { Configuration, Scope } from './scope';
import { findName } from './server-names';
import { NEWEST } from './version';
import type { NginxVersion } from './version';

/** The server that takes a request. */
export interface ServerChoice {
  /** The address the connection is taken to come in at. */
  readonly address: Address;
  /** The chosen server's listen there. */
  readonly listen: Listen;
  readonly server: Scope;
  /** `$host`: the name asked for; empty without a Host. */
  readonly host: string;
  /** Why this server, in words: `server_name *.example.com`, `the default server of *:80`. */
  readonly why: string;
  /** What a regex name captured: `$1`... and named variables. */
  readonly match: RegexMatch | null;
  /** Why it cannot be known which server it is; `server` is then the default one. */
  readonly unknown: string | null;
  /** Servers that would take the request if it came in at another address of this port, of the first few. */
  readonly elsewhere: readonly { readonly address: Address; readonly server: Scope }[];
}

/** Thousands of addresses may share a port: what each would do is no help, and square to say for every request. */
const ADDRESSES_TOLD = 16;

/** No server: nothing listens on the port, or the Host is refused with 400. */
export type NoServer = { readonly none: 'no-listen' | 'bad-host' };

/**
 * Which server takes a request that comes in at this port. `host` is the Host header (or the authority of an absolute
 * target), null without one. A host name is not resolved: of several addresses the one that the host spells out is
 * taken, else the wildcard one, else that which suits the scheme, else the first; `elsewhere` tells what that decides.
 * `fragment` is a file of locations that the request is meant for: what the server around them is called is not known.
 */
export function selectServer(
  configuration: Configuration,
  port: number,
  scheme: 'http' | 'https',
  host: string | null,
  version: NginxVersion = NEWEST,
  fragment: string | null = null,
): ServerChoice | NoServer {
  const name = host === null ? '' : parseHost(host, version)?.name;
  if (name === undefined) return { none: 'bad-host' };
  const addresses = addressesAt(configuration, port);
  const asked = { addresses, name, scheme, fragment };
  if (last !== null && isSame(last.asked, asked)) {
    spend(last.effort);
    return last.choice;
  }
  const start = effort();
  const choice = choose(asked);
  last = { asked, choice, effort: effort() - start };
  return choice;
}

interface Asked {
  readonly addresses: readonly Address[];
  readonly name: string;
  readonly scheme: 'http' | 'https';
  readonly fragment: string | null;
}

/** The routes of a server follow each other, and are asked for by the same name. */
let last: { readonly asked: Asked; readonly choice: ServerChoice | NoServer; readonly effort: number } | null = null;

function isSame(a: Asked, b: Asked): boolean {
  return a.name === b.name && a.addresses === b.addresses && a.scheme === b.scheme && a.fragment === b.fragment;
}

function choose({ addresses, name, scheme, fragment }: Asked): ServerChoice | NoServer {
  const address = chooseAddress(addresses, name, scheme === 'https');
  if (address === undefined) return { none: 'no-listen' };
  const chosen = ofFragment(address, fragment) ?? serverAt(address, name);
  if (addresses.length === 1) return { ...chosen, address, host: name, elsewhere: [] };
  const elsewhere = addresses
    .slice(0, ADDRESSES_TOLD)
    .map((other) => ({ address: other, server: serverAt(other, name).server }))
    .filter((other) => other.address !== address && other.server !== chosen.server);
  return { ...chosen, address, host: name, elsewhere };
}

/** The file of a fragment that stands in for a server block; null for a server that is written. */
export function fragmentFile(server: Scope): string | null {
  if (server.opener !== null) return null;
  let level = server;
  for (let inner = level.children[0]; level.settings.length === 0 && inner?.opener === null; inner = level.children[0])
    level = inner;
  return level.settings[0]?.tree.source.path ?? null;
}

function ofFragment(address: Address, fragment: string | null): Chosen | null {
  const listen = fragment === null ? undefined : listensByFragment(address).get(fragment);
  if (listen === undefined) return null;
  return { server: listen.server, listen, why: `the server around ${fragment}`, match: null, unknown: null };
}

const byFragment = new WeakMap<Address, ReadonlyMap<string | null, Listen>>();

function listensByFragment(address: Address): ReadonlyMap<string | null, Listen> {
  let found = byFragment.get(address);
  if (found === undefined) {
    found = new Map(address.listens.map((listen) => [fragmentFile(listen.server), listen]));
    byFragment.set(address, found);
  }
  return found;
}

function chooseAddress(addresses: readonly Address[], host: string, tls: boolean): Address | undefined {
  const literal = host.startsWith('[') ? canonicalInet6(host.slice(1, -1)) : host;
  let known = entrances.get(addresses);
  if (known === undefined) {
    known = { named: byLiteral(addresses), tls: unnamed(addresses, true), plain: unnamed(addresses, false) };
    entrances.set(addresses, known);
  }
  return (literal === null ? undefined : known.named.get(literal)) ?? (tls ? known.tls : known.plain);
}

/** Where connections come in at a port, found once: thousands of addresses may share it. */
interface Entrance {
  readonly named: ReadonlyMap<string, Address>;
  readonly tls: Address | undefined;
  readonly plain: Address | undefined;
}

const entrances = new WeakMap<readonly Address[], Entrance>();

function byLiteral(addresses: readonly Address[]): ReadonlyMap<string, Address> {
  return new Map(
    addresses
      .filter(({ wildcard }) => !wildcard)
      .toReversed()
      .map((one) => [one.address, one]),
  );
}

/** For a host that spells out no address. */
function unnamed(addresses: readonly Address[], tls: boolean): Address | undefined {
  const ranks: readonly ((address: Address) => boolean)[] = [
    ({ wildcard, family, ssl }) => wildcard && family === 'inet' && ssl === tls,
    ({ wildcard, ssl }) => wildcard && ssl === tls,
    ({ wildcard, family }) => wildcard && family === 'inet',
    ({ wildcard }) => wildcard,
    ({ ssl }) => ssl === tls,
  ];
  for (const rank of ranks) {
    const found = addresses.find(rank);
    if (found !== undefined) return found;
  }
  return addresses[0];
}

export type Chosen = Pick<ServerChoice, 'server' | 'listen' | 'why' | 'match' | 'unknown'>;

/** Which server takes a name on an address; the empty name is a request without Host. */
export function serverAt(address: Address, host: string): Chosen {
  const choice = findName(address.names, host);
  const fallback = { server: address.default.server, listen: address.default, match: null };
  if (choice === null) return { ...fallback, why: `the default server of ${label(address)}`, unknown: null };
  if ('unknown' in choice) return { ...fallback, why: choice.unknown, unknown: choice.unknown };
  const { server, name, match } = choice;
  const listen = listensByServer(address).get(server) ?? address.default;
  return { server, listen, why: `server_name ${name === '' ? '""' : name}`, match, unknown: null };
}

const byServer = new WeakMap<Address, ReadonlyMap<Scope, Listen>>();

/** A server's listen on an address: thousands of servers may share one. */
function listensByServer(address: Address): ReadonlyMap<Scope, Listen> {
  let found = byServer.get(address);
  if (found === undefined) {
    found = new Map(address.listens.map((listen) => [listen.server, listen]));
    byServer.set(address, found);
  }
  return found;
}

/** An address as people write it: `*:80`, `[::1]:443`, `127.0.0.1:8080`. */
export function label({ family, address, port, wildcard }: Address | Listen): string {
  if (family === 'unix') return `unix:${address}`;
  return `${family === 'inet6' ? `[${address}]` : wildcard ? '*' : address}:${port}`;
}
