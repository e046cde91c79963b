import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ClientRequest, Header } from '../../src/handshake/types';
import { TEXT, acceptFor, readBody, readFrame, readHead, tokensOf, valuesOf, writeFrame } from './wire';
import type { Head } from './wire';

/** What a client got. */
export interface Reply {
  /** Null when the connection ended without an answer. */
  readonly status: number | null;
  readonly headers: readonly Header[];
  readonly body: string;
  /** Why a browser would not take the answer for a switch to WebSocket; null when it would. */
  readonly refusal: string | null;
  /** A masked text frame came back unmasked and unchanged; false when the handshake failed already. */
  readonly echoed: boolean;
  /** No answer within the limit. */
  readonly timedOut: boolean;
}

const MESSAGE = Buffer.from('a message that must come back');
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** Sends exactly the request, with a body as long as its Content-Length says, and judges what comes back: all of it, or the head alone. */
export function send(request: ClientRequest, body: 'body' | 'head' = 'body', limit = 5_000): Promise<Reply> {
  return new Promise((resolve) => {
    const socket = open(request);
    const exchange = createExchange(request, socket, body === 'body');
    const finish = (timedOut: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(exchange.reply(timedOut));
    };
    const timer = setTimeout(() => finish(true), limit);
    socket.on('data', (chunk) => {
      if (exchange.take(chunk)) finish(false);
    });
    socket.on('close', () => finish(false));
    socket.on('error', () => undefined);
    socket.write(serialize(request), 'latin1');
  });
}

function open(request: ClientRequest): Socket {
  const at = { host: '127.0.0.1', port: request.port };
  return request.scheme === 'http'
    ? connect(at)
    : connectTls({ ...at, ...serverName(request), rejectUnauthorized: false });
}

/** Browsers name the host that they ask for, addresses aside, in the TLS handshake. */
function serverName(request: ClientRequest): { servername?: string } {
  const host = (valuesOf(request.headers, 'host')[0] ?? '').replace(/:\d*$/, '').replace(/\.$/, '');
  return /^[\d.]+$|^\[|^$/.test(host) ? {} : { servername: host };
}

/** The bytes of a request. */
export function serialize(request: ClientRequest): string {
  const length = Number(valuesOf(request.headers, 'content-length')[0] ?? 0);
  const fields = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${request.method} ${request.target} HTTP/1.1\r\n${fields}\r\n${'x'.repeat(length)}`;
}

interface Exchange {
  /** Takes what came in; true when nothing more is to come. */
  take(chunk: Buffer): boolean;
  reply(timedOut: boolean): Reply;
}

function createExchange(request: ClientRequest, socket: Socket, wantsBody: boolean): Exchange {
  let bytes: Buffer = Buffer.alloc(0);
  let head: Head | null = null;
  let echoed = false;
  const statusOf = (): number | null => (head === null ? null : Number(head.line.split(' ')[1]));
  const refusalOf = (): string | null => (head === null ? 'no answer' : whyNot(request, statusOf(), head.headers));
  const takeHead = (): void => {
    head = readHead(bytes);
    if (head === null) return;
    bytes = bytes.subarray(head.size);
    if (statusOf() === 101) socket.write(writeFrame(TEXT, MESSAGE, MASK));
  };
  const done = (): boolean => {
    if (head === null) return false;
    if (statusOf() === 101) return takeEcho();
    return !wantsBody || hasNoBody(request, statusOf()) || readBody(bytes, head.headers).done;
  };
  const takeEcho = (): boolean => {
    const frame = readFrame(bytes);
    if (frame !== null) echoed = !frame.masked && frame.opcode === TEXT && frame.payload.equals(MESSAGE);
    return frame !== null;
  };
  return {
    take(chunk) {
      bytes = Buffer.concat([bytes, chunk]);
      if (head === null) takeHead();
      return done();
    },
    reply(timedOut) {
      const headers = head?.headers ?? [];
      const body = statusOf() === 101 ? '' : readBody(bytes, headers).bytes.toString('latin1');
      return { status: statusOf(), headers, body, refusal: refusalOf(), echoed, timedOut };
    },
  };
}

function hasNoBody(request: ClientRequest, status: number | null): boolean {
  return request.method === 'HEAD' || status === 204 || status === 304;
}

/** A browser's checks (RFC 6455, 4.1; Chrome also refuses a second Upgrade or Sec-WebSocket-Accept field). */
function whyNot(request: ClientRequest, status: number | null, headers: readonly Header[]): string | null {
  const upgrades = valuesOf(headers, 'upgrade');
  const accepts = valuesOf(headers, 'sec-websocket-accept');
  const key = valuesOf(request.headers, 'sec-websocket-key')[0];
  if (status !== 101) return `status ${status}`;
  if (key === undefined) return 'no handshake was asked for';
  if (upgrades.length !== 1 || upgrades[0]?.toLowerCase() !== 'websocket') return `Upgrade: ${upgrades.join(' | ')}`;
  if (!tokensOf(headers, 'connection').includes('upgrade')) return 'Connection lacks upgrade';
  if (accepts.length !== 1 || accepts[0] !== acceptFor(key)) return `Sec-WebSocket-Accept: ${accepts.join(' | ')}`;
  return protocolRefusal(request, headers);
}

function protocolRefusal(request: ClientRequest, headers: readonly Header[]): string | null {
  const offered = tokensOf(request.headers, 'sec-websocket-protocol');
  const chosen = valuesOf(headers, 'sec-websocket-protocol');
  if (offered.length === 0) return chosen.length === 0 ? null : 'a subprotocol that was not offered';
  const fits = chosen.length === 1 && offered.includes(chosen[0]?.toLowerCase() ?? '');
  return fits ? null : `Sec-WebSocket-Protocol: ${chosen.join(' | ')}`;
}
