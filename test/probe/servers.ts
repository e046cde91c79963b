import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createHash } from 'node:crypto';

/** A server on a free port of 127.0.0.1 that does to each connection whatever a test wants. */
export interface Rough {
  readonly port: number;
  close(): Promise<void>;
}

export function rough(serve: (socket: Socket) => void): Promise<Rough> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const close = (): Promise<void> => {
        for (const socket of sockets) socket.destroy();
        return new Promise((done) => void server.close(() => done()));
      };
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}

/** Reads the handshake, and answers it with what `answer` makes of its key. */
export function answering(answer: (accept: string, socket: Socket) => string | Buffer): (socket: Socket) => void {
  return (socket) => {
    let head = '';
    const take = (data: Buffer): void => {
      head += data.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', take);
      const key = /sec-websocket-key: (.*)/i.exec(head)?.[1] ?? '';
      socket.write(answer(acceptOf(key.trim()), socket));
    };
    socket.on('data', take);
  };
}

export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

export function switching(accept: string, ...more: readonly string[]): string {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  return [...lines, `Sec-WebSocket-Accept: ${accept}`, ...more, '', ''].join('\r\n');
}

/** Writes the same bytes for as long as the connection takes them. */
export function flood(socket: Socket, bytes: string | Buffer): void {
  const more = (): void => {
    if (!socket.destroyed && socket.writable) socket.write(bytes, () => setImmediate(more));
  };
  more();
}
