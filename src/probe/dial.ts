import { lookup } from 'node:dns';
import { connect as tcpConnect, isIP, type Socket } from 'node:net';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';
import type { Cause, HopStep, TlsFacts, WsUrl } from './types';
import { createWire, now, type Wire } from './wire';

export interface DialFailure {
  readonly cause: Cause;
  readonly detail: string;
}

export interface Dialled {
  readonly wire: Wire | null;
  readonly address: string | null;
  readonly tls: TlsFacts | null;
  readonly steps: readonly HopStep[];
  readonly failure: DialFailure | null;
}

/** Addresses tried of one name: a host with more has more to be down than its network. */
const MOST_ADDRESSES = 6;

export interface DialOptions {
  readonly timeoutMs: number;
  readonly insecure: boolean;
  /** The Host header, when one is stated: what TLS asks an IP address for. */
  readonly host: string | null;
}

/** DNS, TCP and, for wss, TLS, each step bounded by `timeoutMs` and told apart from the others. */
export async function dial(url: WsUrl, options: DialOptions): Promise<Dialled> {
  const { timeoutMs } = options;
  const steps: HopStep[] = [];
  const started = now();
  const found = await resolve(url.host, timeoutMs);
  if ('cause' in found) {
    steps.push(step('dns', false, found.detail, started));
    return { wire: null, address: null, tls: null, steps, failure: found };
  }
  if (isIP(url.host) === 0) steps.push(step('dns', true, found.addresses.join(', '), started));

  const dialling = now();
  const reached = await reach(found.addresses, url.port, timeoutMs);
  if ('cause' in reached) {
    steps.push(step('tcp', false, reached.detail, dialling));
    return { wire: null, address: null, tls: null, steps, failure: reached };
  }
  steps.push(step('tcp', true, reached.address, dialling));
  if (!url.secure) {
    return { wire: createWire(reached.socket), address: reached.address, tls: null, steps, failure: null };
  }
  return secure(url, reached, options, steps);
}

function step(name: HopStep['step'], ok: boolean, detail: string, since: number): HopStep {
  return { step: name, ok, detail, ms: Math.round(now() - since) };
}

function resolve(host: string, timeoutMs: number): Promise<{ readonly addresses: readonly string[] } | DialFailure> {
  if (isIP(host) !== 0) return Promise.resolve({ addresses: [host] });
  return new Promise((done) => {
    const late = `no answer from DNS for ${host} within ${seconds(timeoutMs)}`;
    const timer = setTimeout(() => done({ cause: 'dns', detail: late }), timeoutMs);
    lookup(host, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      if (error !== null) done({ cause: 'dns', detail: dnsText(host, error.code) });
      else done({ addresses: addresses.slice(0, MOST_ADDRESSES).map((entry) => entry.address) });
    });
  });
}

function dnsText(host: string, code: string | undefined): string {
  if (code === 'EAI_AGAIN') return `the name ${host} cannot be resolved now (EAI_AGAIN): no DNS server answers`;
  return `no such host: ${host} (${code ?? 'DNS error'})`;
}

interface Reached {
  readonly socket: Socket;
  readonly address: string;
}

async function reach(addresses: readonly string[], port: number, timeoutMs: number): Promise<Reached | DialFailure> {
  let failure: DialFailure = { cause: 'unreachable', detail: 'the name has no address' };
  const deadline = now() + timeoutMs;
  for (const [index, host] of addresses.entries()) {
    const share = Math.max(50, (deadline - now()) / (addresses.length - index));
    const result = await connectTo(host, port, share);
    if (!('cause' in result)) return result;
    failure = result;
  }
  return failure;
}

function connectTo(host: string, port: number, timeoutMs: number): Promise<Reached | DialFailure> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((done) => {
    const socket = tcpConnect({ host, port, noDelay: true });
    const fail = (failure: DialFailure): void => {
      clearTimeout(timer);
      socket.destroy();
      done(failure);
    };
    const timer = setTimeout(
      () => fail({ cause: 'connect-timeout', detail: `${address} does not answer within ${seconds(timeoutMs)}` }),
      timeoutMs,
    );
    socket.once('error', (error: NodeJS.ErrnoException) => fail(tcpFailure(address, error)));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      socket.on('error', () => undefined);
      done({ socket, address });
    });
  });
}

function tcpFailure(address: string, error: NodeJS.ErrnoException): DialFailure {
  switch (error.code) {
    case 'ECONNREFUSED':
      return { cause: 'refused', detail: `${address} refuses the connection: nothing listens there` };
    case 'ETIMEDOUT':
      return { cause: 'connect-timeout', detail: `${address} does not answer (ETIMEDOUT)` };
    case 'ECONNRESET':
      return { cause: 'reset', detail: `${address} resets the connection` };
    default:
      return { cause: 'unreachable', detail: `${address} cannot be reached (${error.code ?? error.message})` };
  }
}

/** TLS as a browser asks for it: SNI, and ALPN with http/1.1 alone, because WebSocket needs HTTP/1.1. */
async function secure(url: WsUrl, reached: Reached, options: DialOptions, steps: HopStep[]): Promise<Dialled> {
  const started = now();
  const result = await shakeHands(serverName(url, options), reached.socket, options.timeoutMs);
  if ('cause' in result) {
    steps.push(step('tls', false, result.detail, started));
    reached.socket.destroy();
    return { wire: null, address: reached.address, tls: null, steps, failure: result };
  }
  const tls = facts(result);
  const text = [tls.protocol, tls.alpn === null ? 'no ALPN' : `ALPN ${tls.alpn}`, certificateText(tls)];
  const refused = !tls.trusted && !options.insecure;
  steps.push(step('tls', !refused, text.filter((part) => part !== null).join(', '), started));
  const common = { address: reached.address, tls, steps };
  if (!refused) return { wire: createWire(result), failure: null, ...common };
  result.destroy();
  const detail = `the certificate is not trusted: ${tls.problem ?? 'unknown reason'}; a browser refuses it (--insecure goes on)`;
  return { wire: null, failure: { cause: 'tls-certificate', detail }, ...common };
}

/** A name for an address: that of the Host header, as a proxy before it would ask for it. */
function serverName(url: WsUrl, { host }: DialOptions): string {
  return isIP(url.host) !== 0 && host !== null ? host.replace(/:\d+$/, '') : url.host;
}

function shakeHands(name: string, socket: Socket, timeoutMs: number): Promise<TLSSocket | DialFailure> {
  return new Promise((done) => {
    const tls = tlsConnect({
      socket,
      ALPNProtocols: ['http/1.1'],
      // Checked by the caller, who reports the certificate before refusing it.
      rejectUnauthorized: false,
      // What the certificate is checked against; as SNI an address is not allowed (RFC 6066, 3).
      host: name,
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    const fail = (failure: DialFailure): void => {
      clearTimeout(timer);
      tls.destroy();
      done(failure);
    };
    const timer = setTimeout(
      () => fail({ cause: 'tls-handshake', detail: `the TLS handshake is not finished within ${seconds(timeoutMs)}` }),
      timeoutMs,
    );
    tls.on('error', (error: NodeJS.ErrnoException) => fail(tlsFailure(error)));
    tls.once('close', () => fail({ cause: 'tls-handshake', detail: 'the connection ends during the TLS handshake' }));
    tls.once('secureConnect', () => {
      clearTimeout(timer);
      tls.removeAllListeners('close');
      done(tls);
    });
  });
}

function tlsFailure(error: NodeJS.ErrnoException): DialFailure {
  const text = `${error.code ?? ''} ${error.message}`;
  if (/WRONG_VERSION_NUMBER|wrong version number|packet length too long|PACKET_LENGTH_TOO_LONG/i.test(text)) {
    return { cause: 'not-tls', detail: 'the port does not speak TLS: is it a plain ws:// port?' };
  }
  if (/no.?application.?protocol/i.test(text)) {
    const detail = 'the server refuses http/1.1 in ALPN: it takes HTTP/2 only, and WebSocket needs HTTP/1.1';
    return { cause: 'http2-only', detail };
  }
  if (/certificate.required|handshake failure.*certificate/i.test(text)) {
    return { cause: 'client-certificate', detail: 'the server asks for a client certificate' };
  }
  return { cause: 'tls-handshake', detail: `the TLS handshake fails: ${shortTls(error)}` };
}

/** OpenSSL's errors carry addresses, files and line numbers: only the reason says something. */
function shortTls(error: NodeJS.ErrnoException): string {
  const reason = (error as { readonly reason?: string }).reason;
  return reason ?? error.code ?? error.message.split('\n')[0] ?? 'unknown error';
}

function facts(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate();
  const problem = socket.authorized ? null : String(socket.authorizationError);
  return {
    protocol: socket.getProtocol(),
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    subject: first(certificate.subject?.CN),
    issuer: first(certificate.issuer?.CN),
    names: certificate.subjectaltname ?? null,
    validTo: certificate.valid_to ?? null,
    trusted: socket.authorized,
    problem: problem === null ? null : problemText(problem),
  };
}

function first(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : (value[0] ?? null);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a self-signed certificate that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known here (is the intermediate certificate missing?)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known here (is the intermediate certificate missing?)',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

function problemText(problem: string): string {
  const code = /[A-Z][A-Z_]{6,}/.exec(problem)?.[0] ?? problem;
  const text = PROBLEMS[code];
  return text === undefined ? problem : `${text} (${code})`;
}

function certificateText(tls: TlsFacts): string | null {
  if (tls.subject === null && tls.names === null) return null;
  return `certificate for ${tls.subject ?? tls.names ?? '?'}, until ${tls.validTo ?? '?'}`;
}

export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
