import { chrome } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { buildConfiguration } from '../../src/model/build';
import { NEWEST } from '../../src/model/version';
import { fragmentOf, workspaceOf } from '../helpers/workspace';
import { ask, inShort, WS } from './ask';

const PASS = 'proxy_pass http://127.0.0.1:3000;';
const REQUEST = chrome({ scheme: 'http', host: 'a.test', port: 80, target: '/ws' });

/** What becomes of a handshake on a location with an include that was not read. */
function withUnread(body: string): string {
  const workspace = workspaceOf({ 'nginx.conf': `events {} http { server { location / { ${body} } } }` });
  const includes = new Map([['unread.conf', { kind: 'unread', reason: 'outside' } as const]]);
  return inShort(simulate(buildConfiguration({ ...workspace, includes }), REQUEST, NEWEST));
}

test.each([
  ['missing headers may stand in it', `${PASS} include unread.conf;`, 'unknown'],
  ['complete ones may be doubled by it', `${WS} ${PASS} include unread.conf;`, 'unknown'],
  ['a wrong line stays wrong', `proxy_set_header Upgrade h2c; ${PASS} include unread.conf;`, 'fails upgrade-wrong'],
  ['a resolver may stand in it', 'include unread.conf; set $b a.test; proxy_pass http://$b;', 'unknown'],
])('an include that was not read: %s', (_title, body, expected) => {
  expect(withUnread(body)).toBe(expected);
});

test('what encloses a fragment is taken to set nothing', () => {
  const workspace = fragmentOf(`location /ws { ${PASS} }`, ['http', 'server']);
  expect(inShort(simulate(buildConfiguration(workspace), REQUEST, NEWEST))).toBe(
    'fails upgrade-missing connection-missing',
  );
});

test('more open questions than are followed end in unknown', () => {
  const ifs = Array.from({ length: 8 }, (_, index) => `if ($remote_addr = ${index}) { return 40${index}; }`).join(' ');
  expect(ask(`location / { ${ifs} ${PASS} ${WS} }`).outcome).toBe('unknown');
});

test('a hostile configuration ends: a chain of 300 redirects, a regex that explodes', () => {
  const chain = Array.from({ length: 300 }, (_, index) => `location = /${index} { rewrite ^ /${index + 1}; }`).join(
    ' ',
  );
  expect(inShort(ask(chain, { target: '/0' }))).toBe('fails 500 server-error');
  const exploding = `location / { if ($request_uri ~ ^(a+)+$) { return 403; } ${PASS} ${WS} }`;
  expect(ask(exploding, { target: `/${'a'.repeat(3000)}!` }).outcome).toBe('switches');
});

test('nothing listens there', () => {
  expect(inShort(ask('listen 80; location / { return 200; }', { port: 81 }))).toBe('fails bad-request');
});

test.each([
  ['1.25.0', 'fails h2-only-port'],
  ['1.25.1', 'switches'],
])('listen 80 http2 on %s: %s', (version, expected) => {
  expect(inShort(ask(`listen 80 http2; location / { ${PASS} ${WS} }`, { version }))).toBe(expected);
});

test.each([
  ['ws:// to a TLS port', 'listen 80 ssl;', 'http', 'fails 400 bad-request'],
  ['wss:// to a plain port', 'listen 80;', 'https', 'fails bad-request'],
  ['the PROXY protocol', 'listen 80 proxy_protocol;', 'http', 'unknown'],
] as const)('%s', (_title, listen, scheme, expected) => {
  expect(inShort(ask(`${listen} location / { ${PASS} ${WS} }`, { scheme }))).toBe(expected);
});
