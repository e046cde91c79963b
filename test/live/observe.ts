import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { ClientRequest, Header } from '../../src/handshake/types';
import { MARK, startBackend } from './backend';
import type { Backend, Received } from './backend';
import { testCertificate } from './certificate';
import { send } from './clients';
import type { Reply } from './clients';
import { NginxRefused, findBinary, startNginx } from './nginx';
import type { Files, Verdict } from './nginx';
import { freePorts } from './ports';
import { BACKEND_PORTS, LISTEN_PORTS, TLS_PORT, realRequest, toReal, toVirtual } from './tree';
import type { Places } from './tree';
import { valuesOf } from './wire';

/** What a real nginx made of one request; ports are virtual ones again. */
export interface Observed {
  /** Null when the connection was closed without an answer. */
  readonly status: number | null;
  /** The answer came from the backend, through nginx. */
  readonly byBackend: boolean;
  /** The Location header of an answer of nginx's own. */
  readonly redirect: string | null;
  /** 101 as a browser demands it, and a message echoed. */
  readonly switched: boolean;
  /** Why not, in a few words. */
  readonly reason: string | null;
  /** Every request that reached the backend meanwhile, in the order of arrival. */
  readonly received: readonly Upstream[];
  readonly timedOut: boolean;
}

export interface Upstream {
  readonly at: string;
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: readonly Header[];
}

export type Observation = { readonly refused: Verdict } | { readonly answers: readonly Observed[] };

/** A place to run trees one after the other: ports of its own and a backend. */
export interface Bench {
  readonly places: Places;
  run(files: Files, requests: readonly ClientRequest[]): Promise<Observation>;
  close(): Promise<void>;
}

let sockets = 0;

export async function openBench(binary = findBinary() ?? 'nginx'): Promise<Bench> {
  const virtual = [...LISTEN_PORTS, TLS_PORT, ...BACKEND_PORTS];
  const real = await freePorts(virtual.length);
  const ports = new Map(virtual.map((port, index) => [port, real[index] ?? 0]));
  const socket = join(tmpdir(), `nwl-${process.pid}-${sockets++}.sock`);
  const places: Places = { ports, socket };
  const backend = await startBackend([...BACKEND_PORTS.map((port) => ports.get(port) ?? 0), socket]);
  return {
    places,
    run: (files, requests) => runTree(files, requests, places, backend, binary),
    close: () => backend.close(),
  };
}

async function runTree(
  files: Files,
  requests: readonly ClientRequest[],
  places: Places,
  backend: Backend,
  binary: string,
): Promise<Observation> {
  const started = await start(files, places, binary);
  if ('refused' in started) return started;
  try {
    const answers: Observed[] = [];
    for (const request of requests) {
      backend.take();
      const reply = await send(realRequest(request, places), 'head');
      await turns(3);
      answers.push(observed(reply, ofRequest(request, backend.take()), places));
    }
    return { answers };
  } finally {
    await started.stop();
  }
}

/** Turns of the event loop: what nginx sent before it answered has then reached the backend. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What came in for this request, as far as its User-Agent tells. */
function ofRequest(request: ClientRequest, received: readonly Received[]): Received[] {
  const [mark] = valuesOf(request.headers, 'user-agent');
  return received.filter(({ headers }) => {
    const [seen] = valuesOf(headers, 'user-agent');
    return mark === undefined || seen === undefined || seen === mark;
  });
}

async function start(
  files: Files,
  places: Places,
  binary: string,
): Promise<{ readonly refused: Verdict } | { stop(): Promise<void> }> {
  const { key, certificate } = testCertificate();
  const real = new Map([...files].map(([path, text]) => [path, toReal(text, places)]));
  for (const [path, text] of [
    ['key.pem', key],
    ['cert.pem', certificate],
    ['users', 'user:{PLAIN}secret\n'],
  ] as const) {
    if (!real.has(path)) real.set(path, text);
  }
  try {
    return await startNginx(real, binary);
  } catch (error) {
    if (error instanceof NginxRefused) return { refused: error.verdict };
    throw error;
  }
}

function observed(reply: Reply, received: readonly Received[], places: Places): Observed {
  const virtual = (text: string): string => toVirtual(text, places);
  const byBackend = valuesOf(reply.headers, MARK.toLowerCase()).length > 0;
  const location = byBackend ? undefined : valuesOf(reply.headers, 'location')[0];
  return {
    status: reply.status,
    byBackend,
    redirect: location === undefined ? null : virtual(location),
    switched: reply.refusal === null && reply.echoed,
    reason: reply.refusal === null ? (reply.echoed ? null : 'no echo') : refusalOf(reply, received),
    received: received.map(({ at, method, uri, version, headers }) => ({
      at: virtual(at),
      method,
      uri: virtual(uri),
      version,
      headers: headers.map(([name, value]) => [name, virtual(value)]),
    })),
    timedOut: reply.timedOut,
  };
}

function refusalOf(reply: Reply, received: readonly Received[]): string {
  return received.find(({ refusal }) => refusal !== null)?.refusal ?? reply.refusal ?? '';
}
