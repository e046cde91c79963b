import { directiveSpec } from '../model/directives';
import type { Configuration, Scope, Setting } from '../model/scope';
import { argument } from '../model/template';
import { isUnixAddress } from '../model/listen-address';
import { once } from '../text/once';

/** Whether the servers behind a name are unix sockets: `some` when only part of them are. */
export type Sockets = 'all' | 'some' | 'none';

/** The upstream block of this name, which nginx compares in any case. */
export function upstreamBlock(configuration: Configuration, name: string): Scope | null {
  return upstreamIn(configuration.http, name);
}

const blocksIn = once((level: Scope): ReadonlyMap<string, Scope> => {
  const scopes = level.children.filter(({ kind }) => kind === 'upstream' || kind === 'stream-upstream');
  return new Map(scopes.map((scope) => [nameOf(scope), scope]));
});

/** The same in an http or stream block. */
function upstreamIn(level: Scope | null, name: string): Scope | null {
  return level === null ? null : (blocksIn(level).get(name.toLowerCase()) ?? null);
}

function nameOf(scope: Scope): string {
  return scope.opener === null ? '' : argument(scope.opener, 0).toLowerCase();
}

/** The last of the servers behind a name when each of them is marked down: nginx asks none, and answers 502. */
export function allDown(configuration: Configuration, host: string): Setting | null {
  const block = upstreamBlock(configuration, host);
  if (block === null || block.unread.length > 0) return null;
  // A module may bring servers of its own, or take these up again.
  if (block.settings.some(({ directive }) => directiveSpec(directive.name) === undefined)) return null;
  const servers = block.own('server');
  return servers.every(({ directive }) => directive.args.includes('down', 1)) ? (servers.at(-1) ?? null) : null;
}

/** `host` as a pass of this http or stream block names it, without scheme, port and URI. */
export function socketsBehind(level: Scope | null, host: string): Sockets {
  if (isUnixAddress(host)) return 'all';
  const servers = upstreamIn(level, host)?.own('server') ?? [];
  const sockets = servers.filter((server) => isUnixAddress(server.directive.args[0] ?? '')).length;
  return sockets === 0 ? 'none' : sockets === servers.length ? 'all' : 'some';
}
