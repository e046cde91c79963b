import { ask, inShort, shown, WS } from './ask';

const PASS = `proxy_pass http://127.0.0.1:3000; ${WS}`;

test.each([
  ['deny all', `location /ws { deny all; ${PASS} }`, 'fails 403 refused-by-access'],
  ['allow all', `location /ws { allow all; deny all; ${PASS} }`, 'switches'],
  ['an address decides', `location /ws { allow 10.0.0.0/8; deny all; ${PASS} }`, 'unknown'],
  [
    'it fails either way',
    'location /ws { allow 10.0.0.0/8; deny all; proxy_pass http://127.0.0.1:3000; }',
    'fails upgrade-missing connection-missing',
  ],
  ['one address is refused', `location /ws { deny 192.0.2.1; ${PASS} }`, 'switches'],
  ['own rules replace outer ones', `deny all; location /ws { allow all; ${PASS} }`, 'switches'],
  [
    'a password is wanted',
    `location /ws { auth_basic x; auth_basic_user_file f; ${PASS} }`,
    'fails 401 refused-by-access',
  ],
  ['no file, no password', `location /ws { auth_basic x; ${PASS} }`, 'switches'],
  ['off', `auth_basic x; auth_basic_user_file f; location /ws { auth_basic off; ${PASS} }`, 'switches'],
  [
    'satisfy any, none does',
    `location /ws { satisfy any; deny all; auth_basic x; auth_basic_user_file f; ${PASS} }`,
    'fails 401 refused-by-access',
  ],
  [
    'satisfy any, one does',
    `location /ws { satisfy any; allow all; auth_basic x; auth_basic_user_file f; ${PASS} }`,
    'switches',
  ],
  ['limit_except leaves GET out', `location /ws { limit_except POST { deny all; } ${PASS} }`, 'fails 403 limit-except'],
  ['limit_except with GET', `location /ws { limit_except GET { deny all; } ${PASS} }`, 'switches'],
  ['limit_except keeps the pass', `location /ws { limit_except POST { auth_basic off; } ${PASS} }`, 'switches'],
  [
    'limit_except skips the rewrites',
    `location /ws { limit_except POST { auth_basic off; } return 404; ${PASS} }`,
    'switches',
  ],
  ['auth_request allows', `location /ws { auth_request /a; ${PASS} } location /a { return 204; }`, 'switches'],
  [
    'auth_request refuses',
    `location /ws { auth_request /a; ${PASS} } location /a { return 403; }`,
    'fails 403 refused-by-access',
  ],
  [
    'auth_request fails',
    `location /ws { auth_request /a; ${PASS} } location /a { return 404; }`,
    'fails 500 refused-by-access',
  ],
  [
    'auth_request asks a backend',
    `location /ws { auth_request /a; ${PASS} } location /a { proxy_pass http://127.0.0.1:1; }`,
    'switches',
  ],
  [
    'and hands it Upgrade',
    `${WS} location /ws { auth_request /a; proxy_pass http://127.0.0.1:3000; } location /a { proxy_pass http://127.0.0.1:1; }`,
    'unknown subrequest-upgrade',
  ],
  ['ssl_verify_client', `listen 80 ssl; ssl_verify_client on; location / { ${PASS} }`, 'fails 400 refused-by-access'],
])('%s', (_title, body, expected) => {
  const scheme = body.includes(' ssl;') ? 'https' : 'http';
  expect(inShort(ask(body, { scheme }))).toBe(expected);
});

test.each([
  ['an error page may proxy', `location /ws { error_page 403 = @x; deny all; } location @x { ${PASS} }`, 'switches'],
  [
    'but keeps the status without =',
    `location /ws { error_page 403 @x; deny all; } location @x { ${PASS} }`,
    'fails 403 refused-by-access',
  ],
  [
    'or with 101 for a status',
    `location /ws { error_page 403 =101 @x; deny all; } location @x { ${PASS} }`,
    'switches',
  ],
  ['404 too', `location /ws { error_page 404 = @x; } location @x { ${PASS} }`, 'switches'],
  [
    'one page only',
    'location /ws { error_page 403 =200 /e; return 403; } location /e { error_page 404 = /f; return 404; } location /f { return 204; }',
    'fails 404 returned returned',
  ],
  [
    'more with recursive_error_pages',
    'recursive_error_pages on; location /ws { error_page 403 = /e; return 403; } location /e { error_page 404 = /f; return 404; } location /f { return 204; }',
    'fails 204 returned returned',
  ],
  ['a text is final', 'location /ws { error_page 404 =200 /x; return 404 text; }', 'fails 404 returned'],
  ['no such name', 'location /ws { try_files /n @nope; }', 'fails 500 server-error'],
  ['try_files to a name', `location /ws { try_files $uri @x; } location @x { ${PASS} }`, 'switches'],
  ['try_files to a status', `location /ws { try_files $uri =404; ${PASS} }`, 'fails 404 not-found'],
  ['the root directory exists', `location / { try_files $uri $uri/ =404; ${PASS} }`, 'fails 404 not-found'],
  ['it is an argument', `location /ws { try_files / =404; ${PASS} }`, 'switches'],
  ['try_files to a page', `location / { try_files $uri /index.html; } location = /index.html { ${PASS} }`, 'switches'],
  [
    'error_page of the instant 504',
    `location /ws { error_page 504 =200 /x; proxy_read_timeout 0; ${PASS} } location /x { return 203; }`,
    'fails 200 instant-timeout returned',
  ],
])('%s', (_title, body, expected) => {
  expect(inShort(ask(body))).toBe(expected);
});

test('a request for the root directory goes on to proxy_pass', () => {
  const body = `location / { try_files $uri $uri/ =404; ${PASS} }`;
  expect(inShort(ask(body, { target: '/' }))).toBe('switches');
});

test.each([
  ['location /ws/ { proxy_pass http://127.0.0.1:3000; }', '/ws?x=1', 'http://a.test:8080/ws/?x=1'],
  ['absolute_redirect off; location /ws/ { proxy_pass http://127.0.0.1:3000; }', '/ws', '/ws/'],
  ['port_in_redirect off; location /ws/ { proxy_pass http://127.0.0.1:3000; }', '/ws', 'http://a.test/ws/'],
  ['location "/a b/" { proxy_pass http://127.0.0.1:3000; }', '/a%20b', 'http://a.test:8080/a%20b/'],
  [
    'server_name_in_redirect on; server_name n.test; location /ws/ { uwsgi_pass 127.0.0.1:1; }',
    '/ws',
    'http://n.test:8080/ws/',
  ],
  ['location /ws { error_page 403 http://x.test/y; return 403; }', '/ws', 'http://x.test/y'],
])('%s redirects %s', (body, target, expected) => {
  const outcome = ask(`listen 8080; ${body}`, { target, port: 8080 });
  expect([outcome.faults.map(({ kind }) => kind), shown(outcome.redirect)]).toEqual([
    [expect.stringMatching(/redirected|returned/), ...(body.includes('error_page') ? ['redirected'] : [])],
    expected,
  ]);
});

test('what an open question decides is named', () => {
  const outcome = ask(`location /ws { if ($remote_addr = 192.0.2.1) { return 403; } ${PASS} }`);
  expect([outcome.outcome, outcome.unknowns]).toEqual([
    'unknown',
    ['if ($remote_addr = 192.0.2.1): $remote_addr is known at run time only'],
  ]);
});
