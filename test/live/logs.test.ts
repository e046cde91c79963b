import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogReader } from '../../src/logs/explain';
import { logReport, type LogReport } from '../../src/logs/report';
import { createLineSplitter } from '../../src/logs/stream';
import { run } from '../probe/run';
import { FAULTS, SWITCH, faultyServer, startBackends, type Backends } from './faults';
import { describeLive, startNginx, type Nginx } from './nginx';
import { freePorts } from './ports';

function explained(texts: readonly string[]): LogReport {
  const reader = createLogReader({ timeouts: [1] });
  for (const text of texts) {
    const splitter = createLineSplitter((line) => reader.line(line));
    splitter.push(text);
    splitter.end();
  }
  return logReport(reader.summary(), [], () => null);
}

/** nginx writes a line when a request is over: the last one is waited for. */
async function logsWith(nginx: Nginx, path: string, limit = 5000): Promise<readonly [access: string, error: string]> {
  const read = (name: string): string => readFileSync(join(nginx.prefix, 'logs', name), 'latin1');
  for (const end = Date.now() + limit; Date.now() < end;) {
    if (read('access.log').includes(`GET ${path} `)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [read('access.log'), read('error.log')];
}

describeLive('the logs of a real nginx', () => {
  let backends: Backends;
  let nginx: Nginx;
  let port = 0;
  let report: LogReport;

  beforeAll(async () => {
    backends = await startBackends();
    [port = 0] = await freePorts(1);
    const idle = `location /idle/ws { proxy_pass http://127.0.0.1:${backends.good}; ${SWITCH} proxy_read_timeout 1s; }`;
    const text = faultyServer(backends, `127.0.0.1:${port}`).replace('server_name a.test;', `$& ${idle}`);
    nginx = await startNginx(new Map([['nginx.conf', text]]));
    const probes = FAULTS.map(({ path }) => run({ front: `ws://127.0.0.1:${port}${path}` }, { timeoutMs: 1000 }));
    // One short connection may be anybody's; three of three are the backend's doing.
    const again = [1, 2].map(() => run({ front: `ws://127.0.0.1:${port}/fickle/ws` }));
    await Promise.all([...probes, ...again, run({ front: `ws://127.0.0.1:${port}/idle/ws` }, { holdMs: 1500 })]);
    await run({ front: `ws://127.0.0.1:${port}/last/ws` });
    report = explained(await logsWith(nginx, '/last/ws'));
  });
  afterAll(async () => {
    await nginx.stop();
    await backends.close();
  });

  const ids = (path: string): string[] => report.groups.filter((group) => group.path === path).map(({ id }) => id);
  const logged = FAULTS.filter((fault) => fault.logged !== null);

  test.each(logged.map(({ path, logged: id }) => [path, id]))('%s is explained as %s', (path, id) => {
    expect(ids(path ?? '')).toContain(id);
  });

  test.each(FAULTS.filter((fault) => fault.logged === null && fault.cause === null).map(({ path }) => path))(
    'nothing is said of %s',
    (path) => {
      expect(ids(path)).toEqual([]);
    },
  );

  test('the idle timeout shows in both logs', () => {
    expect(ids('/idle/ws')).toEqual(expect.arrayContaining(['idle-timeout', 'access-idle']));
  });

  test('every line is nginx’s own, and known', () => {
    expect(report).toMatchObject({ unknownLines: 0, merged: false });
  });
});
