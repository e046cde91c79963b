import type { Configuration, Scope } from '../model/scope';
import { argument } from '../model/template';
import { isUnixAddress } from '../model/listen-address';

/** Whether the servers behind a name are unix sockets: `some` when only part of them are. */
export type Sockets = 'all' | 'some' | 'none';

const upstreams = new WeakMap<Configuration, ReadonlyMap<string, Scope>>();

/** The upstream block of this name, which nginx compares in any case. */
export function upstreamBlock(configuration: Configuration, name: string): Scope | null {
  let blocks = upstreams.get(configuration);
  if (blocks === undefined) {
    const scopes = (configuration.http?.children ?? []).filter((scope) => scope.kind === 'upstream');
    blocks = new Map(scopes.map((scope) => [nameOf(scope), scope]));
    upstreams.set(configuration, blocks);
  }
  return blocks.get(name.toLowerCase()) ?? null;
}

function nameOf(scope: Scope): string {
  return scope.opener === null ? '' : argument(scope.opener, 0).toLowerCase();
}

/** `host` as a pass names it, without scheme, port and URI. */
export function socketsBehind(configuration: Configuration, host: string): Sockets {
  if (isUnixAddress(host)) return 'all';
  const servers = upstreamBlock(configuration, host)?.own('server') ?? [];
  const sockets = servers.filter((server) => isUnixAddress(server.directive.args[0] ?? '')).length;
  return sockets === 0 ? 'none' : sockets === servers.length ? 'all' : 'some';
}
