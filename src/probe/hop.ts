import { randomBytes } from 'node:crypto';
import { dial } from './dial';
import { clientFrame, createFrameReader, OPCODE, type FrameEvent } from './frames';
import { buildRequest, faultOf101 } from './handshake';
import { readHead, readPage, values, type Head } from './head';
import { isNginxPage, recognise } from './products';
import type { Closed, HeaderLine, HopReport, HopStep, HopTarget, ProbeOptions } from './types';
import { verdictOfSilence, verdictOfStatus, type Verdict } from './verdict';
import { now, type Wire } from './wire';

/** A hop after its handshake; `live` while its connection is open. */
export interface OpenHop {
  readonly report: HopReport;
  readonly live: Live | null;
}

export interface Live {
  readonly wire: Wire;
  readonly frames: (data: Buffer) => FrameEvent[];
  /** When the 101 came, and when the last byte went either way, of `now()`. */
  readonly opened: number;
  lastByte: number;
}

const PAGE = 2048;
const PAGE_WAIT_MS = 250;
/** How long a pong, or the end of a connection that dies at once, is waited for. */
const SETTLE_MS = 1000;
/** A connection that ends sooner after its 101 was never taken; later, somebody's clock ended it. */
const AT_ONCE_S = 0.4;

interface Draft {
  readonly steps: HopStep[];
  readonly fields: Partial<HopReport>;
}

/** Goes through one hop: DNS, TCP, TLS, the handshake, a first ping. */
export async function openHop(target: HopTarget, options: ProbeOptions): Promise<OpenHop> {
  const started = now();
  const dialled = await dial(target.url, { ...options, host: values(options.headers, 'host')[0] ?? null });
  const draft: Draft = { steps: [...dialled.steps], fields: { address: dialled.address, tls: dialled.tls } };
  const finish = (verdict: Verdict | null, fields: Partial<HopReport>): HopReport =>
    report(target, started, { steps: draft.steps, fields: { ...draft.fields, ...fields } }, verdict);
  if (dialled.wire === null) return { report: finish(dialled.failure, {}), live: null };

  const answer = await ask(dialled.wire, target, options);
  draft.steps.push(answer.step);
  if (answer.verdict !== null || answer.head === null) {
    dialled.wire.destroy();
    return { report: finish(answer.verdict, answer.fields), live: null };
  }
  return settle(dialled.wire, options, draft, (verdict, fields) => finish(verdict, { ...answer.fields, ...fields }));
}

interface Answer {
  readonly head: Head | null;
  readonly verdict: Verdict | null;
  readonly fields: Partial<HopReport>;
  readonly step: HopStep;
}

async function ask(wire: Wire, target: HopTarget, options: ProbeOptions): Promise<Answer> {
  const started = now();
  const request = buildRequest(target.url, options);
  wire.write(request.bytes);
  const result = await readHead(wire, started + options.timeoutMs);
  const took = Math.round(now() - started);
  if (result.kind !== 'head') {
    const verdict = verdictOfSilence(result, options.timeoutMs);
    return { head: null, verdict, fields: {}, step: { step: 'http', ok: false, detail: verdict.detail, ms: took } };
  }
  const { head } = result;
  const page = head.status === 101 ? '' : await readPage(wire, head, PAGE, PAGE_WAIT_MS);
  const fault = head.status === 101 ? faultOf101(head, request.key, options.subprotocols) : null;
  const verdict: Verdict | null =
    head.status !== 101 ? verdictOfStatus(head, page) : fault === null ? null : { cause: 'bad-switch', detail: fault };
  const detail = `HTTP/${head.version} ${head.status} ${head.reason}`.trim();
  return {
    head,
    verdict,
    fields: answerFields(head, page),
    step: { step: 'http', ok: verdict === null, detail, ms: took },
  };
}

function answerFields(head: Head, page: string): Partial<HopReport> {
  return {
    status: head.status,
    headers: head.headers.slice(0, 100).map(maskCookie),
    redirect: values(head.headers, 'location')[0] ?? null,
    products: recognise(head.headers, page),
    nginxPage: isNginxPage(page),
    subprotocol: values(head.headers, 'sec-websocket-protocol')[0] ?? null,
  };
}

function maskCookie([name, value]: HeaderLine): HeaderLine {
  return /^(set-cookie|authorization|www-authenticate|proxy-authenticate)$/i.test(name)
    ? [name, value.replace(/=[^;,\s]*/, '=***')]
    : [name, value.slice(0, 1024)];
}

/** What is seen in the first moments after the 101. */
interface Seen {
  pongMs: number | null;
  received: string | null;
  closed: Closed | null;
  broken: string | null;
}

/** One ping, and the message to send if there is one: does the tunnel carry, and does it live? */
async function settle(
  wire: Wire,
  options: ProbeOptions,
  draft: Draft,
  finish: (verdict: Verdict | null, fields: Partial<HopReport>) => HopReport,
): Promise<OpenHop> {
  const opened = now();
  const live: Live = { wire, frames: createFrameReader(), opened, lastByte: opened };
  const nonce = randomBytes(4);
  wire.write(clientFrame(OPCODE.ping, nonce));
  if (options.send !== null) wire.write(clientFrame(OPCODE.text, Buffer.from(options.send, 'utf8')));
  const seen: Seen = { pongMs: null, received: null, closed: null, broken: null };
  const deadline = opened + Math.max(SETTLE_MS, options.send === null ? 0 : options.timeoutMs);
  while (!settled(seen, options) && now() < deadline) {
    const events = await step(live, deadline);
    if (events === null) break;
    for (const event of events) note(event, seen, live, nonce, options.send);
  }
  const verdict = verdictOfTunnel(seen);
  draft.steps.push({
    step: 'websocket',
    ok: verdict === null,
    detail: verdict?.detail ?? (seen.pongMs === null ? 'open; no pong to a ping' : 'open; answers a ping'),
    ms: Math.round(now() - opened),
  });
  const echo = options.send === null ? null : { sent: options.send, received: seen.received };
  const over = verdict !== null || seen.closed !== null;
  if (over) wire.destroy();
  const closed = verdict === null ? seen.closed : null;
  return { report: finish(verdict, { pongMs: seen.pongMs, echo, closed }), live: over ? null : live };
}

function settled(seen: Seen, options: ProbeOptions): boolean {
  if (seen.closed !== null || seen.broken !== null) return true;
  return seen.pongMs !== null && (options.send === null || seen.received !== null);
}

function note(event: FrameEvent, seen: Seen, live: Live, nonce: Buffer, sent: string | null): void {
  if (event.kind === 'pong' && event.payload.equals(nonce)) seen.pongMs ??= Math.round(now() - live.opened);
  if (event.kind === 'message') seen.received ??= messageText(event.start, event.text, event.bytes, sent);
  if (event.kind === 'close') seen.closed ??= closing(live, 'server', event.code, event.reason);
  if (event.kind === 'broken') seen.broken ??= event.why;
}

/** An echo may come back as binary. */
function messageText(start: Buffer, text: boolean, bytes: number, sent: string | null): string {
  const shown = start.toString('utf8');
  return text || shown === sent ? shown : `${bytes} bytes`;
}

function verdictOfTunnel(seen: Seen): Verdict | null {
  if (seen.broken !== null) {
    return { cause: 'bad-frames', detail: `after the 101 what comes is no WebSocket: ${seen.broken}` };
  }
  if (seen.closed?.code !== 1006 || seen.closed.afterSeconds > AT_ONCE_S) return null;
  const detail =
    'answered 101, and the connection ended at once without a Close frame: the backend gives up after its own 101 (Tornado over HTTP/1.0 does: http-version), or a subrequest switched (upgrade-in-subrequest)';
  return { cause: 'closed-at-once', detail };
}

/**
 * Reads once and answers pings, as RFC 6455 5.5.2 asks of every endpoint. A connection that ends becomes a `close`
 * event with code 1006. null: the deadline came first.
 */
export async function step(live: Live, deadline: number): Promise<readonly FrameEvent[] | null> {
  const chunk = await live.wire.read(deadline);
  if (chunk.kind === 'timeout') return null;
  if (chunk.kind === 'end') return [{ kind: 'close', code: 1006, reason: '' }];
  if (chunk.kind === 'error') return [{ kind: 'close', code: 1006, reason: chunk.code }];
  live.lastByte = now();
  const events = live.frames(chunk.data);
  for (const event of events) {
    if (event.kind === 'ping') live.wire.write(clientFrame(OPCODE.pong, event.payload));
  }
  return events;
}

export function closing(live: Live, by: string, code: number, reason: string): Closed {
  const at = now();
  return {
    by: code === 1006 ? 'unknown' : by,
    code,
    reason: reason === '' ? null : reason,
    afterSeconds: tenths(at - live.opened),
    idleSeconds: tenths(at - live.lastByte),
  };
}

export function tenths(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function report(target: HopTarget, started: number, draft: Draft, verdict: Verdict | null): HopReport {
  return {
    name: target.name,
    url: target.url.shown,
    outcome: verdict === null ? 'switches' : 'fails',
    status: null,
    cause: verdict?.cause ?? null,
    detail: verdict?.detail ?? 'answers 101 with a valid Sec-WebSocket-Accept',
    ms: Math.round(now() - started),
    address: null,
    tls: null,
    headers: [],
    redirect: null,
    products: [],
    nginxPage: false,
    subprotocol: null,
    pongMs: null,
    echo: null,
    held: null,
    closed: null,
    ...draft.fields,
    steps: draft.steps,
  };
}
