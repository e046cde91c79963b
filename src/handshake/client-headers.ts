import type { Scope } from '../model/scope';
import { isOn } from './flags';
import type { ClientRequest, Header } from './types';

/** The client's headers as nginx takes them. */
export interface Accepted {
  readonly headers: readonly Header[];
  /** Why nginx answers 400; null when it does not. */
  readonly fault: string | null;
}

/**
 * Drops headers with names that nginx does not take. Up to the Host header the settings of the server that reads hold,
 * from then on those of the server that Host names (ngx_http_process_request_headers; measured).
 */
export function acceptHeaders(request: ClientRequest, reading: Scope, chosen: Scope): Accepted {
  const headers: Header[] = [];
  let server = reading;
  let hosts = 0;
  for (const header of request.headers) {
    if (takes(server, header[0])) headers.push(header);
    if (header[0].toLowerCase() !== 'host') continue;
    hosts++;
    server = chosen;
  }
  if (hosts === 1) return { headers, fault: null };
  return {
    headers,
    fault: hosts === 0 ? 'a request without Host is answered 400' : 'two Host headers are answered 400',
  };
}

/** `_` needs underscores_in_headers; with ignore_invalid_headers off any name goes. */
function takes(server: Scope, name: string): boolean {
  if (/^[A-Za-z0-9-]+$/.test(name)) return true;
  if (/^[\w-]+$/.test(name) && isOn(server, 'underscores_in_headers')) return true;
  return !isOn(server, 'ignore_invalid_headers', true);
}
