import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogReader } from '../../src/logs/explain';
import { compileFormat } from '../../src/logs/formats';
import { run } from '../probe/run';
import { startBackend, type Backend } from './backend';
import { describeLive, nginxTest, startNginx } from './nginx';
import { freePorts } from './ports';

const CASES = join(__dirname, '../../../shared/corpus/groundtruth');

interface Label {
  readonly id: string;
  readonly file: string;
  readonly uri: string;
  readonly test: { readonly ok: boolean; readonly text: string };
  readonly ws: { readonly switched: boolean; readonly status: number } | null;
}

const labels: readonly Label[] = existsSync(CASES)
  ? readFileSync(join(CASES, 'labels.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Label)
  : [];

/** What the lines of a failed handshake may be explained as, by the status that the client saw. */
const EXPECTED: Readonly<Record<number, readonly string[]>> = {
  200: ['access-200-nginx', 'access-200-backend', 'access-200'],
  301: ['access-redirect'],
  308: ['access-redirect'],
  400: ['access-400'],
  403: ['forbidden-by-rule', 'access-403', 'access-403-nginx', 'access-403-backend'],
  404: ['access-404', 'access-404-backend', 'access-404-nginx', 'no-proxy-pass'],
  500: ['bad-scheme', 'redirect-cycle'],
  502: ['no-resolver', 'http2-upstream'],
  504: ['answer-timeout', 'connect-timeout'],
};

/** The case on ports of its own, below a private prefix. */
function tree(file: string, front: number, backend: number): ReadonlyMap<string, string> {
  const text = readFileSync(join(CASES, file), 'latin1')
    .replace(/^(user|worker_processes|pid) .*$/gm, '')
    .replaceAll('/etc/nginx/', '')
    .replaceAll('127.0.0.1:80', `127.0.0.1:${front}`)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${backend}`);
  const websocket =
    'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';
  return new Map([
    ['nginx.conf', text],
    ['ws_snip.conf', websocket],
    ['ka_snip.conf', 'proxy_http_version 1.1; proxy_set_header Connection "";'],
    ['proxy_params', 'proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr;'],
  ]);
}

interface Explained {
  readonly status: number | null;
  readonly ids: readonly string[];
}

async function explain({ file, uri }: Label, backend: number): Promise<Explained | null> {
  const [front = 0] = await freePorts(1);
  const files = tree(file, front, backend);
  if (!nginxTest(files).ok) return null;
  const nginx = await startNginx(files);
  const { hops } = await run({ front: `ws://127.0.0.1:${front}${uri}` }, { timeoutMs: 1500 });
  const format = /log_format \w+ '([^']*)'/.exec(files.get('nginx.conf') ?? '')?.[1] ?? '';
  const read = compileFormat(format);
  const reader = createLogReader({ formats: read === null ? [] : [read] });
  for (const name of ['access.log', 'error.log']) {
    const path = join(nginx.prefix, 'logs', name);
    for (let left = 100; name === 'access.log' && left > 0 && readFileSync(path, 'latin1') === ''; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const line of readFileSync(path, 'latin1').split('\n')) reader.line(line);
  }
  await nginx.stop();
  const serious = reader.summary().groups.filter(({ signature }) => signature.weight !== 'harmless');
  return { status: hops[0]?.status ?? null, ids: serious.map(({ signature }) => signature.id) };
}

const failing = labels.filter(({ test: { ok }, ws }) => ok && ws !== null && !ws.switched && ws.status !== 101);
const switching = labels
  .filter(({ test: { ok }, ws }) => ok && ws?.switched === true)
  .filter((_, index) => index % 8 === 0);

const suite = labels.length === 0 ? describe.skip : describe;

suite('logs of the ground-truth cases', () => {
  describeLive('in a real nginx', () => {
    let backend: Backend;
    let port = 0;

    beforeAll(async () => {
      [port = 0] = await freePorts(1);
      backend = await startBackend([port]);
    });
    afterAll(() => backend.close());

    test.each(failing.map((label) => [label.id, label] as const))('%s has its cause', async (_, label) => {
      const explained = await explain(label, port);
      // A later nginx refuses some, or makes them switch; one that closes without an answer leaves no line that tells.
      if (explained === null || explained.status === null || explained.status === 101) return;
      const expected = EXPECTED[explained.status] ?? [];
      expect({ ...explained, expected, told: expected.filter((id) => explained.ids.includes(id)) }).not.toMatchObject({
        told: [],
      });
    });

    test.each(switching.map((label) => [label.id, label] as const))(
      '%s switches, and nothing is said',
      async (_, label) => {
        expect((await explain(label, port))?.ids ?? []).toEqual([]);
      },
    );
  });

  const refused = labels.filter(({ test: { ok } }) => !ok);

  test.each(refused.map(({ id, test: { text } }) => [id, text]))('%s is refused: %s', (_, text) => {
    const reader = createLogReader();
    for (const line of text.split('\n')) reader.line(line);
    expect(reader.summary().groups.map(({ signature }) => signature.id)).toEqual([expect.stringMatching(/^emerg-/)]);
  });
});

if (labels.length === 0) test.todo('needs the corpus of ground-truth cases');
