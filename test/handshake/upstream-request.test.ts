import { ask, headersOf, inShort, lineOf } from './ask';

const B = 'http://127.0.0.1:3000';

test.each([
  [
    'without a URI the target goes as it came',
    'location /ws',
    `proxy_pass ${B};`,
    '/ws//a/..?x=%20y',
    '/ws//a/..?x=%20y',
  ],
  [
    'a URI replaces the prefix',
    'location /ws',
    `proxy_pass ${B}/up;`,
    '/ws/a%20b//c/../d?x=%20y',
    '/up/a%20b/d?x=%20y',
  ],
  ['a slash too many stays', 'location /ws', `proxy_pass ${B}/;`, '/ws/chat', '//chat'],
  ['a slash too few is lost', 'location /ws/', `proxy_pass ${B}/sock;`, '/ws/chat', '/sockchat'],
  ['a query in it comes first', 'location /ws/', `proxy_pass ${B}/b?c=1;`, '/ws/a?x=1', '/b?c=1a?x=1'],
  ['the location of an exact match is replaced whole', 'location = /ws', `proxy_pass ${B}/z;`, '/ws?x=1', '/z?x=1'],
  [
    'variables with a URI replace everything',
    'location /ws',
    `set $b 127.0.0.1:1; proxy_pass http://$b/fixed;`,
    '/ws/a?x=1',
    '/fixed',
  ],
  [
    'variables without a URI replace nothing',
    'location /ws',
    `set $b 127.0.0.1:1; proxy_pass http://$b;`,
    '/ws/a%20b?x',
    '/ws/a%20b?x',
  ],
  ['captures lose the query', 'location ~ ^/ws/(.*)', `proxy_pass ${B}/n/$1;`, '/ws/ab?x=1', '/n/ab'],
  ['unless it is added', 'location ~ ^/ws/(.*)', `proxy_pass ${B}/n/$1$is_args$args;`, '/ws/ab?x=1', '/n/ab?x=1'],
  [
    'a changed URI is escaped',
    'location /ws',
    `rewrite ^/ws/(.*) /r/$1 break; proxy_pass ${B}/up;`,
    '/ws/a%20b?x',
    '/r/a%20b?x',
  ],
])('%s', (_title, location, body, target, expected) => {
  expect(lineOf(ask(`${location} { ${body} }`, { target }))).toBe(`GET ${expected} HTTP/1.1`);
});

test('internal redirects escape the URI and keep or drop arguments as they are written', () => {
  const body = `location /ws { try_files $uri /r$uri?y=1&$args; } location /r { proxy_pass ${B}; }`;
  expect(lineOf(ask(body, { target: '/ws/a%20b//c?x=1' }))).toBe('GET /r/ws/a%20b/c?y=1&x=1 HTTP/1.1');
});

test('a named location gets the target untouched', () => {
  const body = `location /ws { try_files $uri @b; } location @b { proxy_pass ${B}; }`;
  expect(lineOf(ask(body, { target: '/ws/a%20b//c?x=1' }))).toBe('GET /ws/a%20b//c?x=1 HTTP/1.1');
});

test.each([
  ['1.18.0', 'HTTP/1.0', ['Host: 127.0.0.1:3000', 'Connection: close']],
  ['1.29.6', 'HTTP/1.0', ['Host: 127.0.0.1:3000', 'Connection: close']],
  ['1.29.7', 'HTTP/1.1', ['Host: 127.0.0.1:3000']],
  ['1.31.4', 'HTTP/1.1', ['Host: 127.0.0.1:3000']],
])('%s by default speaks %s and sends these hop headers', (version, protocol, expected) => {
  const outcome = ask(`location / { proxy_pass ${B}; }`, { version, client: 'get' });
  expect(lineOf(outcome)).toBe(`GET /ws ${protocol}`);
  expect(headersOf(outcome, 'Host', 'Connection', 'Upgrade')).toEqual(expected);
});

test('own headers first and as written, then defaults, then what the client sent', () => {
  const lines =
    'proxy_set_header X-B 1; proxy_set_header connection x; proxy_set_header X-B 2; proxy_set_header Accept "";';
  const outcome = ask(`location / { ${lines} proxy_pass ${B}; }`, { version: '1.22.1', client: 'post' });
  expect(headersOf(outcome).slice(0, 6)).toEqual([
    'X-B: 1',
    'connection: x',
    'X-B: 2',
    'Host: 127.0.0.1:3000',
    'Content-Length: 2',
    expect.stringMatching(/^User-Agent/),
  ]);
  expect(headersOf(outcome, 'Accept')).toEqual([]);
});

test('a location with headers of its own has none of the outer ones', () => {
  const body = `proxy_set_header A 1; location / { proxy_set_header B 2; proxy_pass ${B}; }`;
  expect(headersOf(ask(body), 'A', 'B')).toEqual(['B: 2']);
});

test.each([
  ['1.31.3', 'proxy_set_header Host a; proxy_set_header Host b;', ['Host: a', 'Host: b']],
  ['1.31.4', 'proxy_set_header Host a; proxy_set_header Host b;', ['Host: b']],
  ['1.31.3', 'proxy_set_header Host "";', []],
  ['1.31.4', 'proxy_set_header Host "";', ['Host: 127.0.0.1:3000']],
  ['1.31.4', 'proxy_set_header Host ""; proxy_http_version 1.0;', []],
])('Host on %s with %s', (version, lines, expected) => {
  expect(headersOf(ask(`location / { ${lines} proxy_pass ${B}; }`, { version }), 'Host')).toEqual(expected);
});

test.each([
  ['http://backend', 'backend'],
  ['http://backend:80', 'backend'],
  ['http://backend:8080/x', 'backend:8080'],
  ['https://backend:443', 'backend'],
  ['https://backend:80', 'backend:80'],
  ['http://unix:/tmp/s:/x', 'localhost'],
  ['http://[::1]:3000', '[::1]:3000'],
])('$proxy_host of %s is %s', (url, host) => {
  expect(headersOf(ask(`location / { proxy_pass ${url}; }`), 'Host')).toEqual([`Host: ${host}`]);
});

test('proxy_pass_request_headers off leaves defaults and own lines', () => {
  const body = `location / { proxy_pass_request_headers off; proxy_set_header A b; proxy_pass ${B}; }`;
  expect(headersOf(ask(body))).toEqual(['Host: 127.0.0.1:3000', 'A: b']);
});

test('a value of the running server alone stays unknown, and the header is there', () => {
  const body = `location / { proxy_set_header X-Real-IP "a $remote_addr"; proxy_pass ${B}; }`;
  expect(headersOf(ask(body), 'X-Real-IP')).toEqual(['X-Real-IP: ?$remote_addr is known at run time only']);
});

test('a regex map among the headers replaces $1 for all of them', () => {
  const map = 'map $http_upgrade $m { ~(web) $1; }';
  const body = `${map} server { location ~ ^/(long/.*) { proxy_set_header A $1; proxy_set_header M $m; proxy_pass ${B}; } }`;
  expect(headersOf(ask(body, { target: '/long/x' }), 'A', 'M')).toEqual(['A: web', 'M: web']);
});

test('and answers 500 when the new values need more room', () => {
  const map = 'map $http_upgrade $m { ~(web) $1; }';
  const body = `${map} server { location ~ ^/(.) { proxy_set_header A $1; proxy_set_header M $m; proxy_pass ${B}; } }`;
  expect(inShort(ask(body, { target: '/x' }))).toBe('fails 500 server-error');
});
