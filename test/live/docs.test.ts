import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptOf } from '../probe/servers';
import { run } from '../probe/run';
import { SWITCH, startBackends, type Backends } from './faults';
import { PREAMBLE, describeLive, startNginx, type Nginx } from './nginx';
import { freePorts } from './ports';

const DOCS = join(__dirname, '../../docs');

/** The fenced blocks of a page in a language. */
function blocks(page: string, language: string): readonly string[] {
  const text = readFileSync(join(DOCS, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '');
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const withCurl = hasCurl || process.env['REQUIRE_NGINX'] === '1' ? test : test.skip;

describe('docs/verify.md', () => {
  const [handshake = ''] = blocks('verify.md', 'sh');
  const key = /Sec-WebSocket-Key: ([^']*)/.exec(handshake)?.[1] ?? '';

  test('its key is 16 bytes, and its accept value belongs to it', () => {
    expect(Buffer.from(key, 'base64')).toHaveLength(16);
    expect(readFileSync(join(DOCS, 'verify.md'), 'utf8')).toContain(`Sec-WebSocket-Accept: ${acceptOf(key)}`);
  });

  describeLive('its commands', () => {
    let backends: Backends;
    let nginx: Nginx;
    let url = '';

    beforeAll(async () => {
      backends = await startBackends();
      const [port = 0] = await freePorts(1);
      url = `http://127.0.0.1:${port}/ws`;
      const server = `server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${backends.good}; ${SWITCH} } }`;
      nginx = await startNginx(new Map([['nginx.conf', `events {} http { ${PREAMBLE.join(' ')} ${server} }`]]));
    });
    afterAll(async () => {
      await nginx.stop();
      await backends.close();
    });

    function sh(command: string): Promise<{ readonly status: number | null; readonly stdout: string }> {
      const child = spawn('sh', ['-c', command.replaceAll('https://example.com/ws', url)], { stdio: 'pipe' });
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('latin1')));
      return new Promise((resolve) => void child.on('close', (status) => resolve({ status, stdout })));
    }

    withCurl('the handshake switches, and waits until its time is over', async () => {
      const { status, stdout } = await sh(handshake);
      expect(status).toBe(28);
      expect(stdout).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
      expect(stdout).toContain(`Sec-WebSocket-Accept: ${acceptOf(key)}\r\n`);
    });

    withCurl('a HEAD does not switch where the handshake does', async () => {
      const { stdout } = await sh(blocks('verify.md', 'sh')[1] ?? '');
      expect(stdout).toMatch(/^HTTP\/1\.1 [245]\d\d /);
    });
  });
});

describeLive('docs/heartbeats.md', () => {
  test('its program keeps a connection open past proxy_read_timeout', async () => {
    const [backend = 0, port = 0] = await freePorts(2);
    const [program = ''] = blocks('heartbeats.md', 'js');
    const text = program.replace('3000', String(backend)).replace('25_000', '400');
    const child = spawn(process.execPath, ['-e', `${text}server.on('listening', () => console.log('up'));`], {
      cwd: join(__dirname, '../..'),
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const location = `location / { proxy_pass http://127.0.0.1:${backend}; ${SWITCH} proxy_read_timeout 1s; }`;
    const server = `server { listen 127.0.0.1:${port}; ${location} }`;
    const nginx = await startNginx(new Map([['nginx.conf', `events {} http { ${PREAMBLE.join(' ')} ${server} }`]]));
    const report = await run({ front: `ws://127.0.0.1:${port}/` }, { holdMs: 1800 });
    await nginx.stop();
    child.kill();
    expect(text).not.toBe(program);
    expect(report).toMatchObject({ works: true, closed: null });
  });
});
