import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Header } from '../../src/handshake/types';
import { CLOSE, acceptFor, readBody, readFrame, readHead, tokensOf, valuesOf, writeFrame } from './wire';
import type { Head } from './wire';

/** A request as it came over the wire. */
export interface Received {
  /** The port or the socket's path that it came to. */
  readonly at: string;
  readonly method: string;
  readonly uri: string;
  /** `HTTP/1.1` */
  readonly version: string;
  readonly headers: readonly Header[];
  readonly body: string;
  /** Why it is no handshake for a strict server; null when it is one, or is not meant to be one. */
  readonly refusal: string | null;
  readonly switched: boolean;
}

/** The strict backend B of the design: RFC 6455 to the letter, echoes messages, dumps plain requests as JSON. */
export interface Backend {
  /** What came in since the last `take`, in the order of arrival. */
  take(): Received[];
  close(): Promise<void>;
}

/** Every answer of B carries this field, so that a client can tell it from nginx's own. */
export const MARK = 'X-Backend';

/** Listens on ports of 127.0.0.1 and on paths of unix sockets. */
export async function startBackend(places: readonly (number | string)[]): Promise<Backend> {
  let received: Received[] = [];
  const sockets = new Set<Socket>();
  const servers = await Promise.all(
    places.map((place) =>
      listen(place, (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        serve(socket, String(place), (request) => received.push(request));
      }),
    ),
  );
  return {
    take() {
      const taken = received;
      received = [];
      return taken;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function listen(place: number | string, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept);
    server.once('error', reject);
    if (typeof place === 'number') server.listen(place, '127.0.0.1', () => resolve(server));
    else server.listen(place, () => resolve(server));
  });
}

/** One request per connection: every answer but a 101 closes it. */
function serve(socket: Socket, at: string, record: (request: Received) => void): void {
  let bytes: Buffer = Buffer.alloc(0);
  let open = false;
  let answered = false;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (open) {
      bytes = echo(socket, bytes);
      return;
    }
    const taken = answered ? null : takeRequest(bytes, at);
    if (taken === null) return;
    answered = true;
    record(taken.request);
    open = taken.request.switched;
    bytes = bytes.subarray(taken.size);
    answer(socket, taken.request);
  });
}

function takeRequest(bytes: Buffer, at: string): { request: Received; size: number } | null {
  const head = readHead(bytes);
  if (head === null) return null;
  const body = readBody(bytes.subarray(head.size), head.headers);
  // A subrequest of auth_request or mirror is a GET that may announce its main request's body and send none of it.
  if (!body.done && !body.untilClose && !head.line.startsWith('GET ')) return null;
  const size = head.size + (body.untilClose ? 0 : body.size);
  return { request: judge(head, at, body.untilClose ? '' : body.bytes.toString('latin1')), size };
}

function judge(head: Head, at: string, body: string): Received {
  const [, method = '', uri = '', version = ''] = /^(\S+) (.*) (HTTP\/\d\.\d)$/.exec(head.line) ?? [];
  // A request without Upgrade is a plain one, whatever else it carries: what auth_request asks, for one.
  const meant = valuesOf(head.headers, 'upgrade').length > 0;
  const refusal = meant ? whyNot(method, version, head.headers) : null;
  return { at, method, uri, version, headers: head.headers, body, refusal, switched: meant && refusal === null };
}

/** Design part 1, "the strict backend B", in its order; null: a valid handshake. */
function whyNot(method: string, version: string, headers: readonly Header[]): string | null {
  const hosts = valuesOf(headers, 'host');
  const upgrades = valuesOf(headers, 'upgrade');
  const connection = tokensOf(headers, 'connection');
  const keys = valuesOf(headers, 'sec-websocket-key');
  const versions = valuesOf(headers, 'sec-websocket-version');
  if (method !== 'GET') return `method ${method}`;
  if (version !== 'HTTP/1.1') return `version ${version}`;
  if (hosts.length !== 1 || hosts[0] === '') return `${hosts.length} Host fields: ${hosts.join(' | ')}`;
  if (upgrades.length !== 1) return `${upgrades.length} Upgrade fields: ${upgrades.join(' | ')}`;
  if (upgrades[0]?.toLowerCase() !== 'websocket') return `Upgrade: ${upgrades[0]}`;
  if (!connection.includes('upgrade')) return `Connection: ${connection.join(', ')}`;
  if (connection.includes('close')) return `Connection: ${connection.join(', ')}`;
  if (keys.length !== 1 || !isKey(keys[0] ?? '')) return `Sec-WebSocket-Key: ${keys.join(' | ')}`;
  if (versions.length !== 1 || versions[0] !== '13') return `Sec-WebSocket-Version: ${versions.join(' | ')}`;
  return null;
}

function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{22}==$/.test(text);
}

function answer(socket: Socket, request: Received): void {
  if (request.switched) {
    socket.write(handshakeAnswer(request), 'latin1');
    return;
  }
  const refused = request.refusal !== null;
  const body = refused
    ? `${request.refusal}\n`
    : JSON.stringify({ ...request, refusal: undefined, switched: undefined });
  const status = refused ? '400 Bad Request' : '200 OK';
  const type = refused ? 'text/plain' : 'application/json';
  const length = Buffer.byteLength(body);
  const head = `HTTP/1.1 ${status}\r\n${MARK}: ${request.at}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n`;
  socket.end(`${head}Connection: close\r\n\r\n${request.method === 'HEAD' ? '' : body}`);
}

function handshakeAnswer(request: Received): string {
  const key = valuesOf(request.headers, 'sec-websocket-key')[0] ?? '';
  const offered = tokensOf(request.headers, 'sec-websocket-protocol')[0];
  return [
    'HTTP/1.1 101 Switching Protocols',
    `${MARK}: ${request.at}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptFor(key)}`,
    ...(offered === undefined ? [] : [`Sec-WebSocket-Protocol: ${offered}`]),
    '\r\n',
  ].join('\r\n');
}

/** Answers the whole frames in `bytes` and returns what is left. Unmasked ones end the connection (RFC 6455, 5.1). */
function echo(socket: Socket, bytes: Buffer): Buffer {
  let rest = bytes;
  for (let frame = readFrame(rest); frame !== null; frame = readFrame(rest)) {
    rest = rest.subarray(frame.size);
    if (!frame.masked || frame.opcode === CLOSE) {
      socket.end(writeFrame(CLOSE, Buffer.alloc(0), null));
      return Buffer.alloc(0);
    }
    socket.write(writeFrame(frame.opcode, frame.payload, null));
  }
  return rest;
}
