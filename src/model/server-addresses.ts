import { once } from '../text/once';
import { addressOfListen, addressesAt, listensBy, ports } from './listens';
import type { Address } from './listens';
import { label } from './select';
import type { Configuration, Scope, Setting } from './scope';

/** A server name that an earlier server on the same address has: nginx warns, and ignores it. */
export interface NameConflict {
  readonly name: string;
  /** As nginx prints it: `0.0.0.0:80`. */
  readonly address: string;
  /** The server_name (or the server block, which without one is called ""). */
  readonly setting: Setting;
  readonly first: Setting;
}

export function nameConflicts(configuration: Configuration): readonly NameConflict[] {
  return ports(configuration).flatMap((port) => addressesAt(configuration, port).flatMap(conflictsAt));
}

/** Listens of the server alone, in order. */
export function serverPorts(configuration: Configuration, server: Scope): readonly number[] {
  return listensBy(configuration, server).flatMap((listen) => (listen.quic ? [] : [listen.port ?? 0]));
}

function conflictsAt(address: Address): readonly NameConflict[] {
  if (address.listens.length < 2) return [];
  const taken = new Map<string, Setting>();
  const conflicts: NameConflict[] = [];
  for (const { server } of address.listens) {
    for (const [name, setting] of namesOf(server)) {
      const first = taken.get(name);
      if (first === undefined) taken.set(name, setting);
      else if (serverOf(first) !== serverOf(setting)) conflicts.push({ name, address: label(address), setting, first });
    }
  }
  return conflicts;
}

/** Regexes are tried in order and never conflict. */
function namesOf(server: Scope): readonly (readonly [name: string, setting: Setting])[] {
  const settings = server.own('server_name');
  if (settings.length === 0) return server.opener === null ? [] : [['', server.opener]];
  return settings.flatMap((setting) =>
    setting.directive.args
      .filter((word) => !word.startsWith('~'))
      .map((word) => [word.toLowerCase(), setting] as const),
  );
}

function serverOf(setting: Setting): Scope {
  return setting.directive.name === 'server' ? (setting.opens ?? setting.scope) : setting.scope;
}

/** Addresses of TCP ports that the server listens on; their options count for all servers there. */
export function addressesOf(configuration: Configuration, server: Scope): readonly Address[] {
  const found = new Set<Address>();
  for (const listen of listensBy(configuration, server)) {
    const address = listen.quic || listen.port === null ? null : addressOfListen(configuration, listen);
    if (address !== null) found.add(address);
  }
  return [...found];
}

/** Whether no request comes to a server, for wherever it listens earlier ones have all its names. */
export function isIgnored(configuration: Configuration, server: Scope): boolean {
  const listens = listensBy(configuration, server);
  if (listens.length === 0 || listens.some(({ port, quic }) => port === null || quic)) return false;
  return !chosenServers(configuration).has(server);
}

/** Those that are the default somewhere, or the first to have a name. */
const chosenServers = once((configuration: Configuration): ReadonlySet<Scope> => {
  const chosen = new Set<Scope>();
  for (const address of ports(configuration).flatMap((port) => addressesAt(configuration, port))) {
    const taken = new Set<string>();
    chosen.add(address.default.server);
    for (const { server } of address.listens) {
      const names = namesOf(server).map(([name]) => name);
      if (hasRegex(server) || names.some((name) => !taken.has(name))) chosen.add(server);
      for (const name of names) taken.add(name);
    }
  }
  return chosen;
});

function hasRegex(server: Scope): boolean {
  return server.own('server_name').some(({ directive }) => directive.args.some((word) => word.startsWith('~')));
}
