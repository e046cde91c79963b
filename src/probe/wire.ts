import type { Socket } from 'node:net';

/** What one read from a connection gives. */
export type Chunk =
  | { readonly kind: 'data'; readonly data: Buffer }
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'timeout' };

/** A connection that is read on demand: what is not asked for waits in the kernel, so a flood costs no memory. */
export interface Wire {
  readonly socket: Socket;
  /** Reads what is there, or waits for it until `deadline` (of `now()`). */
  read(deadline: number): Promise<Chunk>;
  /** Puts bytes back that belong to the next reader. */
  unread(data: Buffer): void;
  /** False when the other side does not read: what would pile up here is dropped instead. */
  write(data: Buffer): boolean;
  destroy(): void;
}

const MOST_UNSENT = 64 * 1024;

export function now(): number {
  return performance.now();
}

export function createWire(socket: Socket): Wire {
  let failure: Chunk | null = null;
  let back: Buffer | null = null;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= { kind: 'error', code: error.code ?? 'error', message: error.message };
  });

  function take(): Chunk | null {
    if (back !== null) {
      const data = back;
      back = null;
      return { kind: 'data', data };
    }
    const data = socket.read() as Buffer | null;
    if (data !== null) return { kind: 'data', data };
    if (failure !== null) return failure;
    return socket.readableEnded || socket.destroyed ? { kind: 'end' } : null;
  }

  return {
    socket,
    async read(deadline) {
      for (;;) {
        const chunk = take();
        if (chunk !== null) return chunk;
        const left = deadline - now();
        if (left <= 0) return { kind: 'timeout' };
        await change(socket, left);
      }
    },
    unread(data) {
      if (data.length > 0) back = back === null ? data : Buffer.concat([data, back]);
    },
    write(data) {
      if (socket.destroyed || !socket.writable || socket.writableLength > MOST_UNSENT) return false;
      socket.write(data);
      return true;
    },
    destroy: () => void socket.destroy(),
  };
}

const EVENTS = ['readable', 'end', 'error', 'close'] as const;

/** Resolves when something happens on the socket, or after `ms`. */
function change(socket: Socket, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const event of EVENTS) socket.off(event, done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(Math.ceil(ms), 2 ** 31 - 1));
    for (const event of EVENTS) socket.on(event, done);
  });
}
