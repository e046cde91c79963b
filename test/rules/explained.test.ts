import { rules } from '../../rules/index';
import { DEFAULT_OPTIONS, lint } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import type { Workspace } from '../../src/model/workspace';
import { workspaceOf } from '../helpers/workspace';
import { generateTree } from '../live/generator/generator';
import { render, workspaceFor } from '../live/tree';

const HEADERS = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';
const WS = `proxy_pass http://127.0.0.1:3000; ${HEADERS}`;
const inLocation = (text: string): string => `location /ws { ${text} ${WS} }`;
const beforeIt = (text: string): string => `${text} location /ws { ${WS} }`;

/** WebSocket routes whose handshake fails while no finding names the cause. */
function unexplained(workspace: Workspace): readonly string[] {
  const result: LintResult = lint(workspace, rules, DEFAULT_OPTIONS);
  return result.routes
    .filter(({ route, handshake, causes }) => {
      return route.websocket.serves !== 'no' && handshake?.outcome === 'fails' && causes.length === 0;
    })
    .map(({ route, handshake }) => `${route.label}: ${handshake?.faults.map(({ detail }) => detail).join(', ')}`);
}

function lintServer(body: string): LintResult {
  return lint(workspaceOf({ 'nginx.conf': `events {} http { server { ${body} } }` }), rules, DEFAULT_OPTIONS);
}

test.each([
  beforeIt('return 404;'),
  beforeIt('return 403 "no";'),
  beforeIt('if ($http_upgrade) { return 400; }'),
  beforeIt('set $a 0; if ($http_upgrade) { set $a 1; } if ($a) { return 400; }'),
  beforeIt('if ($http_user_agent ~* (curl|chrome)) { return 444; }'),
  beforeIt('if ($server_protocol != HTTP/2.0) { return 426; }'),
  beforeIt('if ($request_method = GET) { return 405; }'),
  beforeIt('if ($http_upgrade) { return 301 https://a.test$request_uri; }'),
  beforeIt('deny all;'),
  inLocation('deny all;'),
  inLocation('if ($http_connection ~* upgrade) { return 403; }'),
  inLocation('if ($http_connection !~ upgrade) { return 400; }'),
  inLocation('if ($http_upgrade) { return 301 /closed; }'),
  inLocation('if ($http_upgrade) { rewrite ^ /closed redirect; }'),
  inLocation('return 200;'),
  inLocation('return 302 /closed;'),
  inLocation('rewrite ^(.*)$ /ws$1 last;'),
  inLocation('limit_except POST { deny all; }'),
  inLocation('proxy_method POST;'),
  inLocation('try_files $uri =404;'),
  inLocation('try_files $uri @nowhere;'),
  `location /ws { ${WS} empty_gif; }`,
  inLocation('proxy_read_timeout 0;'),
  inLocation('proxy_pass_request_headers off;'),
  inLocation('proxy_hide_header Upgrade;'),
  inLocation('add_header Upgrade websocket always;'),
  inLocation('proxy_set_header Host "";'),
  `${inLocation('auth_request /auth;')} location = /auth { return 401; }`,
  `${inLocation('auth_request /auth;')} location = /auth { return 404; }`,
  `location /ws { error_page 418 @backend; return 418; } location @backend { ${WS} }`,
  `location / { if ($http_upgrade) { proxy_pass http://127.0.0.1:3000; return 400; } ${HEADERS} }`,
  `location / { if ($http_upgrade) { proxy_pass http://127.0.0.1:3000; return 301 /a; } ${HEADERS} }`,
  `location / { if ($http_upgrade) { proxy_pass http://127.0.0.1:3000; } return 301 /a; ${HEADERS} }`,
  `if ($scheme = http) { return 301 https://a.test/; } location / { if ($http_upgrade) { ${WS} } }`,
  `location /ws { ${HEADERS} set $backend "http://"; proxy_pass $backend; }`,
  `location /ws { ${HEADERS} set $backend "http://name"; proxy_pass $backend; }`,
  'location /ws { uwsgi_pass 127.0.0.1:3000; uwsgi_read_timeout 0; }',
  'location /ws { uwsgi_pass 127.0.0.1:3000; uwsgi_pass_request_headers off; }',
  'location /ws { fastcgi_pass 127.0.0.1:3000; }',
])('a route that fails is explained: %s', (body) => {
  const { routes, diagnostics } = lintServer(body);
  const [verdict] = routes.filter(({ handshake }) => handshake?.outcome === 'fails');
  expect(verdict).toBeDefined();
  expect(diagnostics.some(({ breaks, routes: named }) => breaks && named.some((one) => one === verdict?.route))).toBe(
    true,
  );
});

test.each([
  beforeIt('if (-f /var/www/maintenance.html) { return 503; }'),
  beforeIt('if (!-f /var/www/open) { return 503; }'),
  inLocation('allow 10.0.0.0/8; deny all;'),
  inLocation('satisfy any; deny all; auth_basic a; auth_basic_user_file users;'),
  inLocation('if ($arg_token = "") { return 401; }'),
  inLocation('if ($http_origin !~ a.test) { return 403; }'),
  beforeIt('if ($cookie_session = "") { return 403; }'),
  beforeIt('if ($remote_addr != 10.0.0.1) { return 403; }'),
  beforeIt('if ($host !~ ^(a|b).test$) { return 444; }'),
])('what may let handshakes through is no refusal: %s', (body) => {
  expect(lintServer(body).diagnostics.filter(({ rule }) => rule === 'refused-handshake')).toEqual([]);
});

test('the routes of generated configurations that fail are all explained', () => {
  const seeds = Array.from({ length: 30 }, (_, index) => index + 700);
  const missing = seeds.flatMap((seed) => {
    return unexplained(workspaceFor(render(generateTree(seed)))).map((line) => `seed ${seed}: ${line}`);
  });
  expect(missing).toEqual([]);
});
