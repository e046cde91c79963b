import { ask } from '../../src/handshake/ask';
import { chrome } from '../../src/handshake/clients';
import { buildConfiguration } from '../../src/model/build';
import { findRoutes } from '../../src/model/routes';
import { NEWEST } from '../../src/model/version';
import { workspaceOf } from '../helpers/workspace';

const HANDSHAKE = chrome({ scheme: 'http', host: 'a.test', port: 80, target: '/app' });

/** What is said of a location with these lines, and whether a handshake comes to its own pass. */
function location(lines: string): { hints: readonly string[]; reached: boolean } {
  const text = `http { server { listen 80; location /app { ${lines} proxy_pass http://app; } } }`;
  const configuration = buildConfiguration(workspaceOf({ 'nginx.conf': text }));
  const route = findRoutes(configuration).find(({ inner }) => inner === null);
  const { pass } = ask(configuration, HANDSHAKE, NEWEST);
  return { hints: route?.websocket.hints ?? [], reached: pass === route?.pass };
}

test.each([
  'if ($http_upgrade = websocket) { proxy_pass http://ws; }',
  'if ($http_upgrade) { proxy_pass http://ws; }',
  "if ($http_upgrade != '') { proxy_pass http://ws; }",
  'if ($http_upgrade ~* ^WebSocket$) { proxy_pass http://ws; }',
  'if ($http_cookie) { proxy_pass http://other; } if ($http_upgrade ~ websocket) { proxy_pass http://ws; }',
])('a location whose last if takes every handshake serves none itself: %s', (lines) => {
  const { hints, reached } = location(lines);
  expect(hints).toEqual([expect.stringMatching(/^every handshake is taken by if \(\$http_upgrade/)]);
  expect(reached).toBe(false);
});

test.each([
  'if ($http_upgrade = WebSocket) { proxy_pass http://ws; }',
  'if ($http_upgrade !~* websocket) { proxy_pass http://ws; }',
  "if ($http_upgrade = '') { proxy_pass http://ws; }",
  'break; if ($http_upgrade) { proxy_pass http://ws; }',
  'rewrite ^ /app break; if ($http_upgrade) { proxy_pass http://ws; }',
  'if ($http_upgrade) { proxy_pass http://ws; } if ($request_method = GET) { set $x 1; }',
])('where a handshake comes to the location all the same, nothing is said: %s', (lines) => {
  expect(location(lines)).toEqual({ hints: [], reached: true });
});

test('an if that a branch of a template may leave out takes nothing for certain', () => {
  expect(location('\n{% if ws %}\nif ($http_upgrade) { proxy_pass http://ws; }\n{% endif %}\n').hints).toEqual([]);
});

test('nor where an include that was not read may hold more', () => {
  expect(location('include gone; if ($http_upgrade) { proxy_pass http://ws; }').hints).toEqual([]);
});
