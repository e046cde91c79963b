import { SINCE } from '../model/version';
import { parseInteger } from '../model/refusals/numbers';
import type { Scope } from '../model/scope';
import type { ServerChoice } from '../model/select';
import { parseMilliseconds } from '../model/units';
import { settingHere } from './flags';
import { answer, fault, step } from './run';
import type { Move, Run } from './run';
import type { Fault } from './types';

/** A connection that never becomes a request: nginx and the client do not speak the same protocol. */
export interface Refused {
  readonly status: number | null;
  readonly fault: Fault;
}

/** What happens before any header is read: TLS and plain text mixed up, a port that speaks HTTP/2 alone. */
export function refusedConnection(run: Run, choice: ServerChoice): Refused | null {
  const { address, listen } = choice;
  const { setting } = listen;
  const early = closedAtOnce(run, choice);
  if (early !== null) return early;
  const sent = run.request.proxyProtocol;
  if (sent !== undefined && sent !== address.proxyProtocol) {
    const detail = sent
      ? 'the stream server sends the PROXY protocol, which this listen does not expect'
      : 'this listen expects the PROXY protocol, which the stream server does not send';
    return { status: sent && run.request.scheme === 'http' ? 400 : null, fault: fault('bad-request', setting, detail) };
  }
  if (run.request.scheme === 'https' && !address.ssl) {
    return { status: null, fault: fault('bad-request', setting, 'the port does not speak TLS') };
  }
  if (address.http2 && !address.ssl && !run.nginx.since(SINCE.http2Directive)) {
    return { status: null, fault: fault('h2-only-port', setting, 'the port speaks HTTP/2 alone: listen ... http2') };
  }
  return run.request.scheme === 'https' ? rejectedName(run, choice) : null;
}

/** The timer of the address's default server runs from accept() on, unless the kernel hands the data over with it. */
function closedAtOnce(run: Run, { address }: ServerChoice): Refused | null {
  const setting = settingHere(run, 'client_header_timeout', address.default.server);
  const value = setting?.directive.args[0];
  if (value === undefined || parseMilliseconds(value) !== 0) return null;
  if (address.listens.some((listen) => listen.setting?.directive.args.includes('deferred'))) return null;
  const detail = `client_header_timeout ${value}: the connection is closed at once`;
  return { status: null, fault: fault('instant-timeout', setting, detail) };
}

/** By the name in the ClientHello (ngx_http_ssl_servername); for an IP address clients send none. */
function rejectedName(run: Run, { address, server, host }: ServerChoice): Refused | null {
  const asked = /^\[|^\d+(?:\.\d+){3}$/.test(host) ? address.default.server : server;
  const setting = settingHere(run, 'ssl_reject_handshake', asked);
  if (setting?.directive.args[0]?.toLowerCase() !== 'on') return null;
  return { status: null, fault: fault('name-rejected', setting, 'ssl_reject_handshake on: unrecognized name') };
}

/** Up to the Host header the limit of the server that reads counts, from then on that of the server that Host names. */
export function tooManyHeaders(run: Run, reading: Scope): Refused | null {
  const host = run.headers.findIndex(([name]) => name.toLowerCase() === 'host');
  const limits = [reading, run.server].map((server) => settingHere(run, 'max_headers', server));
  if (limits.every((setting) => setting === null)) return null;
  for (const [index] of run.headers.entries()) {
    const setting = limits[index <= host ? 0 : 1] ?? null;
    const most = parseInteger(setting?.directive.args[0] ?? '');
    if (most === null || index < most) continue;
    const detail = `max_headers ${most}: a browser's handshake has ${run.headers.length} header lines`;
    return { status: 400, fault: fault('too-many-headers', setting, detail) };
  }
  return null;
}

/** What nginx checks once it has the headers (ngx_http_process_request): 497 without TLS, 496 without certificate. */
export function checkRequest(run: Run, { address, listen }: ServerChoice): Move {
  if (address.ssl && run.request.scheme === 'http') {
    step(run, 'a plain HTTP request came to a TLS port: 497', listen.setting);
    return answer(497, fault('bad-request', listen.setting, 'plain HTTP request to a TLS port: 400'));
  }
  const verify = run.request.scheme === 'https' ? settingHere(run, 'ssl_verify_client', run.server) : null;
  if (verify?.directive.args[0] === 'on') {
    if (run.request.open === true && run.choices.decide('whether the client has a certificate', true)) return null;
    step(run, 'the client sends no certificate: 496', verify);
    return answer(496, fault('refused-by-access', verify, 'ssl_verify_client on: 400 without a certificate'));
  }
  return null;
}
