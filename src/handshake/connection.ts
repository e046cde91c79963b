import { SINCE } from '../model/version';
import type { ServerChoice } from '../model/select';
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
export function refusedConnection(run: Run, { address, listen }: ServerChoice): Refused | null {
  const { setting } = listen;
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
