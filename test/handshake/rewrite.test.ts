import { ask, inShort, lineOf, shown, WS } from './ask';

const B = 'http://127.0.0.1:3000';
const PASS = `proxy_pass ${B}; ${WS}`;

// What stands here was measured with nginx 1.22.1, 1.30.4 and 1.31.4.
test.each([
  ['return with a code', `location /ws { return 200; ${PASS} }`, 'fails 200 returned'],
  ['return with a URL', 'location /ws { return https://$host$request_uri; }', 'fails 302 redirected'],
  ['return closes the connection', 'location /ws { return 444; }', 'fails 444 returned'],
  [
    'a true if runs on past its block',
    `location /ws { if ($http_upgrade) { proxy_pass ${B}; } return 200; }`,
    'fails 200 returned',
  ],
  ['break stops it', `${WS} location /ws { if ($http_upgrade) { proxy_pass ${B}; break; } return 200; }`, 'switches'],
  ['a true if keeps the handler and headers', `location /ws { ${PASS} if ($http_upgrade) { set $a 1; } }`, 'switches'],
  ['= is case-sensitive', `location /ws { ${PASS} if ($http_upgrade = WebSocket) { return 403; } }`, 'switches'],
  ['!= too', `location /ws { ${PASS} if ($http_upgrade != WebSocket) { return 403; } }`, 'fails 403 returned'],
  ['~* is not', `location /ws { ${PASS} if ($http_upgrade ~* WebSocket) { return 403; } }`, 'fails 403 returned'],
  ['!~ negates', `location /ws { ${PASS} if ($http_upgrade !~ ^web) { return 403; } }`, 'switches'],
  [
    '0 and nothing are false',
    `location /ws { ${PASS} set $a 0; if ($a) { return 403; } if ($b) { return 403; } set $b 1; }`,
    'switches',
  ],
  [
    'no file is taken to exist',
    `location /ws { ${PASS} if (!-f $request_filename) { return 403; } }`,
    'fails 403 returned',
  ],
  ['rewrite last searches again', `location /ws { rewrite ^ /x last; } location /x { ${PASS} }`, 'switches'],
  ['rewrite break stays', `location /ws { rewrite ^ /x break; ${PASS} } location /x { return 403; }`, 'switches'],
  [
    'without a flag the block runs to its end',
    'location /ws { rewrite ^ /x; return 403; } location /x { return 204; }',
    'fails 403 returned',
  ],
  ['ten changes of the URI are too many', 'location /ws { rewrite ^ /ws last; }', 'fails 500 server-error'],
  ['internal opens after a rewrite', `rewrite ^/ws$ /in; location /in { internal; ${PASS} }`, 'switches'],
  ['internal is 404 from outside', `location /ws { internal; ${PASS} }`, 'fails 404 internal'],
  ['an if loses try_files', `location /ws { try_files /n =405; ${PASS} if ($http_upgrade) { set $a 1; } }`, 'switches'],
])('%s', (_title, body, expected) => {
  expect(inShort(ask(body))).toBe(expected);
});

test.each([
  ['rewrite ^/ws/(.*)$ /n/$1 permanent;', '/ws/a%20b%26c%3Fd?q=1', 'http://a.test/n/a%20b&c?d?q=1'],
  ['rewrite ^/ws/(.*)$ https://other.test/n/$1?p=$1;', '/ws/ab?q=1', 'https://other.test/n/ab?p=ab&q=1'],
  ['rewrite ^/ws/(.*)$ https://other.test/n/$1?;', '/ws/ab?q=1', 'https://other.test/n/ab'],
  ['return 301 /x$is_args$args;', '/ws/?q=1', 'http://a.test/x?q=1'],
  ['return 308 https://$host$request_uri;', '/ws/a%20b?q', 'https://a.test/ws/a%20b?q'],
])('%s of %s leads to %s', (line, target, expected) => {
  expect(shown(ask(`location /ws { ${line} }`, { target }).redirect)).toBe(expected);
});

test.each([
  ['rewrite ^/ws/(.*)$ /n/$1?p=$1&z break;', '/ws/a%20b%26c?q=1', '/n/a%20b&c?p=a%20b%26c&z&q=1'],
  ['rewrite ^/ws/(.*)$ /n/$1? break;', '/ws/ab?q=1', '/n/ab'],
  ['set $args "n=1&$args";', '/ws/a%20b?x=1', '/ws/a%20b?n=1&x=1'],
  ['set $nothing 1;', '/ws//a/../b%20c?x=1', '/ws//a/../b%20c?x=1'],
  ['if ($uri ~ ^/ws/(.+)$) { set $x $1; } rewrite ^ /n?x=$x? break;', '/ws/a%26b', '/n?x=a%26b'],
])('%s of %s asks for %s', (line, target, expected) => {
  expect(lineOf(ask(`location /ws { ${line} proxy_pass ${B}; }`, { target }))).toBe(`GET ${expected} HTTP/1.1`);
});

test('captures of a condition that did not match are gone', () => {
  const body = `location ~ ^/(ws) { if ($uri ~ nothing) { return 403; } set $x "a$1"; rewrite ^ /$x break; proxy_pass ${B}; }`;
  expect(lineOf(ask(body))).toBe('GET /a HTTP/1.1');
});
