import { join } from 'node:path';
import { answerFor, type Knowledge } from '../../src/doctor/knowledge';
import { doctor } from '../../src/doctor/doctor';
import type { DoctorReport } from '../../src/doctor/types';
import { load } from '../../src/fs/load';
import { DEFAULT_OPTIONS, lint } from '../../src/lint/linter';
import type { Configuration } from '../../src/model/scope';
import { rules } from '../../rules';
import { run } from '../probe/run';
import { FAULTS, SWITCH, faultyServer, startBackends, type Backends } from './faults';
import { PREAMBLE, describeLive, nginxVersion, startNginx, type Nginx } from './nginx';
import { freePorts } from './ports';

/** What lint says of the path, as `doctor` asks for it. */
function linted(nginx: Nginx): Knowledge {
  const [workspace] = load([join(nginx.prefix, 'conf')], { cwd: nginx.prefix });
  if (workspace === undefined) throw new Error('nothing was loaded');
  let configuration: Configuration | null = null;
  const result = lint(workspace, rules, {
    ...DEFAULT_OPTIONS,
    version: nginxVersion(),
    editsFor: (judged) => ((configuration = judged), () => null),
  });
  if (configuration === null) throw new Error('nothing was judged');
  return { configuration, result, live: true };
}

describeLive('doctor, of a real nginx', () => {
  let backends: Backends;
  let nginx: Nginx;
  let port = 0;
  let known: Knowledge;

  beforeAll(async () => {
    backends = await startBackends();
    [port = 0] = await freePorts(1);
    nginx = await startNginx(new Map([['nginx.conf', faultyServer(backends, `127.0.0.1:${port}`)]]));
    known = linted(nginx);
  });
  afterAll(async () => {
    await nginx.stop();
    await backends.close();
  });

  async function examine(path: string, direct: number): Promise<DoctorReport> {
    const url = `ws://127.0.0.1:${port}${path}`;
    const probe = await run({ front: url, direct: `ws://127.0.0.1:${direct}/ws` }, { timeoutMs: 1000 });
    const answer = answerFor([known], { scheme: 'http', host: '127.0.0.1', port, target: path });
    return doctor({ url, probe, answer, logs: null, onThisMachine: true, docs: () => null });
  }

  const status = (report: DoctorReport, id: string): string | undefined =>
    report.checks.find((check) => check.id === id)?.status;

  test('what works passes', async () => {
    const report = await examine('/ok/ws', backends.good);
    expect(report).toMatchObject({ healthy: true, configuration: { outcome: 'switches', agrees: true } });
    expect(['http-version', 'upgrade', 'connection', 'backend', 'handshake'].map((id) => status(report, id))).toEqual(
      Array(5).fill('pass'),
    );
  });

  test.each([
    ['/no-upgrade/ws', 'upgrade', 'connection'],
    ['/literal/ws', 'upgrade', 'connection'],
  ])('%s fails at %s, not at %s', async (path, failing, passing) => {
    const report = await examine(path, backends.good);
    expect(report).toMatchObject({ healthy: false, configuration: { outcome: 'fails', agrees: true } });
    expect([status(report, failing), status(report, passing)]).toEqual(['fail', 'pass']);
    expect(report.problems.some(({ from, severity }) => from === 'configuration' && severity === 'error')).toBe(true);
  });

  test('a dead backend is no fault of the configuration', async () => {
    const report = await examine('/dead/ws', backends.dead);
    expect(report).toMatchObject({ healthy: false, configuration: { outcome: 'switches', agrees: false } });
    expect([status(report, 'upgrade'), status(report, 'backend')]).toEqual(['pass', 'fail']);
    expect(report.configuration?.explanation.join()).toContain('the backend is down');
  });

  // What the backend alone decides is not in the configuration.
  const decided = FAULTS.filter(({ blamed, path }) => blamed !== 'direct' && !/strict|unresolved|tls/.test(path));
  test.each(decided.map(({ path }) => path))('simulation and reality agree on %s', async (path) => {
    const report = await examine(path, backends.good);
    expect(report.configuration?.agrees).toBe(true);
  });
});

describeLive('doctor, of a connection that is cut', () => {
  test('names the timeout of the configuration as what cut it', async () => {
    const backends = await startBackends();
    const [port = 0] = await freePorts(1);
    const location = `location / { proxy_pass http://127.0.0.1:${backends.good}; ${SWITCH} proxy_read_timeout 1s; }`;
    const text = `events {} http { ${PREAMBLE.join(' ')} server { listen 127.0.0.1:${port}; ${location} } }`;
    const nginx = await startNginx(new Map([['nginx.conf', text]]));
    const answer = answerFor([linted(nginx)], { scheme: 'http', host: '127.0.0.1', port, target: '/' });
    const url = `ws://127.0.0.1:${port}/`;
    const probe = await run({ front: url }, { holdMs: 1800 });
    await nginx.stop();
    await backends.close();
    const report = doctor({ url, probe, answer, logs: null, onThisMachine: true, docs: () => null });
    const failing = report.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    expect(failing).toEqual(['timeouts', 'held']);
    expect(report.problems[0]).toMatchObject({ from: 'probe', rule: 'read-timeout' });
    expect(report.problems[0]?.where).toMatch(/^proxy_read_timeout 1s \(conf\/nginx\.conf:1\)$/);
  });
});
