import { ask } from '../../src/handshake/ask';
import { chrome } from '../../src/handshake/clients';
import { buildConfiguration } from '../../src/model/build';
import { findRoutes } from '../../src/model/routes';
import { NEWEST } from '../../src/model/version';
import { workspaceOf } from '../helpers/workspace';

const APP = 'location @app { proxy_pass http://app; }';
const PAGE = 'location = /up { internal; proxy_pass http://app; }';

/** What is known of the one route of a server, and whether a handshake on /ws comes to it. */
function server(lines: string): { serves: string; reasons: readonly string[]; reached: boolean } {
  const configuration = buildConfiguration(workspaceOf({ 'nginx.conf': `http { server { listen 80; ${lines} } }` }));
  const [route] = findRoutes(configuration);
  const request = chrome({ scheme: 'http', host: 'a.test', port: 80, target: '/ws' });
  const { serves = '', reasons = [] } = route?.websocket ?? {};
  return { serves, reasons, reached: ask(configuration, request, NEWEST).pass === route?.pass };
}

test.each([
  ['likely', `location /ws { try_files $uri @app; } ${APP}`, 'location /ws is a WebSocket endpoint'],
  ['likely', `location /socket.io/ { try_files $uri @app; } location / { try_files $uri @app; } ${APP}`, '/socket.io/'],
  ['yes', `error_page 418 = @app; if ($http_upgrade) { return 418; } ${APP}`, 'by error_page 418'],
  ['yes', `location / { error_page 418 = @app; if ($http_upgrade = websocket) { return 418; } } ${APP}`, 'error_page'],
  ['yes', `location / { error_page 418 = /up; if ($http_upgrade) { return 418; } } ${PAGE}`, 'by error_page 418'],
])('%s: %s', (serves, lines, reason) => {
  expect(server(lines)).toMatchObject({ serves, reasons: [expect.stringContaining(reason)], reached: true });
});

test.each([
  `location / { try_files $uri @app; } ${APP}`,
  `location /ws/health { try_files $uri @app; } ${APP}`,
  `error_page 418 = @app; if ($http_upgrade = "") { return 418; } ${APP}`,
  `error_page 404 = @app; if ($http_upgrade) { return 403; } ${APP}`,
  `location / { error_page 404 = /up; } ${PAGE}`,
])('nothing is handed on for certain: %s', (lines) => {
  expect(server(lines).serves).toBe('no');
});
