import { place } from './support';
import type { Ran } from './support';

const HEAD = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';
const PASS = 'proxy_pass http://127.0.0.1:1;';
const main = (http: string): string => `events {}\nhttp { ${http} }\n`;
const server = (text: string): string => main(`server { listen 80; server_name a.com; ${text} }`);

const SWITCHING = `location /ws { ${PASS} ${HEAD} proxy_set_header Host $host; proxy_read_timeout 1h; }`;
const REFUSED = server(`${SWITCHING} keepalive_timeout;`);
const UNDEFINED = server(
  `location /cable { ${PASS} proxy_set_header Connection $nowhere; } location /ws { ${PASS} } location / { ${PASS} }`,
);
const SHADOWED = server(`location ~ ^/ { ${PASS} } location /ws { ${PASS} ${HEAD} }`);

function run(text: string, ...argv: readonly string[]): Ran {
  return place({ 'nginx.conf': text }).run([...argv, 'nginx.conf']);
}

interface Verdict {
  readonly id: string;
  readonly url: string;
  readonly handshake: { readonly outcome: string; readonly causes: readonly string[] };
}

function routes(text: string, ...options: readonly string[]): readonly Verdict[] {
  return (JSON.parse(run(text, '--format', 'json', ...options).out) as { routes: readonly Verdict[] }).routes;
}

function handshakes(text: string, ...options: readonly string[]): readonly Verdict['handshake'][] {
  return routes(text, ...options).map(({ handshake: { outcome, causes } }) => ({ outcome, causes }));
}

interface Traced {
  readonly route: string | null;
  readonly outcome: string;
  readonly causes: readonly string[];
}

function traced(text: string, url: string): Traced {
  const { traces } = JSON.parse(run(text, 'trace', '--format', 'json', url).out) as { traces: readonly [Traced] };
  return traces[0];
}

describe('a verdict is what nginx does, whatever is reported', () => {
  const IGNORED = server(`${SWITCHING}\n# nginx-ws-lint-ignore refused-directive -- ours\nkeepalive_timeout;`);

  it.each([
    ['with --only', REFUSED, ['--only', 'read-timeout']],
    ['with the rule off', REFUSED, ['--rule', 'refused-directive=off']],
    ['with an ignore comment', IGNORED, []],
  ])('%s a refused configuration switches nothing', (_, text, options) => {
    expect(handshakes(text, ...options)).toEqual([{ outcome: 'fails', causes: ['refused-directive'] }]);
  });

  it.each([
    ['refused', REFUSED],
    ['without a map', UNDEFINED],
    ['with a plain page', server(`location / { ${PASS} } location /ws { ${PASS} }`)],
  ])('a configuration %s has the same verdicts with one rule as with all', (_, text) => {
    expect(handshakes(text, '--only', 'forwarded-headers')).toEqual(handshakes(text));
  });

  it('the summary says what nginx refuses when no finding does', () => {
    expect(run(REFUSED, '--only', 'read-timeout').out).toMatch(
      /^fails: nginx refuses the configuration: .*\[refused-directive\]$/m,
    );
  });

  it('and not when one does', () => {
    expect(run(REFUSED).out).not.toMatch(/^fails:/m);
  });

  it('JUnit says it as well', () => {
    expect(run(REFUSED, '--only', 'read-timeout', '--format', 'junit').out).toContain(
      'message="fails: nginx refuses the configuration',
    );
  });
});

describe('what nginx refuses', () => {
  it('breaks every route, in the finding', () => {
    expect(run(UNDEFINED).out).toContain('= breaks: every route: nginx does not load the configuration');
  });

  it('is a cause of every route, in all formats', () => {
    expect(handshakes(UNDEFINED).every(({ causes }) => causes[0] === 'connection-upgrade-map')).toBe(true);
    expect(run(UNDEFINED, 'routes').out.match(/connection-upgrade-map/g)).toHaveLength(3);
  });

  it('is marked in JSON', () => {
    const { out } = run(UNDEFINED, '--only', 'connection-upgrade-map', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ findings: [{ breaks: true, refuses: true }] });
  });
});

describe('trace', () => {
  const ROUTES = server(
    `location / { ${PASS} } location /ws { ${PASS} } location /v { proxy_pass http://x.$host; }
    location /f { fastcgi_pass 127.0.0.1:9; } location /i { if ($arg_x) { ${PASS} } return 404; }`,
  );

  it.each(routes(ROUTES).map((route) => [route.url, route] as const))('agrees on %s', (url, { id, handshake }) => {
    const { route, outcome, causes } = traced(ROUTES, url);
    expect({ route, outcome, causes }).toEqual({ route: id, outcome: handshake.outcome, causes: handshake.causes });
  });

  it.each([
    [
      'of a plain page those that apply',
      `location / { ${PASS} }`,
      ['http-version', 'upgrade-header', 'connection-header'],
    ],
    ['of a bare return none', 'location / { return 404; }', []],
    ['of a redirecting server none', 'return 301 https://$host$request_uri;', []],
    [
      'of a location without a pass that it has none',
      `location /a/ { ${PASS} location /a/ws { proxy_read_timeout 1h; } }`,
      ['proxy-pass-not-inherited'],
    ],
  ])('names causes: %s', (_, text, causes) => {
    const path = text.includes('/a/ws') ? '/a/ws' : '/';
    expect(traced(server(text), `ws://a.com${path}`).causes).toEqual(causes);
  });

  it.each([
    ['nginx does not start', REFUSED, 'ws://a.com/ws', 'fails: nginx does not start with this configuration'],
    ['and what would be', REFUSED, 'ws://a.com/ws', 'once it loads: 101, the connection is open'],
    ['the backend gets nothing', REFUSED, 'ws://a.com/ws', 'the backend would receive'],
    ['nothing listens', ROUTES, 'wss://a.com/ws', 'fails: the connection is refused'],
    ['the module carries none', ROUTES, 'ws://a.com/f', 'fails: no 101 comes back: fastcgi_pass lets none through'],
    ['the backend refuses', ROUTES, 'ws://a.com/ws', 'fails: the backend refuses the handshake'],
    [
      'the answer is spoilt',
      server(`location /ws { ${PASS} ${HEAD} proxy_hide_header Upgrade; }`),
      'ws://a.com/ws',
      'fails: a 101 comes back that the browser does not accept',
    ],
  ])('says where it fails: %s', (_, text, url, words) => {
    expect(run(text, 'trace', url).out).toContain(words);
  });

  it('says where the line is that nginx refuses, in JSON', () => {
    const { out } = run(UNDEFINED, 'trace', '--format', 'json', 'ws://a.com/ws');
    expect(out).toMatch(/"what": "nginx refuses the configuration: [^"]*",\s*"file": "nginx.conf",\s*"line": 2/);
  });
});

describe('routes', () => {
  it('shows an ordinary page as one, with the causes that JSON has', () => {
    const { out } = run(server(`location / { ${PASS} }`), 'routes');
    expect(out).toContain('  plain     location /');
    expect(out).toContain('a handshake would fail: http-version, upgrade-header, connection-header\n');
  });

  it.each([['routes'], ['--format=markdown'], ['--format=junit'], ['--quiet']])(
    '%s names the error on a route that no request reaches',
    (option) => {
      const row = run(SHADOWED, option).out.split('\n');
      expect(row.some((line) => /unknown|no request|takes/.test(line) && line.includes('shadowed-location'))).toBe(
        true,
      );
    },
  );

  it('leaves its outcome unknown', () => {
    expect(handshakes(SHADOWED)[1]).toEqual({ outcome: 'unknown', causes: [] });
  });
});
