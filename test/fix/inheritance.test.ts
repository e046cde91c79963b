import { fragmentOf, workspaceOf } from '../helpers/workspace';
import { ALL, connection, fixed, header, httpVersion, planIn, upgrade, type Wanted } from './planned';

const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }";

/** Files with a main file of one server. */
function tree(server: string, files: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { 'nginx.conf': `http {\n  ${MAP}\n  server {\n${server}  }\n}\n`, ...files };
}

function after(
  server: string,
  wanted: Wanted,
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const { texts } = planIn(workspaceOf(tree(server, files)), wanted);
  const main = texts['nginx.conf'] ?? '';
  return { ...texts, server: main.slice(main.indexOf('server {\n') + 9, -6) };
}

const first =
  (wanted: Wanted): Wanted =>
  (routes) =>
    wanted(routes.slice(0, 1));
const HEADERS: Wanted = (routes) => routes.map((route) => [upgrade(route), connection(route)]);

test('inherited headers are said again where a first own one would drop them', () => {
  const server = '    proxy_set_header Host $host;\n    location /ws {\n      proxy_pass http://b;\n    }\n';
  expect(after(server, HEADERS)['server']).toBe(`    proxy_set_header Host $host;
    location /ws {
      proxy_pass http://b;
      proxy_set_header Host $host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
`);
});

test('an include that brought exactly these is included again', () => {
  const server = '    include proxy_params;\n    location /ws {\n      proxy_pass http://b;\n    }\n';
  const files = { proxy_params: 'proxy_set_header Host $host;\nproxy_set_header X-Real-IP $remote_addr;\n' };
  expect(after(server, HEADERS, files)['server']).toContain(
    'proxy_pass http://b;\n      include proxy_params;\n      proxy_set_header Upgrade',
  );
});

test('an inherited wrong value is changed where it stands when every route under it wants that', () => {
  const server = `    proxy_http_version 1.0;
    location /a {
      proxy_pass http://b;
    }
    location /b {
      proxy_pass http://b;
    }
`;
  const wanted: Wanted = (routes) => routes.map((route) => [httpVersion(route)]);
  expect(after(server, wanted)['server']).toBe(server.replace('1.0', '1.1'));
});

test('an inherited wrong value is overridden when only one route wants that', () => {
  const server = `    proxy_set_header Connection close;
    proxy_set_header Host $host;
    location /a {
      proxy_pass http://b;
    }
    location /b {
      proxy_pass http://b;
    }
`;
  const wanted: Wanted = (routes) => [[header(routes[0] ?? fail(), 'Connection', 'upgrade')]];
  expect(after(server, wanted)['server']).toBe(
    server.replace(
      '/a {\n      proxy_pass http://b;\n',
      '/a {\n      proxy_pass http://b;\n      proxy_set_header Connection upgrade;\n      proxy_set_header Host $host;\n',
    ),
  );
});

function fail(): never {
  throw new Error('no route');
}

test('a nested location that inherits what its parent is given needs no lines of its own', () => {
  const server =
    '    location /ws {\n      proxy_pass http://b;\n      location /ws/x {\n        proxy_pass http://c;\n      }\n    }\n';
  const text = after(server, ALL)['server'] ?? '';
  expect(text.match(/proxy_http_version 1\.1;/g)).toHaveLength(1);
});

test('an if takes no proxy_set_header: its location gets it', () => {
  const server = '    location / {\n      if ($http_upgrade) { proxy_pass http://b; }\n    }\n';
  const wanted: Wanted = (routes) =>
    routes.map(({ scope }) => [
      { kind: 'entry', scope, list: 'proxy_set_header', key: 'Upgrade', value: '$http_upgrade' },
    ]);
  expect(after(server, wanted)['server']).toContain(
    'proxy_pass http://b; }\n      proxy_set_header Upgrade $http_upgrade;\n    }\n',
  );
});

const SNIPPET = {
  'ws.inc':
    'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection close; # old\n',
};
const TWICE = `    location /a {
      include ws.inc;
      proxy_pass http://b;
    }
    location /b {
      include ws.inc;
      proxy_pass http://b;
    }
`;

test('a snippet is edited when every occurrence wants it', () => {
  const texts = after(TWICE, (routes) => routes.map((route) => [connection(route)]), SNIPPET);
  expect(texts['ws.inc']).toBe(SNIPPET['ws.inc'].replace('close', '$connection_upgrade'));
  expect(texts['server']).toBe(TWICE);
});

test('where one occurrence alone wants it, its lines take the place of the include', () => {
  const texts = after(
    TWICE,
    first((routes) => routes.map((route) => [connection(route)])),
    SNIPPET,
  );
  expect(texts['ws.inc']).toBe(SNIPPET['ws.inc']);
  expect(texts['server']).toBe(
    TWICE.replace(
      '      include ws.inc;\n',
      '      proxy_http_version 1.1;\n      proxy_set_header Upgrade $http_upgrade;\n      proxy_set_header Connection $connection_upgrade; # old\n',
    ),
  );
});

test('what one occurrence lacks is added beside its include', () => {
  const files = { 'ws.inc': 'proxy_set_header Upgrade $http_upgrade;\n' };
  const texts = after(
    TWICE,
    first((routes) => routes.map((route) => [connection(route)])),
    files,
  );
  expect(texts['server']).toBe(
    TWICE.replace('include ws.inc;\n', 'include ws.inc;\n      proxy_set_header Connection $connection_upgrade;\n'),
  );
});

test('what every occurrence lacks is added to the snippet', () => {
  const files = { 'ws.inc': 'proxy_set_header Upgrade $http_upgrade;\n' };
  const texts = after(TWICE, (routes) => routes.map((route) => [connection(route)]), files);
  expect(texts['ws.inc']).toBe(
    'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection $connection_upgrade;\n',
  );
});

const SHARED = { 'loc.inc': 'location /ws {\n  proxy_pass http://b;\n}\n' };

test('what a level lacks goes behind a line that stays, when another snippet repeats one', () => {
  const server = '    location /ws {\n      include ws;\n      include more;\n      proxy_pass http://b;\n    }\n';
  const ws = 'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\n';
  const texts = after(server, HEADERS, { ws, more: 'proxy_set_header Upgrade websocket;\nproxy_read_timeout 1h;\n' });
  expect([texts['ws'], texts['more']]).toEqual([
    `${ws}proxy_set_header Connection $connection_upgrade;\n`,
    'proxy_read_timeout 1h;\n',
  ]);
});

test('a shared location that one server lacks settings for gets them from that server', () => {
  const main = `http {
  server {
    include loc.inc;
  }
  server {
    listen 81;
    proxy_http_version 1.1;
    include loc.inc;
  }
}
`;
  const workspace = workspaceOf({ 'nginx.conf': main, ...SHARED });
  const { texts } = planIn(workspace, (routes) => [[header(routes[0] ?? fail(), 'Upgrade', '$http_upgrade')]]);
  expect(texts['loc.inc']).toBe(SHARED['loc.inc']);
  expect(texts['nginx.conf']).toBe(
    main.replace('include loc.inc;\n', 'include loc.inc;\n    proxy_set_header Upgrade $http_upgrade;\n'),
  );
});

test('a setting that the other occurrence has from elsewhere is added to the shared location', () => {
  const main =
    'http {\n  server { include loc.inc; }\n  server { listen 81; proxy_http_version 1.1; include loc.inc; }\n}\n';
  const workspace = workspaceOf({ 'nginx.conf': main, ...SHARED });
  const { texts } = planIn(workspace, (routes) => [[httpVersion(routes[0] ?? fail())]]);
  expect(texts['loc.inc']).toBe('location /ws {\n  proxy_pass http://b;\n  proxy_http_version 1.1;\n}\n');
});

test('restating leaves out what this level sets itself', () => {
  const server = `    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Host $host;
    location /ws {
      proxy_set_header Host $http_host;
      proxy_pass http://b;
    }
`;
  const wanted: Wanted = (routes) =>
    routes.map(({ scope }) => [{ kind: 'restate', scope, list: 'proxy_set_header', keys: 'all' }]);
  expect(after(server, wanted)['server']).toBe(
    server.replace('$http_host;\n', '$http_host;\n      proxy_set_header Upgrade $http_upgrade;\n'),
  );
});

test('a fragment whose enclosing blocks may set headers is repaired unsafely', () => {
  const { fixes } = planIn(fragmentOf('location /ws {\n  proxy_pass http://b;\n}\n', ['http', 'server']), HEADERS);
  expect(fixes.map(({ safety }) => safety)).toEqual(['unsafe']);
});

test('a stated context makes the same repair safe again', () => {
  const wanted: Wanted = (routes) => routes.map((route) => [upgrade(route)]);
  const { fixes } = planIn(fragmentOf('location /ws {\n  proxy_pass http://b;\n}\n', ['http', 'server'], true), wanted);
  expect(fixes.map(({ safety }) => safety)).toEqual(['safe']);
});

test('files outside the given paths are not edited', () => {
  const workspace = { ...workspaceOf(tree('    location /ws { proxy_pass http://b; }\n')), given: new Set<string>() };
  expect(planIn(workspace, HEADERS).fixes[0]?.refused).toBe('nginx.conf is outside the given paths');
});

test('a plan of several repairs is made whole or not at all', () => {
  const server = '    location /ws {\n      proxy_pass http://b;\n    }\n';
  const wanted: Wanted = (routes) => [
    [header(routes[0] ?? fail(), 'Connection', 'upgrade')],
    [httpVersion(routes[0] ?? fail()), header(routes[0] ?? fail(), 'Connection', 'close')],
  ];
  expect(after(server, wanted)['server']).toBe(
    server.replace('http://b;\n', 'http://b;\n      proxy_set_header Connection upgrade;\n'),
  );
});

test('an unread include at the level makes an override impossible', () => {
  const text = 'http {\n server {\n  include other.conf;\n  location /ws {\n   proxy_pass http://b;\n  }\n }\n}\n';
  const workspace = { ...workspaceOf({ 'nginx.conf': text }), includes: new Map() };
  expect(planIn(workspace, HEADERS).fixes[0]?.refused).toContain('was not read');
});

test('a text without a change is left as it was', () => {
  expect(fixed('http { server { listen 80; } }', ALL)).toBe('http { server { listen 80; } }');
});

test('restated lines keep the columns that they had', () => {
  const server = `    proxy_set_header  Host       $host;
    proxy_set_header  X-Real-IP  $remote_addr;
    location /ws {
      proxy_pass http://b;
    }
`;
  expect(after(server, HEADERS)['server']).toContain(`      proxy_set_header Host        $host;
      proxy_set_header X-Real-IP   $remote_addr;
      proxy_set_header Upgrade     $http_upgrade;
`);
});

test('a file linked twice, whose second server nginx ignores, is repaired once for both', () => {
  const server = 'server {\n  listen 80;\n  server_name a.test;\n  location /ws {\n    proxy_pass http://b;\n  }\n}\n';
  const workspace = workspaceOf({ 'nginx.conf': `http {\n  ${MAP}\n  include sites/*;\n}\n`, 'sites/app': server });
  const twice = { kind: 'files' as const, files: ['sites/app', 'sites/app'] };
  const { texts } = planIn({ ...workspace, includes: new Map([['sites/*', twice]]) }, (routes) =>
    HEADERS(routes.slice(0, 1)),
  );
  expect(texts['sites/app']).toBe(
    server.replace(
      'b;\n',
      'b;\n    proxy_set_header Upgrade $http_upgrade;\n    proxy_set_header Connection $connection_upgrade;\n',
    ),
  );
});
