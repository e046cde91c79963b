import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoctorReport } from '../../src/doctor/types';
import { runCli } from '../helpers/run-cli';
import { answering, rough, switching, type Rough } from './servers';

let directory = '';
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'nwl-beside-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SWITCH =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; proxy_set_header Host $http_host; proxy_read_timeout 1h;';

/** What doctor says of a server that behaves so, beside a configuration in whose location stands `more`. */
async function examined(
  server: Rough,
  more = '',
  argv: readonly string[] = [],
  pass = '127.0.0.1:1',
): Promise<DoctorReport> {
  const location = `location /ws { proxy_pass http://${pass}; ${SWITCH} ${more} }`;
  const http = `limit_conn_zone $host zone=z:1m; proxy_cache_path c keys_zone=p:1m; upstream none { server 127.0.0.1:1 down; }`;
  const text = `events {} http { ${http} server { listen ${server.port}; location = /auth { return 204; } ${location} } }`;
  writeFileSync(join(directory, 'nginx.conf'), text);
  const url = `ws://127.0.0.1:${server.port}/ws`;
  const given = ['doctor', url, '--conf', 'nginx.conf', '--format', 'json', ...argv];
  const { stdout } = await runCli(given, directory);
  await server.close();
  return JSON.parse(stdout) as DoctorReport;
}

const page = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nServer: nginx\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const ofNginx = (status: string): string => page(status, `<h1>${status}</h1>\r\n<hr><center>nginx</center>`);
const with_ = (bytes: string): Promise<Rough> => rough(answering((_, socket) => (socket.end(bytes), '')));

describe('an answer that differs from the configuration', () => {
  test.each([
    ['503 of limit_conn', ofNginx('503 x'), 'limit_conn z 1;', undefined, 'limit_conn z 1 (nginx.conf:1) may'],
    ['500 of auth_request', ofNginx('500 x'), 'auth_request /auth;', undefined, 'auth_request /auth'],
    ['too many headers', ofNginx('400 Request Header Or Cookie Too Large'), '', undefined, 'too long or too many'],
    ['no answer', '', '', undefined, 'client_header_timeout 0'],
    ['200 from the cache', page('200 OK', 'x'), 'proxy_cache p;', undefined, 'proxy_cache p'],
    ['the backend’s 403', page('403 Forbidden', 'x'), '', undefined, 'reasons of its own'],
    ['502', ofNginx('502 Bad Gateway'), '', undefined, 'the backend is down'],
    ['all servers down', ofNginx('502 Bad Gateway'), '', 'none', 'every server of none is down'],
  ])('%s is explained without an older configuration', async (_, bytes, more, pass, says) => {
    const { configuration } = await examined(await with_(bytes), more, [], pass);
    const text = configuration?.explanation.join('; ') ?? '';
    expect(text).toContain(says);
    expect(text).not.toContain('older configuration');
  });

  test('where nothing explains it, an older configuration is left', async () => {
    const { configuration } = await examined(await with_(ofNginx('404 Not Found')));
    expect(configuration?.explanation.join()).toContain('older configuration');
  });

  test('what the cache answers is no refusal of the backend', async () => {
    const { configuration } = await examined(await with_(page('200 OK', 'x')), 'proxy_cache p;');
    expect(configuration?.explanation.join()).not.toContain('reasons of its own');
  });
});

describe('a connection that ends', () => {
  const ending = (frame: Buffer | null): Promise<Rough> =>
    rough(
      answering((accept, socket) => {
        setTimeout(() => (frame === null ? socket.end() : socket.end(frame)), 700);
        socket.resume();
        return switching(accept);
      }),
    );
  const failing = ({ checks }: DoctorReport): readonly string[] =>
    checks.filter(({ status }) => status === 'fail').map(({ id }) => id);

  test('for a reason unknown is no fault of the timeouts', async () => {
    const report = await examined(await ending(null), '', ['--hold', '2']);
    expect(failing(report)).toEqual(['held']);
    expect(report.configuration?.explanation.join()).not.toContain('in another hop');
  });

  test('is laid to what the log given says of it', async () => {
    const line =
      '2026/11/20 19:00:00 [error] 1#1: *3 recv() failed (104: Connection reset by peer) while proxying upgraded connection, client: 1.1.1.1, server: a, request: "GET /ws HTTP/1.1", upstream: "http://127.0.0.1:1/ws", host: "a"\n';
    writeFileSync(join(directory, 'error.log'), line);
    const { problems } = await examined(await ending(null), '', ['--hold', '2', '--log', 'error.log']);
    expect(problems.find(({ from }) => from === 'probe')?.todo).toMatch(/^the log has: an open WebSocket was reset/);
  });

  test('with a Close frame has something to do', async () => {
    const { problems } = await examined(await ending(Buffer.from([0x88, 2, 3, 0xe8])), '', ['--hold', '2']);
    expect(problems.find(({ from }) => from === 'probe')?.todo).not.toBe('');
  });
});

describe('the hop that fails, where the backend works', () => {
  let good: Rough;
  beforeAll(async () => (good = await rough(answering((accept) => switching(accept)))));
  afterAll(() => good.close());
  const hint = async (bytes: string): Promise<string> => {
    const { probe } = await examined(await with_(bytes), '', ['--direct', `ws://127.0.0.1:${good.port}/ws`]);
    return probe.summary.join('; ');
  };

  test('403 on a page of nginx is its own rule, and not Host', async () => {
    expect(await hint(ofNginx('403 Forbidden'))).not.toContain('proxy_set_header Host');
  });
  test('200 may be a cache', async () => {
    expect(await hint(page('200 OK', 'x'))).toMatch(/switches: .*cache/);
  });
  test('502 may be a 101 that does not fit', async () => {
    expect(await hint(ofNginx('502 Bad Gateway'))).toContain('proxy_buffer_size');
  });
});
