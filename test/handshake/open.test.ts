import { ask as askFor } from '../../src/handshake/ask';
import { chrome, plainGet } from '../../src/handshake/clients';
import type { ClientRequest, Outcome } from '../../src/handshake/types';
import { NEWEST } from '../../src/model/version';
import { configurationOf } from '../helpers/workspace';
import { WS } from './ask';

const TO = { scheme: 'http', host: 'a.test', port: 80, target: '/ws' } as const;
const PASS = `location /ws { proxy_pass http://127.0.0.1:3000; ${WS} }`;
const BROKEN = 'location /ws { proxy_pass http://127.0.0.1:3000; }';
const PASSWORD = 'auth_basic x; auth_basic_user_file f;';

function asked(server: string, request: ClientRequest = chrome(TO)): Outcome {
  return askFor(configurationOf(`events {} http { server { listen 80; ${server} } }`), request, NEWEST);
}

test.each([
  ['a password', `${PASSWORD} ${PASS}`],
  ['a cookie', `if ($cookie_session = "") { return 403; } ${PASS}`],
  ['an argument', `if ($arg_token = "") { return 403; } ${PASS}`],
  ['any argument', `if ($is_args = "") { return 403; } ${PASS}`],
  ['another header', `if ($http_x_key != secret) { return 403; } ${PASS}`],
  ['the page that connects', `if ($http_origin !~ app) { return 403; } ${PASS}`],
  ['what a set makes of it', `set $key "x$arg_key"; if ($key = x) { return 403; } ${PASS}`],
  ['a test within a test', `set $in 0; if ($cookie_a) { set $in 1; } if ($in = 0) { return 403; } ${PASS}`],
])('what %s decides is unknown', (_, server) => {
  expect(asked(server).outcome).toBe('unknown');
});

test.each([
  ['nginx answers all', `${PASSWORD} location /ws { return 403; }`, 'returned'],
  ['it is about the handshake', `if ($http_upgrade) { return 403; } ${PASS}`, 'returned'],
  ['the backend gets no handshake with it either', `${PASSWORD} ${BROKEN}`, 'upgrade-missing'],
])('what fails with it as well fails: %s', (_, server, kind) => {
  const { outcome, faults } = asked(server);
  expect([outcome, ...faults.map((fault) => fault.kind)]).toEqual(expect.arrayContaining(['fails', kind]));
});

test('what goes through without it is not asked', () => {
  expect(asked(`if ($arg_x = evil) { return 403; } ${PASS}`).outcome).toBe('switches');
});

test('a plain request goes on to the backend with it', () => {
  expect([asked(`${PASSWORD} ${PASS}`, plainGet(TO)).upstream?.uri, asked(PASS, plainGet(TO)).upstream?.uri]).toEqual([
    '/ws',
    '/ws',
  ]);
});

test('a certificate', () => {
  const tls = `events {} http { server { listen 443 ssl; ssl_verify_client on; ${PASS} } }`;
  const request = chrome({ ...TO, scheme: 'https', port: 443 });
  expect(askFor(configurationOf(tls), request, NEWEST).outcome).toBe('unknown');
});
