import { ask, headersOf } from '../handshake/ask';

/** The value that `$v` has in a header for the browser's handshake; null when it is empty. */
function valueOf(http: string, target = '/ws', host = 'a.test'): string | null {
  const server = `server { location / { proxy_set_header V $v; proxy_pass http://127.0.0.1:3000; } }`;
  const [header = null] = headersOf(ask(`${http} ${server}`, { target, host }), 'V');
  return header === null ? null : header.slice('V: '.length);
}

test.each([
  ['the usual one', "map $http_upgrade $v { default upgrade; '' close; }", 'upgrade'],
  ['keys in any case', 'map $http_upgrade $v { default no; WebSocket yes; }', 'yes'],
  ['nothing fits', 'map $http_upgrade $v { h2c yes; }', null],
  ['an empty source', "map $http_upgrde $v { default no; '' empty; }", 'empty'],
  ['regexes in order', 'map $http_upgrade $v { ~^web one; ~socket$ two; }', 'one'],
  ['strings before regexes', 'map $http_upgrade $v { ~^web regex; websocket string; }', 'string'],
  ['a regex minds case', 'map $http_upgrade $v { ~^WEB yes; default no; }', 'no'],
  ['unless it is ~*', 'map $http_upgrade $v { ~*^WEB yes; default no; }', 'yes'],
  ['captures in the value', 'map $uri $v { ~^/(?<first>\\w)(\\w) $first-$2; }', 'w-s'],
  ['a key that begins with a tilde', 'map $arg_x $v { \\~a yes; default no; }', 'no'],
  ['several variables', 'map $http_upgrade:$request_method $v { websocket:GET yes; }', 'yes'],
  ['variables in the value', 'map $http_upgrade $v { default "$request_method $uri"; }', 'GET /ws'],
  ['a chain', 'map $http_upgrade $w { websocket 1; } map $w $v { 1 yes; default no; }', 'yes'],
  ['the last of two wins', 'map $uri $v { default one; } map $uri $v { default two; }', 'two'],
  ['no hostnames, no wildcards', 'map $host $v { *.test yes; default no; }', 'no'],
  ['a leading wildcard', 'map $host $v { hostnames; *.test yes; default no; }', 'yes'],
  ['a dot for both', 'map $host $v { hostnames; .a.test yes; default no; }', 'yes'],
  ['a trailing wildcard', 'map $host $v { hostnames; a.* yes; default no; }', 'yes'],
  ['a cycle ends empty', 'map $w $v { default "$w"; } map $v $w { default "$v"; }', null],
  ['geo with a default alone', 'geo $v { default x; }', 'x'],
  ['geo by address', 'geo $v { default x; 10.0.0.0/8 y; }', "?geo goes by the client's address"],
  ['split_clients that takes all', 'split_clients $remote_addr $v { * all; }', 'all'],
  ['an unknown source', 'map $remote_addr $v { default a; 192.0.2.1 b; }', '?$remote_addr is known at run time only'],
  ['unless every line says the same', 'map $remote_addr $v { default a; 192.0.2.1 a; }', 'a'],
  ['nothing defines it', '', '?nothing defines $v'],
])('%s', (_title, http, expected) => {
  expect(valueOf(http)).toBe(expected);
});

test('a map of 100,000 lines is read once and looked up by hash', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `k${index} v${index};`).join('\n');
  expect(valueOf(`map $arg_k $v { ${lines} }`, '/?k=k99999')).toBe('v99999');
});

test('the value stays what it was when it was first asked for', () => {
  const map = 'map $uri $v { /a first; default second; }';
  const location =
    'location / { set $seen $v; rewrite ^ /b break; proxy_set_header V $v; proxy_pass http://127.0.0.1:1; }';
  expect(headersOf(ask(`${map} server { ${location} }`, { target: '/a' }), 'V')).toEqual(['V: first']);
  const volatile = 'map $uri $v { volatile; /a first; default second; }';
  expect(headersOf(ask(`${volatile} server { ${location} }`, { target: '/a' }), 'V')).toEqual(['V: second']);
});
