import type { WsUrl } from './types';

const SECRET = /token|secret|passw|auth|session|signature|\bsig\b|\bsid\b|ticket|jwt|(^|[_-])key$|^key|apikey/i;

/** Takes a ws:// or wss:// URL apart; an error message when it is none. */
export function parseWsUrl(text: string): WsUrl | { readonly error: string } {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') {
    return { error: `${text} is not a WebSocket URL: write ws${text.slice(4)}` };
  }
  if (scheme !== 'ws' && scheme !== 'wss') {
    return { error: `${text} is not a WebSocket URL: it starts with ws:// or wss://` };
  }
  try {
    return takeApart(new URL(text));
  } catch {
    return { error: `${text} is not a valid URL` };
  }
}

function takeApart(url: URL): WsUrl | { readonly error: string } {
  if (url.hostname === '') return { error: `${url.href} names no host` };
  const secure = url.protocol === 'wss:';
  if (url.port === '0') return { error: `${url.host}: there is no port 0` };
  return {
    shown: maskUrl(url),
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authority: url.host,
    target: url.pathname + url.search,
    credentials: url.username === '' ? null : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`,
  };
}

/** The URL without its fragment, credentials and secret query values. */
function maskUrl(url: URL): string {
  const credentials = url.username === '' ? '' : '***@';
  return `${url.protocol}//${credentials}${url.host}${maskTarget(url.pathname + url.search)}`;
}

/** Path and query with the values of tokens and keys masked. */
export function maskTarget(target: string): string {
  const query = target.indexOf('?');
  if (query < 0) return target;
  const pairs = target
    .slice(query + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals > 0 && SECRET.test(pair.slice(0, equals)) ? `${pair.slice(0, equals)}=***` : pair;
    });
  return `${target.slice(0, query)}?${pairs.join('&')}`;
}
