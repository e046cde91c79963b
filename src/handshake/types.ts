import type { Scope, Setting } from '../model/scope';
import type { Value } from '../model/value';
import type { NginxVersion } from '../model/version';

export type Header = readonly [name: string, value: string];

/** What a client sends to nginx. Byte strings. */
export interface ClientRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** The port of nginx that it arrives at. */
  readonly port: number;
  /** The request target as sent: path and query, undecoded. */
  readonly target: string;
  readonly headers: readonly Header[];
  /** The file of locations it is meant for, where the server around them is not given: no name leads there. */
  readonly fragment?: string;
  /** Set where a stream server passes the connection on: whether it sends the PROXY protocol first. */
  readonly proxyProtocol?: boolean;
  /** Clients may send more with it (cookies, arguments, a certificate...): what these decide could go either way. */
  readonly open?: boolean;
}

/** The request the backend receives. A value that is known only at run time is not a string. */
export interface UpstreamRequest {
  readonly method: Value;
  readonly uri: Value;
  readonly httpVersion: '1.0' | '1.1' | '2';
  readonly headers: readonly UpstreamHeader[];
  /** What proxy_cache does with it, where it applies. */
  readonly cache: CacheUse | null;
}

export interface CacheUse {
  /** The proxy_cache that applies. */
  readonly setting: Setting;
  /** proxy_cache_key, in pieces. */
  readonly key: readonly Value[];
  /** Nothing is looked up, and nobody waited for; null when that is not known. */
  readonly bypassed: boolean | null;
  /** The answer may be kept. */
  readonly kept: boolean | null;
}

export interface UpstreamHeader {
  readonly name: string;
  readonly value: Value;
  /** The proxy_set_header that makes it; null for the client's own and for nginx's defaults. */
  readonly setting: Setting | null;
}

/**
 * Why a handshake fails, as the simulation sees it: a closed list that rules explain (which directive is the cause,
 * and where). `setting` is the directive that decides, when there is one.
 */
export interface Fault {
  readonly kind: FaultKind;
  readonly setting: Setting | null;
  /** What is wrong, with the value: `Connection: close`. */
  readonly detail: string;
}

export type FaultKind =
  // the request that reaches the backend is no handshake for B
  | 'http-version'
  | 'upgrade-missing'
  | 'upgrade-wrong'
  | 'upgrade-twice'
  | 'connection-missing'
  | 'connection-wrong'
  | 'connection-close'
  | 'host-missing'
  | 'host-twice'
  | 'method'
  | 'key-missing'
  | 'sec-version-missing'
  // nginx answers by itself
  | 'returned'
  | 'redirected'
  | 'refused-by-access'
  | 'no-handler'
  | 'other-handler'
  | 'not-found'
  | 'instant-timeout'
  | 'no-resolver'
  | 'no-live-server'
  | 'bad-scheme'
  | 'wrong-module'
  | 'bad-request'
  | 'too-many-headers'
  | 'name-rejected'
  | 'internal'
  | 'server-error'
  // the 101 does not reach the client whole
  | 'response-header-hidden'
  | 'response-header-added'
  | 'response-cut'
  | 'h2-only-port'
  | 'limit-except'
  | 'subrequest-upgrade';

/** One step on the way from request to verdict, for `trace`. */
export interface Step {
  readonly what: string;
  readonly setting: Setting | null;
}

/** What becomes of one request. */
export interface Outcome {
  /** For a plain request `switches` cannot be; `answered` then means it reaches the backend or a status is known. */
  readonly outcome: 'switches' | 'fails' | 'unknown';
  /** What nginx itself answers; null where the backend's answer decides. */
  readonly status: number | null;
  /** Location header of a redirect. */
  readonly redirect: Value | null;
  readonly server: Scope | null;
  /** The location (or `if` in it) whose handler runs at the end. */
  readonly location: Scope | null;
  readonly inIf: Scope | null;
  /** The *_pass that took it. */
  readonly pass: Setting | null;
  readonly upstream: UpstreamRequest | null;
  readonly faults: readonly Fault[];
  /** Why the answer is unknown, or where a handshake goes that fails in every way; empty otherwise. */
  readonly unknowns: readonly string[];
  readonly steps: readonly Step[];
  readonly version: NginxVersion;
}
