import { effectiveSetting } from '../model/effective';
import { parseAddress } from '../model/listen-address';
import { addressesAt } from '../model/listens';
import type { Configuration, Scope, Setting } from '../model/scope';
import { argument, argumentTemplate } from '../model/template';
import { isKnown, unknown } from '../model/value';
import { evaluate } from '../model/variables';
import { once } from '../text/once';

/** A connection as it comes to a port of the stream block. */
export interface StreamConnection {
  readonly scheme: 'http' | 'https';
  /** The name that TLS asks for. */
  readonly host: string;
  readonly port: number;
}

/** Where a stream server passes it on to: a port that servers of the http block listen on. */
export interface StreamHop {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** Whether the PROXY protocol comes first. */
  readonly proxyProtocol: boolean;
}

/** Servers of the stream block by the TCP ports that they listen on. */
const serversByPort = once(({ stream }: Configuration): ReadonlyMap<number, readonly Scope[]> => {
  const found = new Map<number, Scope[]>();
  for (const server of stream?.children ?? []) {
    const tcp = server.own('listen').filter(({ directive }) => !directive.args.includes('udp'));
    for (const { port } of tcp.flatMap((listen) => parseAddress(argument(listen, 0)))) {
      if (port !== null) found.set(port, [...(found.get(port) ?? []), server]);
    }
  }
  return found;
});

/** Whether a stream server takes the connections of this port. */
export function isStreamPort(configuration: Configuration, port: number): boolean {
  return serversByPort(configuration).has(port);
}

/** Null where it leads away from this configuration, or nobody can tell where. */
export function throughStream(configuration: Configuration, connection: StreamConnection): StreamHop | null {
  const [server, other] = serversByPort(configuration).get(connection.port) ?? [];
  if (server === undefined || other !== undefined || addressesAt(configuration, connection.port).length > 0)
    return null;
  const scheme = schemeBehind(server, connection);
  const pass = server.own('proxy_pass').at(-1);
  const port = pass === undefined ? null : portBehind(configuration, server, pass, connection);
  return scheme === null || port === null ? null : { scheme, port, proxyProtocol: isOn(server, 'proxy_protocol') };
}

/** `listen ... ssl` takes TLS off, `proxy_ssl on` puts it on. */
function schemeBehind(server: Scope, { scheme, port }: StreamConnection): StreamHop['scheme'] | null {
  const listen = server.own('listen').find((each) => parseAddress(argument(each, 0)).some((one) => one.port === port));
  const ends = listen?.directive.args.includes('ssl') === true;
  if (ends && scheme === 'http') return null;
  const inside = ends ? 'http' : scheme;
  if (!isOn(server, 'proxy_ssl')) return inside;
  return inside === 'http' ? 'https' : null;
}

function isOn(server: Scope, name: string): boolean {
  return effectiveSetting(server, name)?.directive.args[0]?.toLowerCase() === 'on';
}

function portBehind(
  configuration: Configuration,
  server: Scope,
  pass: Setting,
  { scheme, host }: StreamConnection,
): number | null {
  const preread = isOn(server, 'ssl_preread') && scheme === 'https' ? host : '';
  const target = evaluate(argumentTemplate(pass, 0), {
    configuration: asHttp(configuration),
    values: new Map(),
    captures: [],
    builtin: (name) => ({
      value: name === 'ssl_preread_server_name' ? preread : unknown(`$${name} is known at run time only`),
      cached: true,
    }),
  });
  if (!isKnown(target)) return null;
  const [port, ...others] = [
    ...new Set(serversNamed(configuration, target).map((one) => portHere(configuration, one))),
  ];
  return others.length === 0 ? (port ?? null) : null;
}

/** Maps of the stream block, where what works variables out looks for them. */
const asHttp = once((configuration: Configuration): Configuration => ({
  ...configuration,
  http: configuration.stream,
}));

/** The servers of an upstream of the stream block; any other name is the address itself. */
function serversNamed({ stream }: Configuration, target: string): readonly string[] {
  const group = stream?.own('upstream').find((one) => argument(one, 0).toLowerCase() === target.toLowerCase())?.opens;
  if (group == null) return [target];
  const active = group.own('server').filter(({ directive }) => !/\b(?:down|backup)\b/.test(directive.args.join(' ')));
  return active.map((one) => argument(one, 0));
}

/** The port of an address that the http block listens on; null for others. */
function portHere(configuration: Configuration, target: string): number | null {
  const [address] = parseAddress(target.replace(/^localhost:/i, '127.0.0.1:'));
  if (address?.port == null) return null;
  const loopback = /^(?:127\.|::1$)/.test(address.address);
  const listening = addressesAt(configuration, address.port).some(
    (one) => one.address === address.address || (one.wildcard && one.family === address.family && loopback),
  );
  return listening ? address.port : null;
}
