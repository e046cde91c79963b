import { isUnixAddress } from './listen-address';

/** What a pass names behind its scheme, as ngx_parse_url takes it apart; before its variables are filled in, or after. */
export interface PassAddress {
  /** Of a socket its path. */
  readonly host: string;
  readonly port: string | null;
  /** From the `/` or `?` behind the host on, of a socket behind the colon that ends its path; empty for none. */
  readonly uri: string;
  readonly unix: boolean;
}

const SCHEME = /^(https?):\/\//i;

/** The address in a proxy_pass of http; null without a scheme, or without a host. */
export function proxyPassAddress(url: string): PassAddress | null {
  return SCHEME.test(url) ? passAddress(url.replace(SCHEME, '')) : null;
}

/** The same of a text without scheme. A slash is part of a socket's path: only a colon ends that. */
export function passAddress(text: string): PassAddress | null {
  if (isUnixAddress(text)) {
    const [path = '', ...uri] = text.slice(5).split(':');
    return path === '' ? null : { host: path, port: null, uri: uri.join(':'), unix: true };
  }
  const match = /^(\[[^\]]*\]|[^:/?]*)(?::([^/?]*))?([/?][^]*)?$/.exec(text);
  const host = match?.[1] ?? '';
  return host === '' ? null : { host, port: match?.[2] ?? null, uri: match?.[3] ?? '', unix: false };
}
