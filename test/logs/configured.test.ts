import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogReport } from '../../src/logs/report';
import { runCli } from '../helpers/run-cli';

let directory = '';
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'nwl-logs-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SWITCH =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; proxy_read_timeout 1h;';

/** What `logs --conf` says of the lines, where /ws switches by the configuration. */
async function explained(lines: readonly string[], more = ''): Promise<LogReport> {
  const location = `location /ws { proxy_pass http://127.0.0.1:3000; ${SWITCH} ${more} }`;
  const api = 'location /api { proxy_pass http://127.0.0.1:3000; }';
  writeFileSync(join(directory, 'nginx.conf'), `events {} http { server { listen 80; ${location} ${api} } }`);
  const argv = ['logs', '-', '--conf', 'nginx.conf', '--format', 'json'];
  return JSON.parse((await runCli(argv, directory, lines.join('\n'))).stdout) as LogReport;
}

const access = (status: number, u: string): string =>
  `1.1.1.1 [20/Nov/2026:19:00:00 +0000] "GET /ws HTTP/1.1" ${status} up=websocket u=${u} rt=1.033`;
const error = (message: string, path: string): string =>
  `2026/11/20 19:00:00 [error] 1#1: *3 ${message}, client: 1.1.1.1, server: a, request: "GET ${path} HTTP/1.1", upstream: "http://127.0.0.1:3000${path}", host: "a"`;

describe('lines beside a configuration by which the handshake switches', () => {
  test.each([
    ['the backend’s own 404', access(404, '404'), 'reasons of its own'],
    ['the backend’s own 400', access(400, '400'), 'reasons of its own'],
    ['a client that left', access(499, '-'), null],
    ['a Cookie that is too long for nginx', access(400, '-'), null],
  ])('%s does not prove an older configuration', async (_, line, says) => {
    const [group] = (await explained([line])).groups;
    expect(group?.places).toHaveLength(1);
    expect(group?.places.join()).not.toContain('older configuration');
    if (says === null) expect(group?.places.join()).toMatch(/\)$/);
    else expect(group?.places.join()).toContain(says);
  });

  test('plain requests of another location are left out', async () => {
    const timeout = 'upstream timed out (110: Connection timed out) while reading response header from upstream';
    expect(await explained([error(timeout, '/api/slow')])).toMatchObject({ groups: [], otherLines: 1 });
  });

  test('a connection shorter than proxy_read_timeout was cut by proxy_send_timeout', async () => {
    const line = error('upstream timed out (110: Connection timed out) while proxying upgraded connection', '/ws');
    const { groups } = await explained([access(101, '101'), line], 'proxy_send_timeout 1s;');
    expect(groups.map(({ places }) => places.join()).join()).toContain('it was proxy_send_timeout');
  });

  test('one as long as proxy_read_timeout is not', async () => {
    const line = error('upstream timed out (110: Connection timed out) while proxying upgraded connection', '/ws');
    const { groups } = await explained(
      [access(101, '101').replace('1.033', '3600.001'), line],
      'proxy_send_timeout 1s;',
    );
    expect(groups.map(({ places }) => places.join()).join()).not.toContain('it was proxy_send_timeout');
  });
});
