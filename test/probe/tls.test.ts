import type { AddressInfo } from 'node:net';
import { createSecureContext, createServer, type Server } from 'node:tls';
import { testCertificate } from '../live/certificate';
import { front } from './run';
import { answering, switching } from './servers';

/** A TLS server that notes the names that it was asked for. */
function start(names: string[], alpn: readonly string[]): Promise<Server> {
  const { key, certificate } = testCertificate();
  const server = createServer(
    {
      key,
      cert: certificate,
      ALPNProtocols: [...alpn],
      SNICallback: (name, done) => {
        names.push(name);
        done(null, createSecureContext({ key, cert: certificate }));
      },
    },
    (socket) => {
      socket.on('error', () => undefined);
      answering((accept, to) => (to.resume(), switching(accept)))(socket);
    },
  );
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('TLS', () => {
  test.each([
    ['localhost', [], ['localhost']],
    ['127.0.0.1', [], []],
    ['127.0.0.1', [['Host', 'a.test:444']], ['a.test']],
  ] as const)('%s with %j asks for %j', async (host, headers, expected) => {
    const names: string[] = [];
    const server = await start(names, ['http/1.1']);
    const { port } = server.address() as AddressInfo;
    const hop = await front(`wss://${host}:${port}/`, { headers, insecure: true });
    server.close();
    expect(hop).toMatchObject({ outcome: 'switches', tls: { alpn: 'http/1.1', trusted: false } });
    expect(names).toEqual(expected);
  });

  test('a server that takes HTTP/2 only', async () => {
    const server = await start([], ['h2']);
    const { port } = server.address() as AddressInfo;
    const hop = await front(`wss://localhost:${port}/`, { insecure: true });
    server.close();
    expect(hop).toMatchObject({ outcome: 'fails', cause: 'http2-only', status: null });
  });
});
