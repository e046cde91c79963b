import { chrome, hostHeader, plainGet, plainPost } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import type { Outcome } from '../../src/handshake/types';
import { isKnown } from '../../src/model/value';
import type { Value } from '../../src/model/value';
import { NEWEST, parseVersion } from '../../src/model/version';
import { configurationOf } from '../helpers/workspace';

export interface Ask {
  readonly target?: string;
  readonly host?: string;
  readonly port?: number;
  readonly scheme?: 'http' | 'https';
  readonly client?: 'chrome' | 'get' | 'post';
  readonly version?: string;
}

/** The settings that carry a WebSocket through, as every guide has them. */
export const WS =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';

const CLIENTS = { chrome, get: plainGet, post: plainPost };

/** `body` is the inside of a server, or of http when it holds servers. */
export function ask(body: string, question: Ask = {}): Outcome {
  const { target = '/ws', host = 'a.test', port = 80, scheme = 'http', client = 'chrome' } = question;
  const http = /\bserver\s*\{/.test(body) ? body : `server { ${body} }`;
  const configuration = configurationOf(`events {} http { ${http} }`);
  const request = CLIENTS[client]({ scheme, port, target, host: hostHeader(scheme, host, port) });
  const version = question.version === undefined ? NEWEST : (parseVersion(question.version) ?? NEWEST);
  return simulate(configuration, request, version);
}

/** `fails 301 redirected`: what became of it, nginx's own status, the faults. */
export function inShort(outcome: Outcome): string {
  const kinds = outcome.faults.map(({ kind }) => kind);
  return [outcome.outcome, outcome.status, ...kinds].filter((part) => part !== null).join(' ');
}

export function shown(value: Value | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return isKnown(value) ? value : `?${value.unknown}`;
}

/** The request line that the backend receives. */
export function lineOf({ upstream }: Outcome): string | null {
  return upstream === null
    ? null
    : `${shown(upstream.method) ?? ''} ${shown(upstream.uri) ?? ''} HTTP/${upstream.httpVersion}`;
}

/** The headers of these names that the backend receives, in order. */
export function headersOf({ upstream }: Outcome, ...names: readonly string[]): readonly string[] {
  return (upstream?.headers ?? [])
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map(({ name, value }) => `${name}: ${shown(value) ?? ''}`);
}
