import { front, run } from '../probe/run';
import { testCertificate } from './certificate';
import { FAULTS, SWITCH, faultyServer, startBackends, type Backends } from './faults';
import { describeLive, nginxVersion, startNginx, PREAMBLE, type Nginx } from './nginx';
import { freePorts } from './ports';

function tree(http: string): ReadonlyMap<string, string> {
  return new Map([
    ['nginx.conf', http.startsWith('events') ? http : `events {} http { ${PREAMBLE.join(' ')} ${http} }`],
    ['key.pem', testCertificate().key],
    ['cert.pem', testCertificate().certificate],
  ]);
}

describeLive('probe, through a real nginx', () => {
  let backends: Backends;
  let nginx: Nginx;
  let port = 0;

  beforeAll(async () => {
    backends = await startBackends();
    [port = 0] = await freePorts(1);
    nginx = await startNginx(tree(faultyServer(backends, `127.0.0.1:${port}`)));
  });
  afterAll(async () => {
    await nginx.stop();
    await backends.close();
  });

  test.each(FAULTS.map((fault) => [fault.path, fault] as const))(
    '%s',
    async (path, { cause, blamed, status, direct }) => {
      const url = `ws://127.0.0.1:${port}${path}`;
      const report = await run({ front: url, direct: `ws://127.0.0.1:${backends[direct]}/ws` }, { timeoutMs: 1000 });
      expect(report.hops[0]).toMatchObject({ outcome: cause === null ? 'switches' : 'fails', cause, status });
      expect(report).toMatchObject({ firstFailing: blamed, works: cause === null });
    },
  );

  test('a message echoes through it', async () => {
    const hop = await front(`ws://127.0.0.1:${port}/ok/ws`, { send: 'hello' });
    expect(hop).toMatchObject({ outcome: 'switches', echo: { sent: 'hello', received: 'hello' } });
  });

  test('an Origin that is stated is sent', async () => {
    const url = `ws://127.0.0.1:${port}/strict/ws`;
    const origin = `http://127.0.0.1:${backends.good}`;
    expect(await front(url, { origin })).toMatchObject({ outcome: 'switches' });
  });
});

describeLive('probe, holding through a real nginx', () => {
  let backends: Backends;
  let nginx: Nginx;
  let port = 0;

  beforeAll(async () => {
    backends = await startBackends();
    [port = 0] = await freePorts(1);
    const pass = (to: number): string => `proxy_pass http://127.0.0.1:${to}; ${SWITCH}`;
    const server = `server { listen 127.0.0.1:${port};
      location /cut { ${pass(backends.good)} proxy_read_timeout 2s; }
      location /impatient { ${pass(backends.impatient)} } }`;
    nginx = await startNginx(tree(server));
  });
  afterAll(async () => {
    await nginx.stop();
    await backends.close();
  });

  test.concurrent('an idle timeout of 2 s is the front’s: the backend stays open', async () => {
    const hops = { front: `ws://127.0.0.1:${port}/cut`, direct: `ws://127.0.0.1:${backends.good}/` };
    const report = await run(hops, { holdMs: 2800 });
    expect(report).toMatchObject({ works: false, firstFailing: null, closed: { by: 'front', code: 1006 } });
    expect(report.closed?.idleSeconds).toBeCloseTo(2, 0);
    expect(report.held).toBeCloseTo(2, 0);
    expect(report.hops[1]).toMatchObject({ closed: null });
  });

  test.concurrent('a ping more often than that keeps it open', async () => {
    const report = await run({ front: `ws://127.0.0.1:${port}/cut` }, { holdMs: 2800, pingMs: 900 });
    expect(report).toMatchObject({ works: true, closed: null });
  });

  test.concurrent('a backend that ends after 1 s is the one to blame', async () => {
    const hops = { front: `ws://127.0.0.1:${port}/impatient`, direct: `ws://127.0.0.1:${backends.impatient}/` };
    expect(await run(hops, { holdMs: 2000 })).toMatchObject({ closed: { by: 'direct', code: 1006 } });
  });
});

describeLive('probe, through two nginx in a row', () => {
  const bare = '';
  test.each([
    ['the outer one drops the headers', bare, SWITCH, 'front'],
    ['the inner one drops the headers', SWITCH, bare, 'inner'],
    ['neither does', SWITCH, SWITCH, null],
  ])('%s', async (_, outer, inner, blamed) => {
    const backends = await startBackends();
    const [a = 0, b = 0] = await freePorts(2);
    const server = (listen: number, to: number, headers: string): string =>
      `server { listen 127.0.0.1:${listen}; location / { proxy_pass http://127.0.0.1:${to}; ${headers} } }`;
    const nginx = await startNginx(tree(server(a, b, outer) + server(b, backends.good, inner)));
    const hops = {
      front: `ws://127.0.0.1:${a}/`,
      inner: `ws://127.0.0.1:${b}/`,
      direct: `ws://127.0.0.1:${backends.good}/`,
    };
    const report = await run(hops);
    await nginx.stop();
    await backends.close();
    expect(report.firstFailing).toBe(blamed);
    expect(report.hops.map(({ outcome }) => outcome === 'switches')).toEqual([
      blamed === null,
      blamed !== 'inner',
      true,
    ]);
  });
});

describeLive('probe, over TLS', () => {
  let backends: Backends;
  let nginx: Nginx;
  let port = 0;
  let plain = 0;

  beforeAll(async () => {
    backends = await startBackends();
    [port = 0, plain = 0] = await freePorts(2);
    const old = nginxVersion() < 1_025_001;
    const location = `location / { proxy_pass http://127.0.0.1:${backends.good}; ${SWITCH} }`;
    nginx = await startNginx(
      tree(`server { listen 127.0.0.1:${port} ssl${old ? ' http2' : ''}; ${old ? '' : 'http2 on;'}
        ssl_certificate cert.pem; ssl_certificate_key key.pem; ${location} }
        server { listen 127.0.0.1:${plain} http2; ${location} }`),
    );
  });
  afterAll(async () => {
    await nginx.stop();
    await backends.close();
  });

  test('a self-made certificate is refused, and reported', async () => {
    const hop = await front(`wss://localhost:${port}/`);
    expect(hop).toMatchObject({
      outcome: 'fails',
      cause: 'tls-certificate',
      tls: { trusted: false, subject: 'localhost' },
    });
    expect(hop.detail).toContain('self-signed');
  });

  test('--insecure goes on, and HTTP/1.1 is agreed on beside HTTP/2', async () => {
    const hop = await front(`wss://localhost:${port}/`, { insecure: true });
    expect(hop).toMatchObject({ outcome: 'switches', tls: { alpn: 'http/1.1' } });
  });

  test('ws:// to the TLS port', async () => {
    expect(await front(`ws://localhost:${port}/`)).toMatchObject({
      outcome: 'fails',
      cause: 'plain-to-tls',
      status: 400,
    });
  });

  test('wss:// to a plain port', async () => {
    expect(await front(`wss://127.0.0.1:${backends.good}/`)).toMatchObject({ outcome: 'fails', cause: 'not-tls' });
  });

  test('a plain port with http2: only below 1.25.1 does it know nothing else', async () => {
    const expected = nginxVersion() < 1_025_001 ? { outcome: 'fails', cause: 'http2-only' } : { outcome: 'switches' };
    expect(await front(`ws://127.0.0.1:${plain}/`)).toMatchObject(expected);
  });
});
