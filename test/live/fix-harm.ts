import type { ClientRequest } from '../../src/handshake/types';
import { mainRequest } from './compare';
import type { Observed } from './observe';
import { valuesOf } from './wire';

/** A request, and what a real nginx made of it before and after a fix. */
export interface Pair {
  readonly request: ClientRequest;
  readonly before: Observed;
  readonly after: Observed;
  /** Servers of an upstream take turns: which of them gets a request depends on how many came before. */
  readonly balanced: boolean;
}

/** A browser's handshake, whole: what is refused then is refused for what nginx made of it. */
export function isHandshake({ method, headers }: ClientRequest): boolean {
  return (
    method === 'GET' &&
    ['sec-websocket-key', 'sec-websocket-version'].every((name) => valuesOf(headers, name).length === 1) &&
    valuesOf(headers, 'connection').some((value) => /upgrade/i.test(value)) &&
    valuesOf(headers, 'upgrade').join() === 'websocket'
  );
}

export function isPlain({ headers }: ClientRequest): boolean {
  return valuesOf(headers, 'upgrade').length === 0;
}

/** What a fix must never do. */
export function harm({ request, before, after, balanced }: Pair): string[] {
  if (before.switched && !after.switched) return [`${request.target}: switched before the fix, now ${after.reason}`];
  if (!isPlain(request)) return [];
  // nginx did not speak HTTP/1 there; or it put an Upgrade of its own on every request, which a backend took ill: that
  // of the request, or of its auth_request
  const forced = before.received.some(({ headers }) => valuesOf(headers, 'upgrade').length > 0);
  if (before.status === null || forced) return [];
  const was = plainAnswer(before, balanced);
  const is = plainAnswer(after, balanced);
  return was === is ? [] : [`${request.method} ${request.target}: a plain request was ${was}, is ${is}`];
}

/** Connection, Upgrade and the version are what a repair may change. */
function plainAnswer(observed: Observed, balanced: boolean): string {
  const received = mainRequest(observed);
  const headers = received?.headers.filter(([name]) => !/^(?:connection|upgrade)$/i.test(name)) ?? [];
  const sent =
    received === null ? 'nowhere' : `${balanced ? 'somewhere' : received.at} ${received.method} ${received.uri}`;
  const lines = headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
  return [observed.status, observed.byBackend, observed.redirect, sent, ...lines].join(' | ');
}
