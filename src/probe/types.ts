/** Where a handshake ended, in one word: stable, for scripts. What it means stands in `HopReport.detail`. */
export type Cause =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'connect-timeout'
  | 'reset'
  | 'tls-handshake'
  | 'tls-certificate'
  | 'not-tls'
  | 'plain-to-tls'
  | 'client-certificate'
  | 'http2-only'
  | 'no-answer'
  | 'closed-before-answer'
  | 'not-http'
  | 'oversized-answer'
  | 'redirect'
  | 'headers-not-forwarded'
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'wrong-location'
  | 'upstream'
  | 'overload'
  | 'server-error'
  | 'bad-switch'
  | 'closed-at-once'
  | 'bad-frames'
  | 'other-status';

export type HeaderLine = readonly [name: string, value: string];

/** A ws:// or wss:// URL, taken apart for the wire. */
export interface WsUrl {
  /** As shown to people: credentials and secrets in the query masked. */
  readonly shown: string;
  readonly secure: boolean;
  /** For connecting: an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** The Host header: brackets kept, the scheme's default port left out. */
  readonly authority: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** `user:password`, when the URL has them. */
  readonly credentials: string | null;
}

export interface HopTarget {
  readonly name: string;
  readonly url: WsUrl;
}

export interface ProbeOptions {
  /** From the client inwards: the URL itself first, the backend (`--direct`) last. */
  readonly hops: readonly HopTarget[];
  readonly headers: readonly HeaderLine[];
  /** null: what a page of the URL's own host would send. '': none. */
  readonly origin: string | null;
  readonly subprotocols: readonly string[];
  /** A text message to send once the connection is open; null sends none. */
  readonly send: string | null;
  readonly holdMs: number;
  /** Interval between pings while it holds; null: it stays silent. */
  readonly pingMs: number | null;
  readonly insecure: boolean;
  /** For each of: DNS, TCP, TLS, the answer to the handshake. */
  readonly timeoutMs: number;
  readonly progress?: (message: string) => void;
}

export interface TlsFacts {
  readonly protocol: string | null;
  readonly alpn: string | null;
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly names: string | null;
  /** As the certificate says it: `Nov 20 19:00:00 2027 GMT`. */
  readonly validTo: string | null;
  readonly trusted: boolean;
  readonly problem: string | null;
}

export interface Closed {
  /** `server`: a Close frame came, which only a WebSocket endpoint sends. Else the hop whose clock it was, or `unknown`. */
  readonly by: string;
  /** 1006: the connection ended without a Close frame. */
  readonly code: number;
  readonly reason: string | null;
  readonly afterSeconds: number;
  /** Since the last byte in either direction. */
  readonly idleSeconds: number;
}

export interface HopStep {
  readonly step: 'dns' | 'tcp' | 'tls' | 'http' | 'websocket';
  readonly ok: boolean;
  readonly detail: string;
  readonly ms: number;
}

export interface HopReport {
  readonly name: string;
  readonly url: string;
  readonly outcome: 'switches' | 'fails';
  readonly status: number | null;
  readonly cause: Cause | null;
  readonly detail: string;
  /** From the first step to the verdict. */
  readonly ms: number;
  readonly steps: readonly HopStep[];
  readonly address: string | null;
  readonly tls: TlsFacts | null;
  /** Of the answer, cookies masked. */
  readonly headers: readonly HeaderLine[];
  /** Where a redirect points. */
  readonly redirect: string | null;
  /** Proxies and CDNs that the answer's headers or page give away. */
  readonly products: readonly string[];
  /** True when the answer is an error page that nginx wrote itself. */
  readonly nginxPage: boolean;
  readonly subprotocol: string | null;
  /** Round trip of the first ping; null: no pong came. */
  readonly pongMs: number | null;
  readonly echo: { readonly sent: string; readonly received: string | null } | null;
  readonly held: number | null;
  readonly closed: Closed | null;
}

export interface ProbeReport {
  readonly schemaVersion: 1;
  readonly url: string;
  readonly hops: readonly HopReport[];
  readonly firstFailing: string | null;
  readonly held: number | null;
  readonly closed: Closed | null;
  /** Between the pings while it was held; null: it was silent. */
  readonly pingSeconds: number | null;
  /** The answer in sentences: what is wrong, where, what next. */
  readonly summary: readonly string[];
  /** What is known of the proxies and CDNs recognised. */
  readonly limits: readonly { readonly product: string; readonly text: string; readonly source: string }[];
  readonly works: boolean;
}
