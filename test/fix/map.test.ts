import { fragmentOf, workspaceOf } from '../helpers/workspace';
import { connection, fixed, planIn, scopeOf, type Wanted } from './planned';

const CONNECTION: Wanted = (routes) => routes.map((route) => [connection(route)]);

/** A configuration with these lines at http level and in its one location. */
function main(http: string, location = '', rest = ''): string {
  return `http {\n${http}    server {\n        location /ws {\n            proxy_pass http://b;\n${location}        }\n    }\n${rest}}\n`;
}

const USUAL = "    map $http_upgrade $connection_upgrade {\n        default upgrade;\n        ''      close;\n    }\n";

test('a map goes before the first server', () => {
  expect(fixed(main('    tcp_nodelay on;\n'), CONNECTION)).toBe(
    main(`    tcp_nodelay on;\n${USUAL}\n`, '            proxy_set_header Connection $connection_upgrade;\n'),
  );
});

test('a map goes above the comments of the first server', () => {
  expect(fixed(main('    # the application\n'), CONNECTION)).toContain(
    `http {\n${USUAL}\n    # the application\n    server {`,
  );
});

test('a map goes beside other maps', () => {
  const text = fixed(main('    map $host $a { default b; } # by name\n    tcp_nodelay on;\n'), CONNECTION);
  expect(text).toContain(`# by name\n${USUAL}    tcp_nodelay on;\n`);
});

test('a map goes before the include that brings the servers', () => {
  const files = {
    'nginx.conf': 'http {\n    include conf.d/*;\n}\n',
    'conf.d/a': 'server {\n    location /ws {\n        proxy_pass http://b;\n    }\n}\n',
  };
  expect(planIn(workspaceOf(files), CONNECTION).texts['nginx.conf']).toBe(
    `http {\n${USUAL}\n    include conf.d/*;\n}\n`,
  );
});

test('a map goes to the top of a file of http level when the http block was not given', () => {
  const text = '# site\n\n# the application\nserver {\n    location /ws {\n        proxy_pass http://b;\n    }\n}\n';
  const { texts, fixes } = planIn(fragmentOf(text, ['http']), CONNECTION);
  expect(
    texts['fragment.conf']?.startsWith(
      "# site\n\nmap $http_upgrade $connection_upgrade {\n    default upgrade;\n    ''      close;\n}\n\n# the application\nserver {",
    ),
  ).toBe(true);
  expect(fixes[0]?.safety).toBe('unsafe');
});

test('a fragment below http level sends the constant, unsafely', () => {
  const { texts, fixes } = planIn(
    fragmentOf('location /ws {\n    proxy_pass http://b;\n}\n', ['http', 'server']),
    CONNECTION,
  );
  expect([texts['fragment.conf'], fixes[0]?.safety]).toEqual([
    'location /ws {\n    proxy_pass http://b;\n    proxy_set_header Connection upgrade;\n}\n',
    'unsafe',
  ]);
});

test('a fragment below http level uses the variable that it uses elsewhere', () => {
  const text = `location /a {
    proxy_pass http://b;
    proxy_set_header Connection $conn_upgrade;
}
location /ws {
    proxy_pass http://b;
}
`;
  const wanted: Wanted = (routes) => routes.slice(1).map((route) => [connection(route)]);
  const after = planIn(fragmentOf(text, ['http', 'server']), wanted).texts['fragment.conf'] ?? '';
  expect(after.slice(after.indexOf('/ws'))).toBe(
    '/ws {\n    proxy_pass http://b;\n    proxy_set_header Connection $conn_upgrade;\n}\n',
  );
});

test('an existing map under another name is used', () => {
  const map = '    map $http_upgrade $conn { default upgrade; "" close; }\n';
  expect(fixed(main(map), CONNECTION)).toBe(main(map, '            proxy_set_header Connection $conn;\n'));
});

test.each(["default upgrade; '' keep-alive;", 'default upgrade;', "default close; '' upgrade;"])(
  'a map that does something else is not used: %s',
  (lines) => {
    const text = fixed(main(`    map $http_upgrade $other { ${lines} }\n`), CONNECTION);
    expect(text).toContain('proxy_set_header Connection $connection_upgrade;');
  },
);

test('plain requests keep the value that was set', () => {
  const text = fixed(main('', '            proxy_set_header Connection keep-alive;\n'), CONNECTION);
  expect(text).toContain("        default upgrade;\n        ''      keep-alive;\n");
});

test('plain requests keep an empty value', () => {
  expect(fixed(main('', '            proxy_set_header Connection "";\n'), CONNECTION)).toContain("''      '';\n");
});

test('an upstream that keeps connections alive is not closed', () => {
  const upstream = '    upstream b {\n        server 127.0.0.1:1;\n        keepalive 8;\n    }\n';
  expect(fixed(main(upstream), CONNECTION)).toContain("''      '';\n");
});

test.each([
  [1_029_006, 'close'],
  [1_029_007, "''"],
])('where nothing was set, nginx %d keeps its own default %s', (version, word) => {
  expect(fixed(main(''), CONNECTION, version)).toContain(`''      ${word};\n`);
});

test('a variable of the usual name that is set otherwise is left alone', () => {
  const text = fixed(main('    geo $connection_upgrade { default x; }\n'), CONNECTION);
  expect(text).toContain('map $http_upgrade $ws_connection_upgrade {');
});

test('routes that need unlike values get a map each', () => {
  const text = `http {
    server {
        location /a { proxy_pass http://b; proxy_set_header Connection close; }
        location /b { proxy_pass http://b; proxy_set_header Connection keep-alive; }
    }
}
`;
  const after = fixed(text, CONNECTION);
  expect(after.match(/map \S+ \S+/g)).toEqual([
    'map $http_upgrade $connection_upgrade',
    'map $http_upgrade $ws_connection_upgrade',
  ]);
  expect(after).toContain('/b { proxy_pass http://b; proxy_set_header Connection $ws_connection_upgrade; }');
});

const USED = '            proxy_set_header Connection $connection_upgrade;\n';

test.each([
  ['reversed', '$http_upgrade', "default close; '' upgrade;", '$http_upgrade', "default upgrade; '' close;"],
  ['a misspelt source', '$http_upgrde', "default upgrade; '' close;", '$http_upgrade', "default upgrade; '' close;"],
  [
    'keyed by Connection',
    '$http_connection',
    "default upgrade; '' close;",
    '$http_upgrade',
    "default upgrade; '' close;",
  ],
  ['a misspelt value', '$http_upgrade', "default upgade; '' close;", '$http_upgrade', "default upgrade; '' close;"],
  [
    'a misspelt key line',
    '$http_upgrade',
    'default close; websocket upgade;',
    '$http_upgrade',
    'default close; websocket upgrade;',
  ],
  ['no default', '$http_upgrade', "'' close;", '$http_upgrade', "'' close; default upgrade;"],
])('an existing but wrong map is repaired, not doubled: %s', (_, source, lines, mended, after) => {
  const before = main(`    map ${source} $connection_upgrade { ${lines} }\n`, USED);
  const text = fixed(before, CONNECTION);
  expect(text.replace(/\s+/g, ' ')).toBe(before.replace(source, mended).replace(lines, after).replace(/\s+/g, ' '));
});

test('a map with work of its own is kept for plain requests', () => {
  const before = main('    map $host $kind { default close; }\n', '            proxy_set_header Connection $kind;\n');
  expect(fixed(before, CONNECTION)).toContain("default upgrade;\n        ''      $kind;\n");
});

test('a variable that nothing defines is defined under its own name', () => {
  const wanted: Wanted = (routes) =>
    routes.map((route) => [{ kind: 'define-map', scope: scopeOf(route), variable: 'conn' }]);
  expect(fixed(main('', '            proxy_set_header Connection $conn;\n'), wanted)).toContain(
    'map $http_upgrade $conn {',
  );
});

test('two routes share one map', () => {
  const text =
    'http {\n    server {\n        location /a { proxy_pass http://b; }\n        location /b { proxy_pass http://b; }\n    }\n}\n';
  expect(fixed(text, CONNECTION).match(/map \$/g)).toHaveLength(1);
});
