import { createServer } from 'node:net';

// Below Linux's ephemeral range (32768..60999), so that no outgoing connection takes a port between the check and its use.
const FIRST = 12_000;
const COUNT = 20_000;
let next = FIRST + ((process.pid * 7919) % COUNT);

/** Five-digit ports on 127.0.0.1 that nobody listens on just now; never the same one twice in a process's life. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = (next = FIRST + ((next - FIRST + 1) % COUNT));
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
