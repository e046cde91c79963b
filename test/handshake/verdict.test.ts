import { ask, inShort, WS } from './ask';

const B = 'http://127.0.0.1:3000';
const UPGRADE = 'proxy_set_header Upgrade $http_upgrade;';
const CONNECTION = 'proxy_set_header Connection upgrade;';

function location(lines: string): string {
  return `location / { proxy_http_version 1.1; ${lines} proxy_pass ${B}; }`;
}

test.each([
  ['both headers', UPGRADE + CONNECTION, 'switches'],
  ['no Upgrade', CONNECTION, 'fails upgrade-missing'],
  ['no Connection', UPGRADE, 'fails connection-missing'],
  ['neither', '', 'fails upgrade-missing connection-missing'],
  ['Connection close', `${UPGRADE} proxy_set_header Connection close;`, 'fails connection-close'],
  ['Connection keep-alive', `${UPGRADE} proxy_set_header Connection keep-alive;`, 'fails connection-wrong'],
  ['two Connection lines', `${UPGRADE}${CONNECTION} proxy_set_header Connection keep-alive;`, 'switches'],
  ['an empty second line', `${UPGRADE}${CONNECTION} proxy_set_header Connection "";`, 'switches'],
  ['close beside upgrade', `${UPGRADE}${CONNECTION} proxy_set_header Connection close;`, 'fails connection-close'],
  ['tokens in any case', `${UPGRADE} proxy_set_header Connection "Keep-Alive, UPGRADE";`, 'switches'],
  ['no comma, no token', `${UPGRADE} proxy_set_header Connection "upgrade keep-alive";`, 'fails connection-wrong'],
  ['Upgrade twice', UPGRADE + UPGRADE + CONNECTION, 'fails upgrade-twice'],
  ['a wrong Upgrade', `proxy_set_header Upgrade "\\$http_upgrade"; ${CONNECTION}`, 'fails upgrade-wrong'],
  ['a misspelt variable', `proxy_set_header Upgrade $http_upgrde; ${CONNECTION}`, 'fails upgrade-missing'],
  ['a blanked key', `${UPGRADE}${CONNECTION} proxy_set_header Sec-WebSocket-Key "";`, 'fails key-missing'],
  [
    'a blanked version',
    `${UPGRADE}${CONNECTION} proxy_set_header sec-websocket-version "";`,
    'fails sec-version-missing',
  ],
  [
    'no client headers',
    `${UPGRADE}${CONNECTION} proxy_pass_request_headers off;`,
    'fails key-missing sec-version-missing',
  ],
  ['another method', `${UPGRADE}${CONNECTION} proxy_method POST;`, 'fails method'],
  ['several at once', 'proxy_method POST;', 'fails method upgrade-missing connection-missing'],
  ['a hidden Upgrade', `${UPGRADE}${CONNECTION} proxy_hide_header upgrade;`, 'fails response-header-hidden'],
  ['passed again', `${UPGRADE}${CONNECTION} proxy_hide_header Upgrade; proxy_pass_header Upgrade;`, 'switches'],
  ['an added Upgrade', `${UPGRADE}${CONNECTION} add_header Upgrade websocket always;`, 'fails response-header-added'],
  ['not without always', `${UPGRADE}${CONNECTION} add_header Upgrade websocket;`, 'switches'],
  [
    'a hidden Upgrade given back',
    `${UPGRADE}${CONNECTION} proxy_hide_header Upgrade; add_header Upgrade $upstream_http_upgrade always;`,
    'switches',
  ],
  [
    'a hidden Accept given back',
    `${UPGRADE}${CONNECTION} proxy_hide_header Sec-WebSocket-Accept; add_header Sec-WebSocket-Accept $upstream_http_sec_websocket_accept always;`,
    'switches',
  ],
  [
    'a hidden Upgrade, perhaps given back',
    `${UPGRADE}${CONNECTION} proxy_hide_header Upgrade; add_header Upgrade $upstream_http_x always;`,
    'unknown',
  ],
  [
    "the backend's Upgrade again",
    `${UPGRADE}${CONNECTION} add_header Upgrade $upstream_http_upgrade always;`,
    'fails response-header-added',
  ],
  [
    "the backend's Accept again",
    `${UPGRADE}${CONNECTION} add_header Sec-WebSocket-Accept $upstream_http_sec_websocket_accept always;`,
    'fails response-header-added',
  ],
  ['a timeout of 0', `${UPGRADE}${CONNECTION} proxy_read_timeout 0s;`, 'fails 504 instant-timeout'],
  ['and faults beside it', `${UPGRADE} proxy_connect_timeout 0;`, 'fails 504 connection-missing instant-timeout'],
  ['a limit below the size of the 101', `${UPGRADE}${CONNECTION} limit_rate 180;`, 'fails response-cut'],
  ['a limit that its header fits', `${UPGRADE}${CONNECTION} limit_rate 181;`, 'switches'],
  ['a limit from some bytes on', `${UPGRADE}${CONNECTION} limit_rate 100; limit_rate_after 100;`, 'switches'],
  ['a limit that is set', `${UPGRADE}${CONNECTION} set $limit_rate 100;`, 'fails response-cut'],
  ['no limit, by set', `${UPGRADE}${CONNECTION} limit_rate 100; set $limit_rate 0;`, 'switches'],
  ['an unknown Connection', `${UPGRADE} proxy_set_header Connection $remote_addr;`, 'unknown'],
  ['an unknown X-Real-IP', `${UPGRADE}${CONNECTION} proxy_set_header X-Real-IP $remote_addr;`, 'switches'],
])('%s', (_title, lines, expected) => {
  expect(inShort(ask(location(lines)))).toBe(expected);
});

test.each([
  ['1.18.0', 'fails http-version'],
  ['1.29.6', 'fails http-version'],
  ['1.29.7', 'switches'],
])('without proxy_http_version on %s: %s', (version, expected) => {
  expect(inShort(ask(`location / { ${UPGRADE}${CONNECTION} proxy_pass ${B}; }`, { version }))).toBe(expected);
});

test('a map of the status gives a hidden Upgrade back', () => {
  const body = `proxy_hide_header Upgrade; add_header Upgrade $up always; ${UPGRADE}${CONNECTION}`;
  const map = "map $status $up { 101 websocket; default ''; }";
  expect(inShort(ask(`${map} server { ${location(body)} }`))).toBe('switches');
});

test.each([
  [
    'what nginx provides keeps its value until set runs',
    'if ($http_upgrade = h2c) { set $http_upgrade ""; }',
    'switches',
  ],
  ['set has run', 'set $http_upgrade "";', 'fails upgrade-missing'],
  [
    'set of a name of nobody is empty until it runs',
    'if ($http_upgrade = h2c) { set $c upgrade; }',
    'fails connection-missing',
  ],
])('%s', (_title, lines, expected) => {
  const connection = lines.includes('$c ') ? '$c' : 'upgrade';
  const headers = `${UPGRADE} proxy_set_header Connection ${connection};`;
  expect(inShort(ask(location(`${lines} ${headers}`)))).toBe(expected);
});

const MAP = 'map $http_upgrade $c { default upgrade; }';
const CAPTURE = 'server { listen 81; location ~ ^/x/(?<c>.*) { return 200; } }';

test.each([
  ['a capture takes the place of a map', MAP + CAPTURE, 'fails connection-missing'],
  ['a map the place of a capture before it', CAPTURE + MAP, 'switches'],
])('%s', (_title, before, expected) => {
  const headers = `${UPGRADE} proxy_set_header Connection $c;`;
  expect(inShort(ask(`${before} server { listen 80; ${location(headers)} }`))).toBe(expected);
});

test('HTTP/2 to the backend is answered 502', () => {
  expect(inShort(ask(`location / { ${UPGRADE}${CONNECTION} proxy_http_version 2; proxy_pass ${B}; }`))).toBe(
    'fails 502 http-version',
  );
});

test.each([
  ['1.31.3', 'fails host-twice'],
  ['1.31.4', 'switches'],
])('Host twice on %s: %s', (version, expected) => {
  const body = `location / { ${WS} proxy_set_header Host a; proxy_set_header Host b; proxy_pass ${B}; }`;
  expect(inShort(ask(body, { version }))).toBe(expected);
});

test.each([
  ['uwsgi_pass 127.0.0.1:1;', 'switches'],
  ['scgi_pass 127.0.0.1:1;', 'switches'],
  ['uwsgi_pass 127.0.0.1:1; uwsgi_hide_header Upgrade;', 'fails response-header-hidden'],
  ['grpc_pass 127.0.0.1:1;', 'fails 502 wrong-module'],
  ['fastcgi_pass 127.0.0.1:1;', 'fails wrong-module'],
  [`proxy_pass ${B}; ${WS} empty_gif;`, 'fails 200 other-handler'],
  [`empty_gif; proxy_pass ${B}; ${WS}`, 'switches'],
  ['content_by_lua_block { ngx.say(1) }', 'unknown'],
  [`proxy_pass ${B}; ${WS} access_by_lua_block { x() }`, 'unknown'],
  [`proxy_pass ${B}; access_by_lua_block { x() }`, 'unknown'],
  ['nchan_pubsub;', 'unknown'],
  ['root /var/www;', 'fails 404 no-handler'],
])('%s', (lines, expected) => {
  expect(inShort(ask(`location /ws { ${lines} }`))).toBe(expected);
});

test('a plain request fails without a fault of its own', () => {
  expect(inShort(ask(location(''), { client: 'get' }))).toBe('fails');
});

test.each([
  ['set $b 127.0.0.1:1; proxy_pass http://$b;', 'switches'],
  ['set $b UP; proxy_pass http://$b;', 'switches'],
  ['set $b up:80; proxy_pass http://$b;', 'fails 502 no-resolver'],
  ['set $b app.test; proxy_pass http://$b;', 'fails 502 no-resolver'],
  ['resolver 127.0.0.1; set $b app.test; proxy_pass http://$b;', 'switches'],
  ['set $b known.test:81; proxy_pass http://$b;', 'switches'],
  ['set $b ws://127.0.0.1; proxy_pass $b;', 'fails 500 bad-scheme'],
  ['set $b ""; proxy_pass http://$b;', 'fails 500 bad-scheme'],
  ['proxy_pass http://$remote_addr;', 'unknown'],
])('%s: %s', (lines, expected) => {
  const other = 'location /other { proxy_pass http://known.test:81; }';
  const body = `upstream up { server 127.0.0.1:1; } server { ${WS} location /ws { ${lines} } ${other} }`;
  expect(inShort(ask(body))).toBe(expected);
});

const SWITCHES = `location / { proxy_http_version 1.1; ${UPGRADE}${CONNECTION} proxy_pass ${B}; }`;

/** The default server of the port with these lines, and one of the name asked for. */
function beside(first: string, own: string, listen = '80'): string {
  return `server { listen ${listen} default_server; ${first} } server { listen ${listen}; server_name a.test; ${own} ${SWITCHES} }`;
}

test.each([
  ['the default server closes at once', 'client_header_timeout 0;', '', 'fails instant-timeout'],
  ['a server by name does not', '', 'client_header_timeout 0;', 'switches'],
  ['a limit on header lines', '', 'max_headers 11;', 'fails 400 too-many-headers'],
  ['that they fit', '', 'max_headers 12;', 'switches'],
  ['of the default server, for what comes before Host', 'max_headers 0;', '', 'fails 400 too-many-headers'],
  ['and for nothing else', 'max_headers 1;', '', 'switches'],
])('%s', (_title, first, own, expected) => {
  expect(inShort(ask(beside(first, own)))).toBe(expected);
});

test('the kernel hands data over with the connection: no timer runs', () => {
  const deferred = beside('client_header_timeout 0;', '').replace('default_server', 'default_server deferred');
  expect(inShort(ask(deferred))).toBe('switches');
});

test.each([
  ['the server of the name', '', 'ssl_reject_handshake on;', 'a.test', 'fails name-rejected'],
  ['another server', 'ssl_reject_handshake on;', '', 'a.test', 'switches'],
  [
    'the default server, without a name',
    'ssl_reject_handshake on;',
    'server_name 127.0.0.1;',
    '127.0.0.1',
    'fails name-rejected',
  ],
])('TLS is rejected by %s', (_title, first, own, host, expected) => {
  const body = beside(first, own, '443 ssl');
  expect(inShort(ask(body, { host, scheme: 'https', port: 443 }))).toBe(expected);
});

test.each([
  ['server 127.0.0.1:1 down;', 'fails 502 no-live-server'],
  ['server 127.0.0.1:1 down; server 127.0.0.1:2 backup;', 'switches'],
  ['server 127.0.0.1:1 down; server 127.0.0.1:2 backup down;', 'fails 502 no-live-server'],
  ['server 127.0.0.1:1 down; check interval=3000;', 'switches'],
])('upstream u { %s }', (servers, expected) => {
  const location = SWITCHES.replace(B, 'http://u');
  expect(inShort(ask(`upstream u { ${servers} } server { listen 80; ${location} }`))).toBe(expected);
});

test('without a resolver the rest of the handshake is judged all the same', () => {
  const body = `location /ws { proxy_set_header Upgrade $http_upgrade; set $b app.test; proxy_pass http://$b; }`;
  expect(inShort(ask(body, { version: '1.22.1' }))).toBe('fails 502 http-version connection-missing no-resolver');
});

test.each([
  ['location / { try_files $uri $uri/ /index.html; }', 'fails 200 no-handler'],
  ['location /ws { try_files $uri /index.html; } location / { root html; }', 'fails 200 no-handler'],
  ['error_page 403 /403.html; location /ws { deny all; } location = /403.html { root html; }', '403'],
  [`location / { try_files $uri /app; } location /app { proxy_pass ${B}; ${WS} }`, 'switches'],
  [`location / { try_files $uri /index.html; proxy_pass ${B}; ${WS} }`, 'fails 500 server-error'],
  ['location / { try_files $uri.html $uri; }', 'fails 500 server-error'],
  ['location / { try_files /closed.html /index.html; }', 'fails 500 server-error'],
])('a file that the configuration leads to exists, unless a location makes it otherwise: %s: %s', (body, expected) => {
  expect(inShort(ask(body))).toContain(expected);
});
