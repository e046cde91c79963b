import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ProbeReport } from '../../src/probe/types';
import { runCli } from '../helpers/run-cli';
import { answering, rough, switching, type Rough } from './servers';

let directory = '';
let good: Rough;
let dead: Rough;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'nwl-probe-'));
  good = await rough(
    answering((accept, socket) => {
      // Answers the first ping with an unmasked pong, then keeps silent.
      socket.once('data', (frame) => {
        const key = frame.subarray(2, 6);
        socket.write(Buffer.from([0x8a, 4, ...frame.subarray(6, 10).map((byte, i) => byte ^ (key[i] ?? 0))]));
      });
      return switching(accept);
    }),
  );
  dead = await rough(() => undefined);
  await dead.close();
});
afterAll(async () => {
  await good.close();
  rmSync(directory, { recursive: true, force: true });
});

const url = (server: Rough): string => `ws://127.0.0.1:${server.port}/ws`;

describe('probe, the command', () => {
  test('0 when it switches', async () => {
    const { status, stdout, stderr } = await runCli(['probe', url(good)], directory);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('works');
  });

  test('1 when it does not, and JSON says why', async () => {
    const argv = ['probe', url(dead), '--direct', url(good), '--via', `inner=${url(dead)}`, '--format', 'json'];
    const { status, stdout } = await runCli(argv, directory);
    const report = JSON.parse(stdout) as ProbeReport;
    expect(status).toBe(1);
    expect(report).toMatchObject({ schemaVersion: 1, url: url(dead), firstFailing: 'inner', held: null, closed: null });
    expect(report.hops.map(({ name, outcome, cause }) => [name, outcome, cause])).toEqual([
      ['front', 'fails', 'refused'],
      ['inner', 'fails', 'refused'],
      ['direct', 'switches', null],
    ]);
  });

  test('a connection that ends before --hold is over is a 1', async () => {
    const short = await rough(
      answering((accept, socket) => {
        setTimeout(() => socket.end(), 600);
        return switching(accept);
      }),
    );
    const { status, stdout } = await runCli(['probe', url(short), '--hold', '2', '--format', 'json'], directory);
    await short.close();
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ firstFailing: null, closed: { code: 1006 } });
  });

  test.each([
    [[], 'takes a URL'],
    [['http://127.0.0.1/'], 'not a WebSocket URL: write ws://127.0.0.1/'],
    [['ftp://127.0.0.1/'], 'not a WebSocket URL'],
    [['127.0.0.1'], 'not a WebSocket URL'],
    [['ws://'], 'not a valid URL'],
    [['ws://a:0/'], 'no port 0'],
    [['ws://a', 'ws://b'], 'one URL'],
    [['ws://a', '--via', 'ws://b'], 'NAME=ws://host/path'],
    [['ws://a', '--via', 'front=ws://b'], 'two hops'],
    [['ws://a', '--direct', 'http://b'], 'not a WebSocket URL'],
    [['ws://a', '--header', 'no colon'], '"Name: value"'],
    [['ws://a', '--header', 'A: b\r\nC: d'], '"Name: value"'],
    [['ws://a', '--header', 'Upgrade: h2c'], 'the handshake sets this one itself'],
    [['ws://a', '--hold', 'soon'], 'takes seconds'],
    [['ws://a', '--ping', '0'], 'more than 0'],
    [['ws://a', '--subprotocol', 'a b'], 'not a token'],
    [['ws://a', '--conf', 'missing'], 'missing'],
  ])('2 and one line for %j', async (argv, says) => {
    const { status, stdout, stderr } = await runCli(['probe', ...argv], directory);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(says);
  });

  test('secrets in the URL are not shown', async () => {
    const secret = url(dead).replace('ws://', 'ws://user:hidden@') + '?token=hidden&a=1';
    const { stdout } = await runCli(['probe', secret], directory);
    expect(stdout).toContain('token=***&a=1');
    expect(stdout).not.toContain('hidden');
  });

  test('what the configuration says stands beside it', async () => {
    const conf = join(directory, 'nginx.conf');
    writeFileSync(conf, `events {} http { server { listen ${good.port}; location /ws { proxy_pass http://b; } } }`);
    const argv = ['probe', url(good), '--conf', conf, '--format', 'json'];
    const { configuration } = JSON.parse((await runCli(argv, directory)).stdout) as {
      configuration: { outcome: string; agrees: boolean; explanation: readonly string[] };
    };
    expect(configuration).toMatchObject({ outcome: 'fails', agrees: false });
    expect(configuration.explanation.join()).toContain('nginx runs with an older configuration');
  });
});

describe('logs, the command', () => {
  const line = '1.1.1.1 - - [20/Nov/2026:19:00:00 +0000] "GET /ws HTTP/1.1" 426 16 "-" "a"\n';

  test('a file, gzip and standard input say the same', async () => {
    writeFileSync(join(directory, 'a.log'), line);
    writeFileSync(join(directory, 'a.log.gz'), gzipSync(line));
    const ids = async (file: string): Promise<unknown> => {
      const { stdout } = await runCli(['logs', file, '--format', 'json'], directory, line);
      return (JSON.parse(stdout) as { groups: readonly { id: string }[] }).groups.map(({ id }) => id);
    };
    expect([await ids('a.log'), await ids('a.log.gz'), await ids('-')]).toEqual(Array(3).fill(['access-426']));
  });

  test('a gzip that ends early counts as far as it goes', async () => {
    writeFileSync(join(directory, 'b.gz'), gzipSync(line.repeat(5000), { level: 0 }).subarray(0, -2000));
    const { status, stdout } = await runCli(['logs', 'b.gz'], directory);
    expect(status).toBe(0);
    expect(stdout).toContain('handshakes answered 426');
  });

  test('with a configuration it names the location and the finding', async () => {
    writeFileSync(join(directory, 'a.log'), line);
    writeFileSync(
      join(directory, 'site.conf'),
      'events {}\nhttp {\nserver {\nlocation /ws {\nproxy_pass http://b;\n}\n}\n}\n',
    );
    const { stdout } = await runCli(['logs', 'a.log', '--conf', 'site.conf'], directory);
    expect(stdout).toContain('location /ws (site.conf:4)');
    expect(stdout).toMatch(/site\.conf:5 upgrade-header/);
  });

  test.each([
    ['missing.log', 'no such file'],
    ['.', 'is a directory'],
  ])('2 for %s', async (file, says) => {
    const { status, stderr } = await runCli(['logs', file], directory);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });

  test('other packings are named', async () => {
    writeFileSync(join(directory, 'a.xz'), Buffer.from('fd377a585a000004', 'hex'));
    expect(await runCli(['logs', 'a.xz'], directory)).toMatchObject({ status: 2 });
    expect((await runCli(['logs', 'a.xz'], directory)).stderr).toContain('xz -dc a.xz | nginx-ws-lint logs -');
  });
});

describe('doctor, the command', () => {
  test.each(['text', 'markdown', 'html', 'json'])('%s', async (format) => {
    const conf = join(directory, 'doctor.conf');
    writeFileSync(conf, `events {} http { server { listen ${dead.port}; location /ws { proxy_pass http://b; } } }`);
    const argv = ['doctor', url(dead), '--conf', conf, '--direct', url(good), '--format', format];
    const { status, stdout } = await runCli(argv, directory);
    expect(status).toBe(1);
    for (const text of ['Upgrade is forwarded', 'refuses the connection', 'upgrade-header'])
      expect(stdout).toContain(text);
  });

  test('of a log it takes what concerns the URL, and leaves plain requests out', async () => {
    const refused = (path: string): string =>
      `2026/11/20 19:00:00 [error] 1#1: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 1.1.1.1, server: a, request: "GET ${path} HTTP/1.1", upstream: "http://127.0.0.1:3000${path}", host: "a"\n`;
    writeFileSync(join(directory, 'error.log'), refused('/feed') + refused('/api/slow'));
    const argv = ['doctor', `${url(dead)}/feed`.replace('/ws/', '/'), '--log', 'error.log', '--format', 'json'];
    const { stdout } = await runCli(argv, directory);
    const { problems } = JSON.parse(stdout) as { problems: readonly { from: string; what: string }[] };
    expect(problems.filter(({ from }) => from === 'logs').map(({ what }) => what)).toEqual([
      expect.stringContaining('(/feed)'),
    ]);
  });

  test('what others wrote is no markup', async () => {
    const evil = await rough(
      answering((_, socket) => (socket.end('HTTP/1.1 301 x\r\nLocation: <script>|`@x\r\n\r\n'), '')),
    );
    const argv = (format: string): string[] => [
      'doctor',
      url(evil),
      '--conf',
      join(directory, 'doctor.conf'),
      '--format',
      format,
    ];
    const html = await runCli(argv('html'), directory);
    const markdown = await runCli(argv('markdown'), directory);
    await evil.close();
    expect(html.stdout).not.toContain('<script>');
    expect(markdown.stdout).not.toMatch(/[^\\]<script>/);
  });
});
