import { createHash } from 'node:crypto';
import path from 'node:path';
import { html } from '../../src/report/html/html';
import type { LintResult } from '../../src/lint/result';
import { SCRIPT_HASH, STYLE_HASH } from '../../src/report/html/page';
import { SCRIPT } from '../../src/report/html/script';
import { MOST_PICTURES, MOST_ROUTES } from '../../src/report/html/select';
import { ORDER } from '../../src/report/stage';
import { STYLE } from '../../src/report/html/style';
import { PLAIN } from '../../src/report/report';
import { configuration, GOOD, STATIC } from '../cli/support';
import { expectGolden } from '../helpers/golden';
import { workspaceOf } from '../helpers/workspace';
import { FEW, hostileResult, lintOf, reportOf, sampleResult } from './reports';

const GOLDEN = path.join(__dirname, '../../fixtures/reports/formats');
const pageOf = (text: string): string => html(reportOf([lintOf(workspaceOf({ 'nginx.conf': text }))]), PLAIN);
/** Without style and script, which change for other reasons. */
const bodyOf = (page: string): string =>
  page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>|<meta http[^>]*>/g, '');
/** The first element of a class, up to its end tag. */
const part = (page: string, name: string): string =>
  new RegExp(`<(\\w+) class="${name}[\\s\\S]*?</\\1>`).exec(page)?.[0] ?? '';

const HANDSHAKE = `proxy_pass http://127.0.0.1:1;
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;`;

it.each([
  ['sample', sampleResult],
  ['hostile', hostileResult],
])('of the %s tree is the page that people have looked at', (name, resultOf) => {
  expectGolden(path.join(GOLDEN, `${name}.html`), bodyOf(html(reportOf([resultOf(FEW)], FEW), PLAIN)));
});

describe('what may act', () => {
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

  it('is the style sheet and the script, by their hashes', () => {
    expect([STYLE_HASH, SCRIPT_HASH]).toEqual([hash(STYLE), hash(SCRIPT)]);
  });

  it('is nothing else: no other script, no handler, no inline style', () => {
    const body = bodyOf(html(reportOf([hostileResult()]), PLAIN));
    const tags = [...body.matchAll(/<(\w+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)];
    expect(tags.filter(([, tag]) => /^(script|iframe|object|embed|base|img|style)$/i.test(tag ?? ''))).toEqual([]);
    expect(tags.filter(([, , attributes]) => /\s(on\w+|style|src)=/.test(attributes ?? ''))).toEqual([]);
  });

  it('and nothing is fetched: links lead to the rules and into the page', () => {
    const links = [...html(reportOf([hostileResult()]), PLAIN).matchAll(/(?:href|src)="([^"]*)"/g)].map(
      ([, url]) => url ?? '',
    );
    expect(
      links.filter((url) => !/^(#[a-z]+[\w-]*|data:,|https:\/\/github\.com\/nginx-ws-lint\/.*)$/.test(url)),
    ).toEqual([]);
  });
});

describe('the way', () => {
  const stations = (page: string): readonly string[] =>
    [...page.matchAll(/<li class="(?:station|link) (\w+)">/g)].map(([, state]) => state ?? '');

  it.each([
    ['switches', GOOD, ['good', 'good', 'good', 'good', 'good']],
    [
      'breaks at what the backend gets',
      configuration('proxy_pass http://127.0.0.1:1;'),
      ['good', 'good', 'good', 'broken', 'broken'],
    ],
    [
      'breaks in nginx',
      configuration('return 403;\nproxy_pass http://127.0.0.1:1;'),
      ['good', 'good', 'broken', 'unreached', 'unreached'],
    ],
    [
      'breaks before the backend',
      configuration(`${HANDSHAKE}\nproxy_read_timeout 0;`),
      ['good', 'good', 'good', 'broken', 'unreached'],
    ],
    [
      'breaks on its way back',
      configuration(`${HANDSHAKE}\nproxy_hide_header Upgrade;`),
      ['good', 'good', 'good', 'good', 'good'],
    ],
    [
      'breaks at the port',
      GOOD.replace('listen 8080', 'listen 8080 http2'),
      ['good', 'broken', 'unreached', 'unreached', 'unreached'],
    ],
    [
      'is not there where nginx refuses',
      GOOD.replace('listen 8080', 'listen 8080 nonsense'),
      ['good', 'unreached', 'broken', 'unreached', 'unreached'],
    ],
    [
      'is unknown behind what cannot be known',
      configuration(`access_by_lua_block { x() }\n${HANDSHAKE}`),
      ['good', 'good', 'unknown', 'unknown', 'unknown'],
    ],
  ])('%s', (_, text, expected) => {
    expect(stations(pageOf(text))).toEqual(expected);
  });

  it('ends with what comes back', () => {
    expect(part(pageOf(GOOD), 'answer good')).toContain('101 Switching Protocols');
    expect(part(pageOf(configuration(`${HANDSHAKE}\nproxy_hide_header Upgrade;`)), 'answer broken')).toContain(
      'does not accept',
    );
  });

  it('names timeouts, and which are defaults', () => {
    const [timeouts = ''] = /<dl class="timeouts">.*?<\/dl>/.exec(pageOf(GOOD)) ?? [];
    expect(
      timeouts
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ).toBe('connect 60s default send 60s default read 1h nginx.conf:17');
  });

  it('marks the header that is wrong, there and in the request', () => {
    const page = pageOf(GOOD.replace('Connection $connection_upgrade', 'Connection keep-alive'));
    expect(page).toContain('✗</span> <span class="bad"><code>Connection: keep-alive</code></span>');
    expect(page).toContain('<tr class="bad"><th scope="row"><code>Connection</code></th>');
  });

  it('knows every stage', () => {
    expect(ORDER).toHaveLength(new Set(ORDER).size);
  });
});

describe('of any size', () => {
  it('says when there is nothing to judge', () => {
    expect(pageOf(STATIC)).toContain('no WebSocket handshake to judge');
    expect(html(reportOf([]), PLAIN)).toContain('</html>');
  });

  /** A result with so many routes: those of a small one again and again. */
  const many = (count: number): LintResult => {
    const result = lintOf(workspaceOf({ 'nginx.conf': configuration('proxy_pass http://127.0.0.1:1;') }), FEW);
    const one = (_: unknown, index: number): LintResult['routes'][number][] =>
      result.routes.map((verdict) => ({ ...verdict, route: { ...verdict.route, id: `r${index}` } }));
    const routes = Array.from({ length: count }, one).flat();
    const [first] = result.diagnostics;
    if (first === undefined) throw new Error('no finding');
    const diagnostics = routes.map(({ route }) => ({ ...first, routes: [route] }));
    return { ...result, routes, diagnostics };
  };

  it('2,000 routes with a finding each are a page of a few megabytes, folded but for two', () => {
    const page = html(reportOf([many(2000)]), PLAIN);
    expect([...page.matchAll(/<details class="route /g)]).toHaveLength(2000);
    expect([...page.matchAll(/<details class="route [^>]* open>/g)]).toHaveLength(2);
    expect(page.length).toBeLessThan(14_000_000);
  });

  it('beyond that, routes are rows, and in the end counted', () => {
    const page = html(reportOf([many(MOST_ROUTES + 20)]), PLAIN);
    expect([...page.matchAll(/<div class="route [^>]*bare"/g)]).toHaveLength(MOST_ROUTES - MOST_PICTURES);
    expect(page).toContain('20 more routes not listed here');
    expect(page.length).toBeLessThan(20_000_000);
  });

  it('shows long names in part', () => {
    expect(pageOf(GOOD.replace('/ws', `/ws/${'x'.repeat(50_000)}`)).length).toBeLessThan(200_000);
  });
});

test('every link leads somewhere', () => {
  const page = html(reportOf([hostileResult(), sampleResult()]), PLAIN);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(new Set(ids).size);
  expect([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.includes(id))).toEqual([]);
});
