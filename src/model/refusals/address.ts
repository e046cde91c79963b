import { parseInteger } from './numbers';
import { isUnixAddress } from '../listen-address';

/** What ngx_parse_url makes of an address, without resolving any name. */
export interface Address {
  readonly kind: 'inet' | 'inet6' | 'unix' | 'name';
  /** As written; of a unix socket its path. */
  readonly host: string;
  /** 0 when none was given and there is no default. */
  readonly port: number;
  /** Equals `port`, or the end of a range. */
  readonly lastPort: number;
  readonly hasPort: boolean;
  readonly uri: string;
  /** The numeric address in one spelling; null for names. */
  readonly numeric: string | null;
}

export type AddressFault = { readonly fault: string };

export interface AddressRules {
  readonly defaultPort: number;
  /** A bare number is a port, `*` any address, ports may be a range. */
  readonly listen?: boolean;
  /** A path may follow. */
  readonly uri?: boolean;
}

export function isFault(address: Address | AddressFault): address is AddressFault {
  return 'fault' in address;
}

export function parseAddress(text: string, rules: AddressRules): Address | AddressFault {
  if (isUnixAddress(text)) return parseUnix(text.slice(5), rules);
  return text.startsWith('[') ? parseInet6(text, rules) : parseInet(text, rules);
}

function parseUnix(text: string, rules: AddressRules): Address | AddressFault {
  const colon = rules.uri === true ? text.indexOf(':') : -1;
  const path = colon < 0 ? text : text.slice(0, colon);
  if (path === '') return { fault: 'no path in the unix domain socket' };
  // sizeof(sun_path) on Linux, with the terminating zero.
  if (path.length + 1 > 108) return { fault: 'too long path in the unix domain socket' };
  const uri = colon < 0 ? '' : text.slice(colon + 1);
  return { kind: 'unix', host: path, port: 0, lastPort: 0, hasPort: false, uri, numeric: path };
}

function parseInet(text: string, rules: AddressRules): Address | AddressFault {
  const uriAt = text.search(/[/?]/);
  if (uriAt >= 0 && rules.uri !== true) return { fault: 'invalid host' };
  const authority = uriAt < 0 ? text : text.slice(0, uriAt);
  const uri = uriAt < 0 ? '' : text.slice(uriAt);
  const colon = authority.indexOf(':');
  if (colon >= 0) {
    const ports = parsePorts(authority.slice(colon + 1), rules);
    return 'fault' in ports ? ports : inet(authority.slice(0, colon), ports, true, uri, rules);
  }
  if (rules.listen === true && /^\d+(?:-\d+)?$/.test(authority)) {
    const ports = parsePorts(authority, rules);
    return 'fault' in ports ? ports : inet('*', ports, true, uri, rules);
  }
  const ports = { first: rules.defaultPort, last: rules.defaultPort };
  return inet(authority, ports, false, uri, rules);
}

interface Ports {
  readonly first: number;
  readonly last: number;
}

function parsePorts(text: string, rules: AddressRules): Ports | AddressFault {
  const dash = rules.listen === true ? text.indexOf('-') : -1;
  const last = dash < 0 ? null : portOf(text.slice(dash + 1));
  const first = portOf(dash < 0 ? text : text.slice(0, dash));
  if (first === null || (dash >= 0 && last === null)) return { fault: 'invalid port' };
  if (last !== null && first > last) return { fault: 'invalid port range' };
  return { first, last: last ?? first };
}

function portOf(text: string): number | null {
  const port = parseInteger(text);
  return port === null || port < 1 || port > 65_535 ? null : port;
}

function inet(host: string, ports: Ports, hasPort: boolean, uri: string, rules: AddressRules): Address | AddressFault {
  if (host === '') return { fault: 'no host' };
  const numeric = rules.listen === true && host === '*' ? '0.0.0.0' : inetAddress(host);
  const kind = numeric === null ? 'name' : 'inet';
  return { kind, host, port: ports.first, lastPort: ports.last, hasPort, uri, numeric };
}

function parseInet6(text: string, rules: AddressRules): Address | AddressFault {
  const close = text.indexOf(']');
  if (close < 0) return { fault: 'invalid host' };
  const slash = text.indexOf('/', close);
  if (slash >= 0 && rules.uri !== true) return { fault: 'invalid host' };
  const uri = slash < 0 ? '' : text.slice(slash);
  const rest = text.slice(close + 1, slash < 0 ? text.length : slash);
  if (rest !== '' && !rest.startsWith(':')) return { fault: 'invalid host' };
  const ports = rest === '' ? { first: rules.defaultPort, last: rules.defaultPort } : parsePorts(rest.slice(1), rules);
  if ('fault' in ports) return ports;
  if (close === 1) return { fault: 'no host' };
  const numeric = inet6Address(text.slice(1, close));
  if (numeric === null) return { fault: 'invalid IPv6 address' };
  const host = text.slice(0, close + 1);
  return { kind: 'inet6', host, port: ports.first, lastPort: ports.last, hasPort: rest !== '', uri, numeric };
}

/** ngx_inet_addr: four octets; an empty one counts as 0. */
export function inetAddress(text: string): string | null {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d*$/.test(octet) && Number(octet) <= 255)) return null;
  return octets.map(Number).join('.') === '255.255.255.255' ? null : octets.map(Number).join('.');
}

/** The eight groups in hexadecimal; null when it is no IPv6 address. */
export function inet6Address(text: string): string | null {
  const dotted = /^(.*:)(\d[\d.]*\.\d+)$/.exec(text);
  const tail = dotted === null ? null : inetAddress(dotted[2] ?? '');
  if (dotted !== null && tail === null) return null;
  const octets = (tail ?? '').split('.').map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  const plain =
    dotted === null ? text : `${dotted[1] ?? ''}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!groups.flat().every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  const [head = [], rest] = groups;
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (rest === undefined ? missing !== 0 : missing < 1) return null;
  const filled = rest === undefined ? head : [...head, ...Array.from({ length: missing }, () => '0'), ...rest];
  return filled.map((group) => parseInt(group, 16).toString(16)).join(':');
}

/** `0.0.0.0:80`, `[::]:80`, `unix:/path`: as nginx writes an address in its messages. */
export function addressText(address: Address, port: number): string {
  if (address.kind === 'unix') return `unix:${address.host}`;
  if (address.kind === 'inet6') return `[${compressed(address.numeric ?? '')}]:${port}`;
  return `${address.numeric ?? address.host}:${port}`;
}

/** The longest run of zero groups becomes `::`. */
function compressed(groups: string): string {
  let best = '';
  for (const run of groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)) if (run[0].length > best.length) best = run[0];
  if (best === '') return groups;
  const at = groups.indexOf(best);
  return `${groups.slice(0, at)}::${groups.slice(at + best.length).replace(/^:/, '')}`;
}

/** Whether `allow` and `deny` take it: an address, or one with a prefix length (ngx_ptocidr). */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const bits = inetAddress(address) !== null ? 32 : inet6Address(address) !== null ? 128 : null;
  if (bits === null) return false;
  const shift = slash < 0 ? 0 : parseInteger(text.slice(slash + 1));
  return shift !== null && shift <= bits;
}
