import { isUnixAddress } from '../model/listen-address';
import { proxyPassAddress } from '../model/pass-address';
import { isKnown } from '../model/value';
import type { StaticAnswer } from './knowledge';

/** The URL of the backend that the configuration hands the request to; null where it is not one fixed address. */
export function directUrl({ outcome, knowledge }: StaticAnswer): string | null {
  const { pass, upstream } = outcome;
  if (pass === null || upstream === null || pass.directive.name !== 'proxy_pass' || !isKnown(upstream.uri)) return null;
  const url = pass.directive.args[0] ?? '';
  const named = proxyPassAddress(url);
  if (named === null || named.unix) return null;
  const { host, port } = named;
  const address = serverOf(knowledge.configuration.http?.children ?? [], port === null ? host : `${host}:${port}`);
  return address === null ? null : `${/^https/i.test(url) ? 'wss' : 'ws'}://${address}${upstream.uri}`;
}

type Scopes = readonly import('../model/scope').Scope[];

/** Of an upstream{} its first server; any other name is the address itself. */
function serverOf(scopes: Scopes, name: string): string | null {
  const group = scopes.find(
    ({ kind, opener }) => kind === 'upstream' && opener?.directive.args[0]?.toLowerCase() === name.toLowerCase(),
  );
  if (group === undefined) return name.includes('$') ? null : name;
  const servers = group.own('server').filter(({ directive }) => !directive.args.includes('down'));
  const address = servers[0]?.directive.args[0] ?? null;
  return address === null || isUnixAddress(address) || address.includes('$') ? null : address;
}
