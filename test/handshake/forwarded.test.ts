import { throughProxy } from '../../src/handshake/forwarded';
import { configurationOf } from '../helpers/workspace';

/** Headers that a proxy in front is taken to add, for what stands in a server. */
function added(server: string, http = ''): readonly string[] {
  const configuration = configurationOf(`events {}\nhttp {\n${http}\nserver {\n${server}\n}\n}\n`);
  const destination = { scheme: 'http', host: 'a.test', port: 80, target: '/' } as const;
  return (throughProxy(configuration, destination).forwarded ?? []).map((header) => header.join(': '));
}

test.each([
  ['if ($http_x_forwarded_proto != https) { return 301 https://$host; }', ['X-Forwarded-Proto: https']],
  ['location / { if ($http_x_forwarded_ssl = off) { return 403; } }', ['X-Forwarded-Ssl: on']],
  ['set $a "${http_x_scheme}x"; if ($a != httpsx) { return 403; }', ['X-Scheme: https']],
  ['proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;', []],
  ['if ($scheme != https) { return 301 https://$host; }', []],
])('%s', (server, headers) => {
  expect(added(server)).toEqual(headers);
});

test('a map of it that an if tests', () => {
  const map = 'map $http_x_forwarded_proto $plain { default 1; https 0; }';
  expect([added('if ($plain) { return 403; }', map), added('', map)]).toEqual([['X-Forwarded-Proto: https'], []]);
});
