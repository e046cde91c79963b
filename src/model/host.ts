import { SINCE } from './version';
import type { NginxVersion } from './version';

/** What a Host header names. */
export interface HostName {
  /** `$host`: lower case, without the port and one final dot. */
  readonly name: string;
  /** What stands after the colon; null when there is no colon. */
  readonly port: string | null;
}

/** A reg-name or an IPv6 literal of RFC 3986, and a port of digits alone. */
const STRICT = /^(\[[A-Za-z0-9:._~!$&'()*+,;=-]*\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::(\d*))?$/;

/** Anything up to a colon, or a bracket that closes the one at the start; what follows is not looked at. */
const LENIENT = /^(\[[^\]]*(?:\]|$)|[^:[][^:]*|)(?:[^]*?:([^]*))?/;

/** Labels of letters, digits and hyphens, perhaps a port. */
const PLAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,4})?$/;

/** Whether all versions take it for the same. */
export function isReadAlike(text: string): boolean {
  return PLAIN.test(text);
}

const REFUSED = /[\x00-\x20\x7f/]/;

/** Reads a Host header, or the host of an absolute target (ngx_http_validate_host); null where nginx answers 400. */
export function parseHost(text: string, version: NginxVersion): HostName | null {
  const strict = version >= SINCE.strictHost;
  const match = (strict ? STRICT : LENIENT).exec(text);
  if (match === null || REFUSED.test(text)) return null;
  const [, host = '', port] = match;
  // Older versions refuse two dots in a row in what stands for the port as well, and take any port.
  if ((strict ? host : text).includes('..') || (strict && Number(port ?? 0) > 65_535)) return null;
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === '' ? null : { name, port: port ?? null };
}
