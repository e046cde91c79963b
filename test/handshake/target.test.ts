import { targetFor, urlOf } from '../../src/handshake/target';
import { findRoutes } from '../../src/model/routes';
import { configurationOf } from '../helpers/workspace';

const PASS = 'proxy_pass http://127.0.0.1:3000;';

/** The URL of each route, in order. */
function urls(body: string): readonly (string | null)[] {
  const http = /\bserver\s*\{/.test(body) ? body : `server { ${body} }`;
  const configuration = configurationOf(`events {} http { ${http} }`);
  return findRoutes(configuration).map((route) => {
    const target = targetFor(configuration, route);
    return target === null ? null : urlOf(target);
  });
}

test.each([
  ['a prefix is its own path', `location /ws { ${PASS} }`, ['ws://localhost/ws']],
  ['TLS goes first', `listen 80; listen 443 ssl; location / { ${PASS} }`, ['wss://localhost/']],
  ['another port is named', `listen 8080; location / { ${PASS} }`, ['ws://localhost:8080/']],
  [
    'the name of the server',
    `server_name example.com www.example.com; location /ws/ { ${PASS} }`,
    ['ws://example.com/ws/'],
  ],
  ['a wildcard name', `server_name *.example.com; location = /ws { ${PASS} }`, ['ws://www.example.com/ws']],
  ['a regex name', `server_name ~^app\\d+\\.example\\.com$; location / { ${PASS} }`, ['ws://app0.example.com/']],
  ['Socket.IO', `location /socket.io/ { ${PASS} }`, ['ws://localhost/socket.io/?EIO=4&transport=websocket']],
  ['a regex location', `location ~ ^/(ws|live)$ { ${PASS} }`, ['ws://localhost/ws']],
  ['past an exact one', `location = / { return 204; } location / { ${PASS} }`, ['ws://localhost/ws']],
  ['a space is escaped', `location "/a b" { ${PASS} }`, ['ws://localhost/a%20b']],
  [
    'a named location, by try_files',
    `location / { try_files $uri @app; } location @app { ${PASS} }`,
    ['ws://localhost/'],
  ],
  [
    'a named location, by error_page',
    `location /x { error_page 404 = @app; } location @app { ${PASS} }`,
    ['ws://localhost/x'],
  ],
  [
    'an internal one, by rewrite',
    `location /x { rewrite ^ /in; } location /in { internal; ${PASS} }`,
    ['ws://localhost/x'],
  ],
  ['nobody leads there', `location @app { ${PASS} }`, [null]],
  ['a location that is always shadowed', `location /ws { ${PASS} } location ~ . { return 204; }`, [null]],
  ['an if that the handshake makes true', `location /ws { if ($http_upgrade) { ${PASS} } }`, ['ws://localhost/ws']],
  [
    'an if that keeps every handshake out',
    `location /ws { if ($http_connection != "upgrade") { return 426; } ${PASS} }`,
    ['ws://localhost/ws'],
  ],
  [
    'one that some handshakes may pass',
    `location /ws { if ($http_x_token = "") { return 401; } ${PASS} }`,
    ['ws://localhost/ws'],
  ],
  [
    'an if that hands handshakes to another backend',
    `location /ws { if ($http_upgrade) { proxy_pass http://127.0.0.1:1; } ${PASS} }`,
    [null, 'ws://localhost/ws'],
  ],
  [
    'an if on an argument',
    `location /ws { if ($arg_transport = websocket) { ${PASS} } }`,
    ['ws://localhost/ws?transport=websocket'],
  ],
  ['an if on the arguments', `location /ws { if ($args ~ ^v=2) { ${PASS} } }`, ['ws://localhost/ws?v=2']],
  ['an if on the URI', `location / { if ($uri ~ ^/live/\\d$) { ${PASS} } }`, ['ws://localhost/live/0']],
  [
    'limit_except never takes GET there',
    `location /ws { ${PASS} limit_except GET { proxy_pass http://127.0.0.1:1; } }`,
    ['ws://localhost/ws', null],
  ],
  ['a pass that a return keeps from running', `location /ws { return 200; ${PASS} }`, ['ws://localhost/ws']],
  [
    'a server that answers every request itself',
    `return 301 https://x.test; location /ws { ${PASS} }`,
    ['ws://localhost/ws'],
  ],
  [
    'the second of two servers of one name',
    `server { location / { ${PASS} } } server { location / { ${PASS} } }`,
    ['ws://localhost/', null],
  ],
  [
    'nested locations',
    `location /a { ${PASS} location /a/ws { ${PASS} } }`,
    ['ws://localhost/a', 'ws://localhost/a/ws'],
  ],
  [
    'a default server whose usual name another one has',
    `server { location / { ${PASS} } } server { server_name localhost; return 204; }`,
    ['ws://other.example/'],
  ],
  [
    'a regex name that leaves its end open',
    `server { return 204; } server { server_name ~^ws\\d+\\.; location / { ${PASS} } }`,
    ['ws://ws0.example/'],
  ],
  [
    'a wildcard name of which another server has the likely one',
    `server { server_name *.a.test; location / { ${PASS} } } server { listen 80 default; server_name www.a.test; return 204; }`,
    ['ws://ws.a.test/'],
  ],
  [
    'a server that is called _ and is not the default one',
    `server { return 204; } server { server_name _; location / { ${PASS} } }`,
    ['ws://_/'],
  ],
  [
    'a server that an address of its own tells from its twin',
    `server { listen 10.0.0.1:80; location / { return 204; } } server { listen 10.0.0.2:80; location / { ${PASS} } }`,
    ['ws://10.0.0.2/'],
  ],
  [
    'past a regex that takes what has no dot',
    `location / { ${PASS} } location ~ ^[^.]*$ { return 204; }`,
    ['ws://localhost/a.b'],
  ],
  [
    'a regex location whose first samples others take',
    `location ~ ^/ws$ { return 204; } location ~ ^/ws { ${PASS} }`,
    ['ws://localhost/ws/'],
  ],
  ['a regex within a prefix', `location /app/ { location ~ \\d$ { ${PASS} } }`, ['ws://localhost/app/0']],
  [
    'a regex that ^~ / keeps from everything but what is below another prefix',
    `location ^~ / { return 204; } location /a { return 204; } location ~ ^/.*\\d$ { ${PASS} }`,
    ['ws://localhost/a0'],
  ],
  [
    'past a redirect of the prefix alone',
    `location /app { rewrite ^/app$ /app/ redirect; ${PASS} }`,
    ['ws://localhost/app/ws'],
  ],
  ['an endpoint is asked for itself', `location /ws { rewrite ^/ws$ /ws/ redirect; ${PASS} }`, ['ws://localhost/ws']],
  ['an if on the host', `location / { if ($host ~ ^ws\\.) { ${PASS} } }`, ['ws://ws.example/']],
  [
    'an anchored regex within a prefix',
    `location /app/ { location ~ ^/(?<room>[a-z]+)/chat { ${PASS} } }`,
    ['ws://localhost/app/chat'],
  ],
])('%s', (_title, body, expected) => {
  expect(urls(body)).toEqual(expected);
});

test('a named location whose name a variable completes', () => {
  expect(urls(`location /x { try_files $uri @api$http_upgrade; } location @apiwebsocket { ${PASS} }`)).toEqual([
    'ws://localhost/x',
  ]);
});

test('a placeholder of a guide is no host name', () => {
  expect(urls(`server_name <your domain>; location ~ \\.php$ { ${PASS} } location ~ /\\. { return 404; }`)).toEqual([
    'ws://localhost/index.php',
  ]);
});

test.each([
  ['if ($host != www.a.test) { return 301 https://www.a.test$request_uri; }', 'ws://www.a.test/ws'],
  ['if ($http_host !~ ^(chat|talk)\\.a\\.test$) { return 444; }', 'ws://chat.a.test/ws'],
])('a host that the server does not turn away: %s', (condition, url) => {
  expect(urls(`server_name a.test _; ${condition} location /ws { ${PASS} }`)).toEqual([url]);
});
