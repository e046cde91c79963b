import type { ClientRequest } from '../../src/handshake/types';
import { MARK, startBackend } from './backend';
import type { Backend } from './backend';
import { testCertificate } from './certificate';
import { send } from './clients';
import { NginxRefused, PREAMBLE, describeLive, nginxTest, nginxVersion, startNginx } from './nginx';
import { freePorts } from './ports';
import { valuesOf } from './wire';

const HANDSHAKE: ClientRequest = {
  method: 'GET',
  scheme: 'http',
  port: 0,
  target: '/ws',
  headers: [
    ['Host', 'a.test'],
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ],
};
const WEBSOCKET = `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;`;

function tree(server: string): ReadonlyMap<string, string> {
  return new Map([
    ['nginx.conf', `events { worker_connections 64; } http { ${PREAMBLE.join(' ')} server { ${server} } }`],
    ['key.pem', testCertificate().key],
    ['cert.pem', testCertificate().certificate],
  ]);
}

describe('the strict backend and the client, without nginx between them', () => {
  let backend: Backend;
  let port: number;

  beforeAll(async () => {
    port = (await freePorts(1))[0] ?? 0;
    backend = await startBackend([port]);
  });
  afterAll(() => backend.close());

  const without = (name: string): ClientRequest => ({
    ...HANDSHAKE,
    port,
    headers: HANDSHAKE.headers.filter(([each]) => each !== name),
  });

  test('a handshake switches and a message echoes', async () => {
    expect(await send({ ...HANDSHAKE, port })).toMatchObject({ status: 101, refusal: null, echoed: true });
  });

  test.each(['Host', 'Connection', 'Sec-WebSocket-Version', 'Sec-WebSocket-Key'])(
    'without %s it is refused',
    async (name) => {
      expect(await send(without(name))).toMatchObject({ status: 400, echoed: false });
    },
  );

  test('without Upgrade it is a plain request', async () => {
    expect(await send(without('Upgrade'))).toMatchObject({ status: 200, refusal: 'status 200' });
  });

  test.each([
    ['Upgrade', 'websocket', '2 Upgrade fields: websocket | websocket'],
    ['Host', 'b.test', '2 Host fields: a.test | b.test'],
    ['Connection', 'close', 'Connection: upgrade, close'],
  ])('a second %s: %s is refused, and the body says why', async (name, value, reason) => {
    const headers = [...HANDSHAKE.headers, [name, value] as const];
    expect(await send({ ...HANDSHAKE, port, headers })).toMatchObject({ status: 400, body: `${reason}\n` });
  });

  test('a plain request is answered with what came in', async () => {
    backend.take();
    const headers = [['Host', 'a.test'] as const, ['content-length', '3'] as const];
    const reply = await send({ ...HANDSHAKE, port, method: 'POST', target: '/a?b', headers });
    expect(JSON.parse(reply.body)).toMatchObject({ method: 'POST', uri: '/a?b', headers, body: 'xxx' });
    expect(backend.take()).toMatchObject([{ method: 'POST', uri: '/a?b', version: 'HTTP/1.1', headers }]);
  });
});

describeLive('the harness around a real nginx', () => {
  let ports: number[];
  let backend: Backend;

  beforeAll(async () => {
    ports = await freePorts(3);
    backend = await startBackend([ports[0] ?? 0]);
  });
  afterAll(() => backend.close());

  test('a handshake passes through to the backend, over TLS too', async () => {
    const [upstream, plain, tls] = ports;
    const server = `listen 127.0.0.1:${plain}; listen 127.0.0.1:${tls} ssl; ssl_certificate cert.pem;
      ssl_certificate_key key.pem; location / { proxy_pass http://127.0.0.1:${upstream}; ${WEBSOCKET} }`;
    const nginx = await startNginx(tree(server));
    const replies = [
      await send({ ...HANDSHAKE, port: plain ?? 0 }),
      await send({ ...HANDSHAKE, port: tls ?? 0, scheme: 'https' }),
    ];
    await nginx.stop();
    expect(replies.map(({ status, refusal, echoed }) => [status, refusal, echoed])).toEqual([
      [101, null, true],
      [101, null, true],
    ]);
    expect(replies.map(({ headers }) => valuesOf(headers, MARK.toLowerCase()))).toEqual([
      [String(upstream)],
      [String(upstream)],
    ]);
  });

  test('a connection that nginx closes without an answer has no status', async () => {
    const nginx = await startNginx(tree(`listen 127.0.0.1:${ports[1]}; return 444;`));
    const reply = await send({ ...HANDSHAKE, port: ports[1] ?? 0 });
    await nginx.stop();
    expect(reply).toMatchObject({ status: null, timedOut: false });
  });

  test('nginx -t names what it refuses, with file and line', () => {
    expect(nginxTest(tree('location / {\n return 200; \n prox_pass x; }'))).toMatchObject({
      ok: false,
      message: 'unknown directive "prox_pass"',
      file: 'nginx.conf',
      line: 3,
    });
    expect(nginxTest(tree('return 204;'))).toMatchObject({ ok: true, message: '', file: null, line: null });
  });

  test('a refused configuration is not started', async () => {
    await expect(startNginx(tree('listen nonsense nonsense;'))).rejects.toBeInstanceOf(NginxRefused);
  });

  test('the version is read from the binary', () => {
    expect(nginxVersion()).toBeGreaterThanOrEqual(1_018_000);
  });
});
