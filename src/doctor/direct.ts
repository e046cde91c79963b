import { isKnown } from '../model/value';
import type { StaticAnswer } from './knowledge';

/** The URL of the backend that the configuration hands the request to; null where it is not one fixed address. */
export function directUrl({ outcome, knowledge }: StaticAnswer): string | null {
  const { pass, upstream } = outcome;
  if (pass === null || upstream === null || pass.directive.name !== 'proxy_pass' || !isKnown(upstream.uri)) return null;
  const match = /^(https?):\/\/([^/$]+)/i.exec(pass.directive.args[0] ?? '');
  if (match === null || match[2]?.startsWith('unix:') === true) return null;
  const [, scheme = '', name = ''] = match;
  const address = serverOf(knowledge.configuration.http?.children ?? [], name);
  return address === null ? null : `${scheme.toLowerCase() === 'https' ? 'wss' : 'ws'}://${address}${upstream.uri}`;
}

type Scopes = readonly import('../model/scope').Scope[];

/** Of an upstream{} its first server; any other name is the address itself. */
function serverOf(scopes: Scopes, name: string): string | null {
  const group = scopes.find(
    ({ kind, opener }) => kind === 'upstream' && opener?.directive.args[0]?.toLowerCase() === name.toLowerCase(),
  );
  if (group === undefined) return name;
  const servers = group.own('server').filter(({ directive }) => !directive.args.includes('down'));
  const address = servers[0]?.directive.args[0] ?? null;
  return address === null || address.startsWith('unix:') || address.includes('$') ? null : address;
}
