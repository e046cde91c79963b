import { createLogReader, type LogOptions } from '../../src/logs/explain';
import { compileFormat } from '../../src/logs/formats';
import { createLineSplitter } from '../../src/logs/stream';
import type { LogSummary } from '../../src/logs/types';

function explain(lines: readonly string[], options: LogOptions = {}): LogSummary {
  const reader = createLogReader(options);
  reader.begin('a.log');
  for (const line of lines) reader.line(line);
  return reader.summary();
}

const ids = (lines: readonly string[], options: LogOptions = {}): readonly string[] =>
  explain(lines, options).groups.map(({ signature }) => signature.id);

const combined = (request: string, status: number | string, more = ''): string =>
  `10.0.0.1 - - [20/Nov/2026:19:00:00 +0000] "${request}" ${status} 16 "-" "Mozilla/5.0"${more}`;

describe('access logs', () => {
  test.each([
    ['GET /ws HTTP/1.1', 400, 'access-400'],
    ['GET /ws HTTP/1.1', 426, 'access-426'],
    ['GET /anything HTTP/1.1', 426, 'access-426'],
    ['GET /cable HTTP/1.1', 404, 'access-404'],
    ['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', 400, 'access-400'],
    ['POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1', 400, 'access-polling-400'],
    ['GET /ws HTTP/1.1', 301, 'access-redirect'],
    ['GET /ws HTTP/1.1', 200, 'access-200'],
    ['GET /ws HTTP/1.1', 499, 'access-499'],
    ['GET /ws HTTP/1.1', 502, 'access-502'],
    ['GET /ws HTTP/1.1', '009', 'access-009'],
  ])('%s %s', (request, status, id) => {
    expect(ids([combined(request, status)])).toEqual([id]);
  });

  test.each([
    ['GET / HTTP/1.1', 404],
    ['POST /ws HTTP/1.1', 400],
    ['GET /assets/ws/client.js HTTP/1.1', 404],
    ['GET /ws/health HTTP/1.1', 200],
    ['GET /socket.io/?EIO=4&transport=polling HTTP/1.1', 200],
    ['GET /socket.io/ HTTP/1.1', 200],
    ['GET /ws HTTP/1.1', 101],
  ])('nothing is said of %s %s', (request, status) => {
    expect(ids([combined(request, status)])).toEqual([]);
  });

  test('of a 200 nobody claims that it was a handshake', () => {
    const [group] = explain([combined('GET /ws HTTP/1.1', 101), combined('GET /ws HTTP/1.1', 200)]).groups;
    expect(group?.signature.title).toBe('answered 200 on a WebSocket path');
  });

  test('a path that has switched once is an endpoint', () => {
    expect(ids([combined('GET /feed HTTP/1.1', 101), combined('GET /feed HTTP/1.1', 400)])).toEqual(['access-400']);
  });

  test('a 101 that lasted the read timeout was idle', () => {
    expect(ids([combined('GET /ws HTTP/1.1', 101, ' 60.012')])).toEqual(['access-idle']);
    expect(ids([combined('GET /ws HTTP/1.1', 101, ' 60.012')], { timeouts: [3600] })).toEqual([]);
    expect(ids([combined('GET /ws HTTP/1.1', 101, ' rt=3600.001')], { timeouts: [3600] })).toEqual(['access-idle']);
  });

  test('connections of one length are cut by somebody', () => {
    const lines = Array.from({ length: 6 }, (_, i) => combined('GET /ws HTTP/1.1', 101, ` 100.0${i}1`));
    expect(ids(lines)).toEqual(['access-cut']);
  });

  test('connections of many lengths are not', () => {
    expect(ids(Array.from({ length: 20 }, (_, i) => combined('GET /ws HTTP/1.1', 101, ` ${i * 7 + 3}.001`)))).toEqual(
      [],
    );
  });

  test.each([
    ['127.0.0.1 [20/Nov/2026:19:00:00 +0000] a.test "GET /ws HTTP/1.1" status=426 rt=0.002 us=426'],
    ['"GET /ws HTTP/1.1" | 426 | 0.002'],
    ['426 0.001 "GET /ws HTTP/1.1"'],
    ['status=426 rt=0.001 host=a.test "GET /ws HTTP/1.1"'],
    ['{"time":"2026-11-20T19:00:00+00:00","request":"GET /ws HTTP/1.1","status":426}'],
    ['{"request_method":"GET","request_uri":"/ws","status":"426","request_time":"0.001"}'],
    [`{"log":${JSON.stringify(combined('GET /ws HTTP/1.1', 426))},"stream":"stdout"}`],
  ])('%s', (line) => {
    expect(ids([line])).toEqual(['access-426']);
  });

  test('a format that logs Upgrade tells handshakes from plain requests', () => {
    const read = compileFormat('$remote_addr "$request" $status [$http_upgrade]');
    const formats = read === null ? [] : [read];
    expect(
      ids(['1.1.1.1 "GET /a HTTP/1.1" 400 [websocket]', '1.1.1.1 "GET /ws HTTP/1.1" 400 [-]'], { formats }),
    ).toEqual(['access-400']);
  });

  test('a format without status or request is none', () => {
    expect(compileFormat('$remote_addr $status')).toBeNull();
    expect(compileFormat('$remote_addr "$request"')).toBeNull();
  });
});

describe('who answered, by $upstream_status', () => {
  const line = (status: number | string, u: string, up = 'websocket'): string =>
    `1.1.1.1 [20/Nov/2026:19:00:00 +0000] "GET /ws HTTP/1.1" ${status} up=${up} u=${u} rt=1.002`;

  test.each([
    [403, '-', 'access-403-nginx'],
    [403, '403', 'access-403-backend'],
    [400, '-', 'access-400-nginx'],
    [400, '400', 'access-400'],
    [404, '-', 'access-404-nginx'],
    [404, '404', 'access-404-backend'],
    [500, '-', 'access-500-nginx'],
    [503, '-', 'access-503-nginx'],
    [503, '503', 'access-503'],
    [429, '-', 'access-429-nginx'],
    [499, '-', 'access-499'],
  ])('%s from %s is %s', (status, u, id) => {
    expect(ids([line(status, u)])).toEqual([id]);
  });

  test.each([
    ['a 101', line(101, '101', '-')],
    ['a client that left', line(499, '101', '-')],
  ])('%s that nobody asked for is a constant Upgrade, and no connection', (_, text) => {
    const { groups, switched } = explain([text], { timeouts: [1] });
    expect([groups.map(({ signature }) => signature.id), switched]).toEqual([['access-101-unasked'], 0]);
    expect(groups[0]?.signature.rules).toContain('upgrade-header');
  });

  test.each([
    ['the Upgrade that is logged', line(426, '426', '-')],
    ['HTTP/2', combined('GET /ws HTTP/2.0', 426)],
    ['HTTP/2 in JSON', '{"request":"GET /ws HTTP/2.0","status":426}'],
  ])('a 426 without Upgrade, by %s, is not laid to the configuration', (_, text) => {
    expect(explain([text]).groups).toMatchObject([
      { signature: { id: 'access-426-unasked', rules: [] }, certain: false },
    ]);
  });
});

describe('what plain requests log too', () => {
  const failed = (
    request: string,
    message = 'connect() failed (111: Connection refused) while connecting to upstream',
  ) =>
    `2026/11/20 19:00:00 [error] 1#1: *3 ${message}, client: 1.1.1.1, server: a, request: "${request} HTTP/1.1", upstream: "http://127.0.0.1:3000/x", host: "a"`;
  const certainty = (lines: readonly string[], options: LogOptions = {}): readonly boolean[] =>
    explain(lines, options).groups.map(({ certain }) => certain);

  test('may concern WebSocket where nothing is known of the path', () => {
    expect(certainty([failed('GET /api/slow')])).toEqual([false]);
  });
  test('concerns it on an endpoint', () => {
    expect(certainty([failed('GET /ws')])).toEqual([true]);
  });
  test('concerns it where the configuration says that the path serves it, and only there', () => {
    const options = { serves: (path: string) => path === '/feed' };
    expect(explain([failed('GET /feed'), failed('GET /api/slow')], options)).toMatchObject({
      groups: [{ path: '/feed', certain: true }],
      otherLines: 1,
    });
  });
  test('concerns it where a 101 of the path comes later', () => {
    const lines = [failed('GET /feed'), combined('GET /feed HTTP/1.1', 101), failed('GET /feed')];
    expect(explain(lines, { serves: () => false }).groups).toMatchObject([{ path: '/feed', count: 2, certain: true }]);
  });
  test('a POST is no handshake', () => {
    expect(certainty([failed('POST /ws')])).toEqual([]);
  });
  test('nothing of it is called a handshake', () => {
    const timeout = 'upstream timed out (110: Connection timed out) while reading response header from upstream';
    expect(explain([failed('GET /api/slow', timeout)]).groups[0]?.signature.title).not.toContain('handshake');
  });
});

test('the lengths of the path’s connections stand beside the timeout that ended them', () => {
  const line =
    '2026/11/20 19:00:00 [info] 1#1: *3 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 1.1.1.1, server: a, request: "GET /ws HTTP/1.1", upstream: "http://127.0.0.1:3000/ws", host: "a"';
  const { groups } = explain([combined('GET /ws HTTP/1.1', 101, ' 1.033'), line]);
  expect(groups).toMatchObject([{ signature: { id: 'idle-timeout' }, seconds: { least: 1.033, most: 1.033 } }]);
});

describe('counting', () => {
  const refused =
    '2026/11/20 19:00:00 [error] 1#1: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 1.1.1.1, server: a, request: "GET /ws?token=secret HTTP/1.1", upstream: "http://127.0.0.1:3000/ws", host: "a"';

  test('lines of one kind and place are one group', () => {
    const { groups } = explain([refused, refused.replace('19:00:00', '20:00:00')]);
    expect(groups).toMatchObject([
      {
        count: 2,
        path: '/ws',
        host: 'a',
        first: '2026/11/20 19:00:00',
        last: '2026/11/20 20:00:00',
        file: 'a.log',
        line: 1,
      },
    ]);
  });

  test('queries are not shown', () => {
    expect(JSON.stringify(explain([refused]))).not.toContain('secret');
  });

  test('what is not known is counted', () => {
    expect(
      explain(['a', 'b {', '{"a":1}', '', '2026/11/20 19:00:00 [notice] 1#1: start worker process 7']),
    ).toMatchObject({
      lines: 4,
      unknownLines: 3,
      otherLines: 1,
      errorLines: 1,
    });
  });

  test('a missing favicon is no missing proxy_pass', () => {
    const line =
      '2026/11/20 19:00:00 [error] 1#1: *3 open() "/a/favicon.ico" failed (2: No such file or directory), client: 1.1.1.1, server: a, request: "GET /favicon.ico HTTP/1.1", host: "a"';
    expect(ids([line])).toEqual([]);
  });

  test('a log of ever new places takes no more memory', () => {
    const summary = explain(Array.from({ length: 3000 }, (_, i) => combined(`GET /ws/${i} HTTP/1.1`, 426)));
    expect(summary.groups.length).toBeLessThanOrEqual(501);
    expect(summary.merged).toBe(true);
    expect(summary.groups.reduce((sum, { count }) => sum + count, 0)).toBe(3000);
  });

  test('the console of a browser and the log of a backend are told apart from nginx', () => {
    const line =
      "WebSocket connection to 'wss://a/ws' failed: Error during WebSocket handshake: Unexpected response code: 400";
    expect(explain([line]).groups[0]?.signature).toMatchObject({ source: 'foreign', id: 'foreign-chrome-code' });
  });
});

describe('cutting into lines', () => {
  function cut(pieces: readonly string[]): readonly string[] {
    const lines: string[] = [];
    const splitter = createLineSplitter((line) => lines.push(line));
    for (const piece of pieces) splitter.push(piece);
    splitter.end();
    return lines;
  }

  test('pieces end anywhere', () => {
    expect(cut(['a\nb', 'c', '\r', '\nd\n\n', 'e'])).toEqual(['a', 'bc', 'd', '', 'e']);
  });

  test('a line without an end is cut off, and the next is whole', () => {
    const lines = cut([...Array.from({ length: 50 }, () => 'x'.repeat(10_000)), '\nnext\n']);
    expect(lines.map(({ length }) => length)).toEqual([65536, 4]);
  });
});
