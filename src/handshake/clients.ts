import type { ClientRequest, Header } from './types';

/** Where a request goes. `host` is the Host header: the name, with the port unless it is the scheme's own. */
export interface Destination {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** Path and query as sent. */
  readonly target: string;
  /** See ClientRequest. */
  readonly fragment?: string;
  /** See ClientRequest. */
  readonly proxyProtocol?: boolean;
  /** Headers that a proxy in front adds: see throughProxy. */
  readonly forwarded?: readonly Header[];
}

/** Any 16 bytes in base64 serve; browsers draw them anew each time. This is RFC 6455's own example. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

const CHROME_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const FIREFOX_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

const CHROME_FIRST: readonly Header[] = [
  ['Connection', 'Upgrade'],
  ['Pragma', 'no-cache'],
  ['Cache-Control', 'no-cache'],
  ['User-Agent', CHROME_AGENT],
  ['Upgrade', 'websocket'],
];
const CHROME_LAST: readonly Header[] = [
  ['Sec-WebSocket-Version', '13'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Accept-Language', 'en-US,en;q=0.9'],
  ['Sec-WebSocket-Key', KEY],
  ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'],
];

/** Chrome's handshake: names and order as Chrome sends them. Thousands of requests share what is the same in all. */
export function chrome(to: Destination): ClientRequest {
  const origin: Header = ['Origin', `${to.scheme}://${to.host}`];
  const host: Header = ['Host', to.host];
  return get(to, [host].concat(CHROME_FIRST, [origin], CHROME_LAST));
}

/** Firefox's handshake: its Connection header holds two tokens. */
export function firefox(to: Destination): ClientRequest {
  return get(to, [
    ['Host', to.host],
    ['User-Agent', FIREFOX_AGENT],
    ['Accept', '*/*'],
    ['Accept-Language', 'en-US,en;q=0.5'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Sec-WebSocket-Version', '13'],
    ['Origin', `${to.scheme}://${to.host}`],
    ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ['Sec-WebSocket-Key', KEY],
    ['Connection', 'keep-alive, Upgrade'],
    ['Pragma', 'no-cache'],
    ['Cache-Control', 'no-cache'],
    ['Upgrade', 'websocket'],
  ]);
}

export function plainGet(to: Destination): ClientRequest {
  return get(to, [
    ['Host', to.host],
    ['Connection', 'keep-alive'],
    ['User-Agent', CHROME_AGENT],
    ['Accept', '*/*'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Accept-Language', 'en-US,en;q=0.9'],
  ]);
}

export function plainPost(to: Destination, length = 2): ClientRequest {
  const headers: readonly Header[] = [
    ['Host', to.host],
    ['Connection', 'keep-alive'],
    ['Content-Length', String(length)],
    ['User-Agent', CHROME_AGENT],
    ['Content-Type', 'text/plain;charset=UTF-8'],
    ['Accept', '*/*'],
    ['Origin', `${to.scheme}://${to.host}`],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Accept-Language', 'en-US,en;q=0.9'],
  ];
  return { ...get(to, headers), method: 'POST' };
}

function get(to: Destination, own: readonly Header[]): ClientRequest {
  const headers = to.forwarded === undefined ? own : [...own, ...to.forwarded];
  const request: ClientRequest = { method: 'GET', scheme: to.scheme, port: to.port, target: to.target, headers };
  if (to.proxyProtocol !== undefined) return { ...request, proxyProtocol: to.proxyProtocol };
  return to.fragment === undefined ? request : { ...request, fragment: to.fragment };
}

/** A Host header for a name and port: the port is left out when it is the scheme's own. */
export function hostHeader(scheme: 'http' | 'https', name: string, port: number): string {
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
