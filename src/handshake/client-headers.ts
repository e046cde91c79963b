import { effectiveSetting } from '../model/effective';
import type { Scope } from '../model/scope';
import type { ClientRequest, Header } from './types';

/** The client's headers as nginx takes them, and the name its Host gives. */
export interface Accepted {
  readonly headers: readonly Header[];
  /** `r->headers_in.server`: lower case, without port and final dot; null without a Host. */
  readonly host: string | null;
  /** Why nginx answers 400; null when it does not. */
  readonly fault: string | null;
}

/**
 * Settings of the listener's default server decide: the server is not known while headers are read. `authority` is
 * that of a target in absolute form, which wins over the Host header.
 */
export function acceptHeaders(request: ClientRequest, server: Scope, authority: string | null): Accepted {
  const underscores = effectiveSetting(server, 'underscores_in_headers')?.directive.args[0]?.toLowerCase() === 'on';
  const keepInvalid = effectiveSetting(server, 'ignore_invalid_headers')?.directive.args[0]?.toLowerCase() === 'off';
  const valid = underscores ? /^[A-Za-z0-9_-]+$/ : /^[A-Za-z0-9-]+$/;
  const headers = request.headers.filter(([name]) => keepInvalid || valid.test(name));
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host');
  const host = hosts[0]?.[1];
  if (host === undefined) return { headers, host: null, fault: 'a request without Host is answered 400' };
  if (hosts.length > 1) return { headers, host: null, fault: 'a request with two Host headers is answered 400' };
  const given = hostName(host);
  const name = authority === null || given === null ? given : hostName(authority);
  return { headers, host: name, fault: name === null ? `the Host ${authority ?? host} is answered 400` : null };
}

/** ngx_http_validate_host: lower case, without the port and a final dot; null when nginx answers 400. */
export function hostName(host: string): string | null {
  const match = /^(\[[^\]/]*\]|[^:/]*)(?::[^/]*)?$/.exec(host);
  const name = (match?.[1] ?? '').toLowerCase().replace(/\.$/, '');

  return match === null || name === '' || name.includes('..') || /[\x00-\x20\x7f]/.test(name) ? null : name;
}
