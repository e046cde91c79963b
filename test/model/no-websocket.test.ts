import { PRODUCTS } from '../../src/model/data/products';
import { isPlain } from '../../src/model/endpoints';
import { findRoutes } from '../../src/model/routes';
import { configurationOf } from '../helpers/workspace';

const PASS = 'proxy_pass http://app;';
const BOTH = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';

/** Whether each route of a server serves WebSocket, in their order. */
function served(server: string, http = '', snippet = BOTH): readonly string[] {
  const main = `http { ${http} server { listen 80; ${server} } }`;
  const configuration = configurationOf({ 'nginx.conf': main, 'snippet.conf': snippet });
  return findRoutes(configuration).map(({ websocket }) => websocket.serves);
}

const location = (pattern: string, lines = ''): string => `location ${pattern} { ${lines} ${PASS} }`;

describe('what plain requests ask for below an endpoint', () => {
  test.each([
    '/ws/health',
    '= /ws/healthz',
    '/api/websocket/metrics/',
    '~ ^/ws/health$',
    '~ ^/ws/health/?$',
    '/signalr/negotiate',
    '/notifications/hub/negotiate',
  ])('is no endpoint: %s', (pattern) => {
    expect(served(location(pattern))).toEqual(['no']);
  });

  test.each(['/health/ws', '~ ^/(ws|health)$', '~ ^/ws(/health)?$', '/ws/healthy'])('is not meant by %s', (pattern) => {
    expect(served(location(pattern))).toEqual(['likely']);
  });

  test('is one where the location forwards Upgrade', () => {
    expect(served(location('/ws/health', BOTH))).toEqual(['yes']);
  });

  test.each(['/ws/admin', '/ws/admin/api/', '= /ws/status', '~ ^/ws/reload$'])(
    'is %s, beside a location that serves the endpoint, and only there',
    (pattern) => {
      expect(served(location('/ws', BOTH) + location(pattern))).toEqual(['yes', 'no']);
      expect(served(location('/socket.io/', BOTH) + location(pattern))).toEqual(['yes', 'likely']);
      expect(served(location(pattern))).toEqual(['likely']);
    },
  );

  test('is not served by another of its kind', () => {
    expect(served(location('/ws/status', BOTH) + location('/ws/admin'))).toEqual(['yes', 'likely']);
  });

  test('is no endpoint of a known product', () => {
    expect(PRODUCTS.flatMap(({ paths }) => paths.filter((path) => isPlain('', path)))).toEqual([]);
  });
});

describe('static files', () => {
  test.each([
    '~* \\.(gif|png|jpe?g|css|js|woff2?)$',
    '~ .*\\.(js|css)?$',
    '~ \\.(?:ico|svg)$',
    '~* \\.js$',
    '= /favicon.ico',
    '/robots.txt',
    '^~ /socket.io/socket.io.js',
  ])('need no Upgrade that the server sets or they discard: %s', (pattern) => {
    expect(served(BOTH + location(pattern))).toEqual(['no']);
    expect(served(BOTH + location(pattern, 'proxy_set_header Host $host;'))).toEqual(['no']);
  });

  test('have one where they set it themselves', () => {
    expect(served(location('~* \\.js$', BOTH))).toEqual(['yes']);
  });

  test.each(['~ \\.(js|do)$', '~* \\.php$', '/v1.0', '~ ^/[^.]*$', '/', '/x.ws'])('are not meant by %s', (pattern) => {
    expect(served(BOTH + location(pattern))).toEqual(['yes']);
  });
});

describe('headers of the server that a location discards', () => {
  const lost = location('/app', 'proxy_set_header Host $host;');

  test('were meant for it, where they reach none', () => {
    expect(served(BOTH + lost)).toEqual(['yes']);
  });

  test('were not, where another one says them again', () => {
    expect(served(BOTH + location('/', BOTH) + lost)).toEqual(['yes', 'no']);
  });
});

describe('Upgrade "" of the location itself', () => {
  const REFUSED = 'proxy_set_header Upgrade "";';

  test.each([
    ['against an include before it', location('/hls/', `include snippet.conf; ${REFUSED}`)],
    ['against the server', BOTH + location('/hls/', REFUSED)],
    ['by the name of an endpoint', BOTH + location('/ws', REFUSED)],
  ])('refuses handshakes: %s', (_, server) => {
    expect(served(server)).toEqual(['no']);
  });

  test.each([
    ['before the include', location('/hls/', `${REFUSED} include snippet.conf;`)],
    ['beside its own lines', location('/hls/', BOTH + REFUSED)],
  ])('does not: %s', (_, server) => {
    expect(served(server)).toEqual(['yes']);
  });

  test('comes with the include: no word of the location', () => {
    expect(served(location('/hls/', 'include snippet.conf;'), '', BOTH + REFUSED)).toEqual(['yes']);
  });

  test('refuses what the http block sets for all; alone it is a header that lacks its value', () => {
    expect(served(location('/ws', REFUSED), BOTH)).toEqual(['no']);
    expect(served(location('/ws', REFUSED))).toEqual(['likely']);
  });
});

describe('a map of $http_upgrade that proxy_pass goes by', () => {
  const server = 'location / { proxy_pass http://$backend; }';

  test.each([
    'map $http_upgrade $backend { default blue; }',
    'map $http_upgrade $backend { default blue; "" blue; }',
    'map $http_upgrade $backend { default blue; h2c green; }',
  ])('tells nothing apart: %s', (map) => {
    expect(served(server, map)).toEqual(['no']);
  });

  test.each([
    'map $http_upgrade $backend { default ws; "" app; }',
    'map $http_upgrade $backend { default app; ~*^websocket$ ws; }',
    'map $http_upgrade $backend { websocket ws; }',
    'map $http_upgrade$http_connection $backend { default ws; "" app; }',
    'map $http_upgrade $backend { default app; include missing.map; }',
  ])('tells handshakes from plain requests: %s', (map) => {
    expect(served(server, map)).toEqual(['yes']);
  });
});

describe('an if on $http_upgrade that only sets a variable', () => {
  const SET = 'if ($http_upgrade = websocket) { set $x 1; }';

  test.each([
    ['a redirect', `${SET} if ($x = 0) { return 302 /login; }`],
    ['a log', `${SET} access_log /var/log/x.log combined if=$x;`],
    ['nothing', SET],
  ])('is no evidence where it goes into %s', (_, lines) => {
    expect(served(location('/', lines))).toEqual(['no']);
  });

  test.each([
    ['a header', `${SET} proxy_set_header X-Mode $x;`],
    ['another if that passes requests on', `if ($x = 1) { proxy_pass http://ws; } ${SET}`],
  ])('is evidence where it goes into %s', (_, lines) => {
    expect(served(location('/', lines))[0]).toBe('yes');
  });

  test('is evidence where it goes into the address', () => {
    expect(served(`location / { set $x app; ${SET} proxy_pass http://$x; }`)).toEqual(['yes']);
  });

  test('is evidence where it does more', () => {
    expect(served(location('/', 'if ($http_upgrade) { set $x 1; rewrite ^ /ws break; }'))).toEqual(['yes']);
  });
});
