import { PRODUCTS } from '../../src/model/data/products';
import { pingOf, productOf } from '../../src/model/products';
import { configurationOf } from '../helpers/workspace';

function productAt(location: string): string | null {
  const server = configurationOf(`http { server { location ${location} { } } }`).http?.children[0];
  const scope = server?.children[0];
  if (scope === undefined) throw new Error('no location');
  return productOf(scope);
}

const claims = PRODUCTS.flatMap(({ name, source, ping, fallback, affinity, checksOrigin, protocol }) =>
  Object.entries({
    paths: source,
    ping: ping?.source,
    fallback: fallback?.source,
    affinity,
    checksOrigin,
    protocol: protocol?.source,
  }).flatMap(([what, where]) => (where === undefined ? [] : [{ name, what, where }])),
);

describe('what is known of products', () => {
  test.each(claims)('$name, $what: a repository with its path, or a page', ({ where }) => {
    expect(where).toMatch(/^https:\/\/|^[\w.-]+\/[\w.-]+ [\w./@-]+\/?[\w.-]+/);
  });

  test.each(PRODUCTS.flatMap(({ name, ping }) => (ping === null ? [] : [{ name, every: ping.every }])))(
    '$name pings between a second and two minutes',
    ({ every }) => {
      expect(every >= 1000 && every <= 120_000).toBe(true);
    },
  );

  test('no product twice', () => {
    expect(new Set(PRODUCTS.map(({ name }) => name)).size).toBe(PRODUCTS.length);
  });

  test('a ping is the longest silence in milliseconds; none is null', () => {
    expect([pingOf('Mattermost'), pingOf('Portainer'), pingOf('another'), pingOf(null)]).toEqual([
      60_000,
      null,
      null,
      null,
    ]);
  });
});

describe('a prefix', () => {
  test.each([
    ['/socket.io/', 'Socket.IO'],
    ['/app/socket.io', 'Socket.IO'],
    ['= /api/websocket', 'Home Assistant'],
    ['/api/v4/websocket', 'Mattermost'],
    ['/api/kernels/1/channels', 'Jupyter'],
    ['^~ /api/v1/streaming', 'Mastodon'],
    ['/cool/ws', 'Collabora Online'],
    ['/', null],
    ['/api/', null],
    ['/stream', null],
    ['@socket.io', null],
  ])('%s is of %s', (location, product) => {
    expect(productAt(location)).toBe(product);
  });

  test.each([
    ['/api/websocket/exec', 'Portainer'],
    ['/api/websocket/', 'Portainer'],
    ['/portainer/api/websocket/', 'Portainer'],
    ['/api/websocket', 'Home Assistant'],
    ['^~ /api/websocket', 'Home Assistant'],
    ['/api/live/nowplaying/websocket', 'AzuraCast'],
    ['/api/live/', 'Grafana'],
  ])('whose path says more: %s is of %s', (location, product) => {
    expect(productAt(location)).toBe(product);
  });
});

describe('a regex', () => {
  test.each([
    ['~ /api/v[0-9]+/(users/)?websocket$', 'Mattermost'],
    ['~ ^/socket\\.io/.*', 'Socket.IO'],
    ['~* ^/Socket.IO/', 'Socket.IO'],
    ['~ ^/api/live/nowplaying/(\\w+)$', 'AzuraCast'],
    ['~* "/(api/kernels/[^/]+/(channels|iopub|shell|stdin)|terminals/websocket)/?"', 'Jupyter'],
    ['~ ^/cool/(.*)/ws$', 'Collabora Online'],
    ['~ ^/api/(live|datasources)/', 'Grafana'],
    ['~ ^/api/websocket', 'Home Assistant'],
    ['~ ^/api/websocket$', 'Home Assistant'],
    ['~ ^/api/websocket/', 'Portainer'],
    ['~ ^/api/websocket/(exec|attach)', 'Portainer'],
  ])('that names the endpoint: %s', (location, product) => {
    expect(productAt(location)).toBe(product);
  });

  test.each([
    '~* ^/api/v[0-9]+/(.*)$',
    '~ ^/(.*)/websocket$',
    '~ /websocket$',
    '~ ^/(backend|api|admin)',
    '~ (/jellyfin)?/socket',
    '~ ^/socket.ion?/',
    '~ ^/v[0-9]+/',
  ])('that merely takes it: %s', (location) => {
    expect(productAt(location)).toBe(null);
  });

  test('that names several is of the one that is silent longest', () => {
    expect(productAt('~ ^/(cable|socket.io|sockjs)/')).toBe('SockJS');
  });
});
