import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { runCli } from '../helpers/run-cli';
import { answering, rough, switching } from './servers';

const LINE = '1.1.1.1 - - [20/Nov/2026:19:00:00 +0000] "GET /ws HTTP/1.1" 426 16 "-" "a"\n';
const CONF = 'events {} http { server { location /ws { proxy_pass http://b; } } }';

/** What is wrong with the JSON by the published schema; null when nothing is. */
function faults(schema: string, json: string): unknown {
  const text = readFileSync(join(__dirname, `../../schema/${schema}.schema.json`), 'utf8');
  const validate = new Ajv({ strict: true, strictTypes: false }).compile(JSON.parse(text) as object);
  validate(JSON.parse(json));
  return validate.errors ?? null;
}

describe('JSON by its published schema', () => {
  let directory = '';

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'nwl-schema-'));
    writeFileSync(join(directory, 'a.log'), LINE);
    writeFileSync(join(directory, 'nginx.conf'), CONF);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function json(...argv: readonly string[]): Promise<string> {
    return (await runCli([...argv, '--format', 'json'], directory)).stdout;
  }

  test('probe: what works, what is cut, what fails', async () => {
    const good = await rough(
      answering((accept, socket) => {
        setTimeout(() => socket.end(), 600);
        return switching(accept);
      }),
    );
    const url = `ws://127.0.0.1:${good.port}/ws`;
    const reports = [
      await json('probe', url, '--hold', '1', '--send', 'a', '--timeout', '0.2', '--conf', 'nginx.conf'),
      await json('probe', 'ws://127.0.0.1:1/', '--direct', url),
    ];
    await good.close();
    expect(reports.map((report) => faults('probe', report))).toEqual([null, null]);
  });

  test('logs, with and without a configuration', async () => {
    const reports = [await json('logs', 'a.log'), await json('logs', 'a.log', '--conf', 'nginx.conf')];
    expect(reports.map((report) => faults('logs', report))).toEqual([null, null]);
  });

  test('doctor, with everything and with nothing', async () => {
    const reports = [
      await json('doctor', 'ws://127.0.0.1:1/ws', '--conf', 'nginx.conf', '--log', 'a.log'),
      await json('doctor', 'ws://127.0.0.1:1/ws', '--conf', 'nginx.conf'),
    ];
    expect(reports.map((report) => faults('doctor', report))).toEqual([null, null]);
  });

  test('a schema refuses what is not as it says', async () => {
    const report = (await json('logs', 'a.log')).replace('"weight": "breaks"', '"weight": "heavy"');
    expect(faults('logs', report)).not.toBeNull();
  });
});
