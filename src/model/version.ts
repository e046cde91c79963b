/** An nginx version as one number that compares: 1.29.7 is 1029007. */
export type NginxVersion = number;

export const OLDEST: NginxVersion = 1_018_000;
export const NEWEST: NginxVersion = 1_031_004;

/** Where behaviour that matters to a handshake changed. Sources: nginx's CHANGES; measured on builds on both sides. */
export const SINCE = {
  /** `"<>\\^`{|}` are escaped too when a changed URI is proxied. */
  escapesMore: 1_021_001,
  /** `$http_name` joins several lines of one name; before, it is the first. */
  headersJoined: 1_023_000,
  /** `http2 on`; a plain-text `listen ... http2` port detects the preface, so that HTTP/1.1 works on it. */
  http2Directive: 1_025_001,
  /** `add_header_inherit`; `$request_port`, `$is_request_port`. */
  addHeaderInherit: 1_029_003,
  /** Host headers are checked character by character, ports included. */
  strictHost: 1_029_004,
  /** `proxy_http_version 2`. */
  proxyHttp2: 1_029_004,
  /** proxy_http_version defaults to 1.1, no default `Connection: close`, upstream keepalive on. */
  http11Default: 1_029_007,
  /** HTTP/2 requests that carry Connection or Upgrade are answered 400. */
  http2RefusesUpgrade: 1_031_000,
  /** A client's Proxy-Connection is no longer passed on. */
  proxyConnectionDropped: 1_031_000,
  /** Host is always sent, `""` means $proxy_host, the last of several lines wins. */
  hostAlwaysSent: 1_031_004,
} as const satisfies Record<string, NginxVersion>;

/** `1.29.7` -> 1029007; null when it is no version. */
export function parseVersion(text: string): NginxVersion | null {
  if (text === '') return null; // as most directives have it
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 1_000_000 + Number(match[2]) * 1_000 + Number(match[3]);
}

export function formatVersion(version: NginxVersion): string {
  return `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1_000) % 1_000}.${version % 1_000}`;
}

/** The versions an answer must hold for: the one asked for, else one on each side of every boundary. */
export function targetVersions(version: NginxVersion | null): readonly NginxVersion[] {
  return version === null ? [OLDEST, NEWEST] : [version];
}
