import type { Scope } from '../model/scope';
import { isOnIn } from './flags';
import type { ClientRequest, Header } from './types';

/** The client's headers as nginx takes them. */
export interface Accepted {
  readonly headers: readonly Header[];
  /**
   * Those kept although their names are invalid. nginx's hash of such a name leaves the bad characters out, so that
   * proxy_set_header of the same name does not take its place (ngx_http_parse_header_line; measured).
   */
  readonly invalid: ReadonlySet<Header>;
  /** Why nginx answers 400; null when it does not. */
  readonly fault: string | null;
}

/**
 * Drops headers with names that nginx does not take. Up to the Host header the settings of the server that reads hold,
 * from then on those of the server that Host names (ngx_http_process_request_headers; measured).
 */
export function acceptHeaders(request: ClientRequest, reading: Scope, chosen: Scope): Accepted {
  if (areOrdinary(request.headers)) return { headers: request.headers, invalid: NONE, fault: null };
  const headers: Header[] = [];
  const invalid = new Set<Header>();
  let server = reading;
  let hosts = 0;
  for (const sent of request.headers) {
    const header = withoutSpaces(sent);
    const valid = isValid(server, header[0]);
    if (valid || !isOnIn(server, 'ignore_invalid_headers', true)) headers.push(header);
    if (!valid) invalid.add(header);
    if (header[0].toLowerCase() !== 'host') continue;
    hosts++;
    server = chosen;
  }
  if (hosts === 1) return { headers, invalid, fault: null };
  const fault = hosts === 0 ? 'a request without Host is answered 400' : 'two Host headers are answered 400';
  return { headers, invalid, fault };
}

const NONE: ReadonlySet<Header> = new Set();

/** A browser's: no setting says anything of them. */
function areOrdinary(headers: readonly Header[]): boolean {
  let hosts = 0;
  for (const header of headers) {
    const name = header[0];
    if (!ORDINARY.test(name) || withoutSpaces(header) !== header) return false;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts === 1;
}

const ORDINARY = /^[A-Za-z0-9-]+$/;

/** `_` needs underscores_in_headers. */
function isValid(server: Scope, name: string): boolean {
  return ORDINARY.test(name) || (/^[\w-]+$/.test(name) && isOnIn(server, 'underscores_in_headers'));
}

/** Spaces around a value are not part of it (ngx_http_parse_header_line: sw_space_before_value, sw_space_after_value). */
function withoutSpaces(header: Header): Header {
  const value = header[1];
  return value.startsWith(' ') || value.endsWith(' ') ? [header[0], value.replace(/^ +| +$/g, '')] : header;
}
