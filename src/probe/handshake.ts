import { createHash, randomBytes } from 'node:crypto';
import { values, type Head } from './head';
import type { HeaderLine, ProbeOptions, WsUrl } from './types';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface Request {
  readonly bytes: Buffer;
  readonly key: string;
}

/** Fields that the handshake itself is made of: they are not for `--header`. */
const OWN = new Set([
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'content-length',
  'transfer-encoding',
]);

/** `Name: value` -> a header line; an error when it is none or the handshake's own. */
export function parseHeaderOption(text: string): HeaderLine | { readonly error: string } {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(text);
  if (match === null || /[\x00-\x08\x0a-\x1f\x7f]/.test(text)) {
    return { error: `--header ${JSON.stringify(text)}: write it as "Name: value"` };
  }
  const [, name = '', value = ''] = match;
  if (OWN.has(name.toLowerCase())) return { error: `--header ${name}: the handshake sets this one itself` };
  return [name, value];
}

/** A browser's handshake (Chrome's fields and order), without extensions: frames stay readable as they are. */
export function buildRequest(url: WsUrl, options: ProbeOptions): Request {
  const key = randomBytes(16).toString('base64');
  const own = (name: string): string | null => values(options.headers, name)[0] ?? null;
  const origin = options.origin ?? `${url.secure ? 'https' : 'http'}://${url.authority}`;
  const basic = url.credentials === null ? null : `Basic ${Buffer.from(url.credentials).toString('base64')}`;
  const lines: [string, string | null][] = [
    ['Host', own('host') ?? url.authority],
    ['Connection', 'Upgrade'],
    ['Pragma', own('pragma') ?? 'no-cache'],
    ['Cache-Control', own('cache-control') ?? 'no-cache'],
    ['User-Agent', own('user-agent') ?? 'nginx-ws-lint probe'],
    ['Upgrade', 'websocket'],
    ['Origin', own('origin') ?? (origin === '' ? null : origin)],
    ['Sec-WebSocket-Version', '13'],
    ['Authorization', own('authorization') ?? basic],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Protocol', options.subprotocols.length === 0 ? null : options.subprotocols.join(', ')],
  ];
  const placed = new Set(lines.map(([name]) => name.toLowerCase()));
  const all = [...lines, ...options.headers.filter(([name]) => !placed.has(name.toLowerCase()))];
  const fields = all.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value ?? ''}\r\n`);
  return { bytes: Buffer.from(`GET ${url.target} HTTP/1.1\r\n${fields.join('')}\r\n`, 'utf8'), key };
}

/**
 * What a browser finds wrong with a 101; null when it accepts it. The checks are Chromium's
 * (net/websockets/websocket_basic_handshake_stream.cc), which are RFC 6455 4.1's, single fields included.
 */
export function faultOf101(head: Head, key: string, subprotocols: readonly string[]): string | null {
  if (head.version !== '1.1') return `the 101 comes as HTTP/${head.version}; browsers want HTTP/1.1`;
  return upgradeFault(head) ?? acceptFault(head, key) ?? protocolFault(head, subprotocols) ?? extensionFault(head);
}

function upgradeFault(head: Head): string | null {
  const upgrade = values(head.headers, 'upgrade');
  if (upgrade.length === 0) return 'the 101 has no Upgrade header (proxy_hide_header Upgrade takes it away)';
  if (upgrade.length > 1) {
    return `the 101 has ${upgrade.length} Upgrade headers: ${upgrade.join(' and ')} (add_header adds one to the backend's)`;
  }
  if (upgrade[0]?.toLowerCase() !== 'websocket')
    return `the 101 says Upgrade: ${upgrade[0] ?? ''} instead of websocket`;
  const connection = values(head.headers, 'connection');
  const tokens = connection.flatMap((value) => value.split(',')).map((token) => token.trim().toLowerCase());
  if (connection.length === 0) return 'the 101 has no Connection header';
  if (!tokens.includes('upgrade')) return `the 101 says Connection: ${connection.join(', ')} instead of Upgrade`;
  return null;
}

function acceptFault(head: Head, key: string): string | null {
  const accept = values(head.headers, 'sec-websocket-accept');
  const wanted = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  if (accept.length === 0) return 'the 101 has no Sec-WebSocket-Accept header (proxy_hide_header?)';
  if (accept.length > 1) return `the 101 has ${accept.length} Sec-WebSocket-Accept headers`;
  if (accept[0] === wanted) return null;
  return `Sec-WebSocket-Accept is ${accept[0] ?? ''}, not ${wanted}: the answer belongs to another key (a cache, or a forged Sec-WebSocket-Key)`;
}

function protocolFault(head: Head, offered: readonly string[]): string | null {
  const chosen = values(head.headers, 'sec-websocket-protocol');
  if (chosen.length > 1) return `the 101 has ${chosen.length} Sec-WebSocket-Protocol headers`;
  const [one] = chosen;
  if (one === undefined) {
    if (offered.length === 0) return null;
    return `subprotocol ${offered.join(', ')} was offered and the 101 names none (is Sec-WebSocket-Protocol dropped on the way?)`;
  }
  if (offered.length === 0) return `the 101 names subprotocol ${one}, and none was offered`;
  return offered.includes(one) ? null : `the 101 names subprotocol ${one}, which was not offered`;
}

function extensionFault(head: Head): string | null {
  const extensions = values(head.headers, 'sec-websocket-extensions').filter((value) => value !== '');
  return extensions.length === 0 ? null : `the 101 names extension ${extensions.join(', ')}, and none was offered`;
}
