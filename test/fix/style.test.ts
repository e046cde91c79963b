import { ALL, connection, fixed, header, httpVersion, upgrade, type Wanted } from './planned';

/** A server with this location, in the given line ends. */
function server(location: string): string {
  return `http {\n    map $http_upgrade $connection_upgrade { default upgrade; '' close; }\n    server {\n${location}    }\n}\n`;
}

/** The location's text after the repairs. */
function locationAfter(location: string, wanted: Wanted = ALL): string {
  const text = fixed(server(location), wanted);
  return text.slice(text.indexOf('    server {\n') + 13, text.lastIndexOf('    }\n}\n'));
}

const VERSION: Wanted = (routes) => routes.map((route) => [httpVersion(route)]);
const UPGRADE: Wanted = (routes) => routes.map((route) => [upgrade(route)]);

test('new lines take the indent of their siblings', () => {
  expect(locationAfter('\tlocation /ws {\n\t\t\tproxy_pass http://b;\n\t}\n', VERSION)).toBe(
    '\tlocation /ws {\n\t\t\tproxy_pass http://b;\n\t\t\tproxy_http_version 1.1;\n\t}\n',
  );
});

test('the version, Upgrade and Connection follow proxy_pass in the order of every guide', () => {
  expect(locationAfter('        location /ws {\n            proxy_pass http://b;\n        }\n'))
    .toBe(`        location /ws {
            proxy_pass http://b;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
        }
`);
});

test('lines go behind the last of their name, comments stay where they are', () => {
  const before = `        location /ws {
            proxy_set_header Host $host; # the name
            # where to
            proxy_pass http://b;
        }
`;
  expect(locationAfter(before, UPGRADE)).toBe(
    before.replace('# the name\n', '# the name\n            proxy_set_header Upgrade $http_upgrade;\n'),
  );
});

test('columns that siblings align stay aligned', () => {
  const before = `        location /ws {
            proxy_pass         http://b;
            proxy_set_header   Host       $host;
            proxy_set_header   X-Real-IP  $remote_addr;
        }
`;
  expect(locationAfter(before)).toBe(`        location /ws {
            proxy_pass         http://b;
            proxy_http_version 1.1;
            proxy_set_header   Host       $host;
            proxy_set_header   X-Real-IP  $remote_addr;
            proxy_set_header   Upgrade    $http_upgrade;
            proxy_set_header   Connection $connection_upgrade;
        }
`);
});

test('tabs between words are copied', () => {
  const before = '\tlocation /ws {\n\t\tproxy_pass\thttp://b;\n\t\tproxy_set_header\tHost\t$host;\n\t}\n';
  expect(locationAfter(before, UPGRADE)).toContain('\t\tproxy_set_header\tUpgrade\t$http_upgrade;\n');
});

test('variables are quoted where the siblings quote theirs', () => {
  const before =
    '        location /ws {\n            proxy_pass http://b;\n            proxy_set_header Host "$host";\n        }\n';
  expect(locationAfter(before, UPGRADE)).toContain('proxy_set_header Upgrade "$http_upgrade";\n');
});

test('a one-line block with the line for itself is opened up', () => {
  expect(locationAfter('        location /ws { proxy_pass http://b; } # chat\n')).toBe(`        location /ws {
            proxy_pass http://b;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
        } # chat
`);
});

test('a one-line block without any blank is opened up too', () => {
  expect(locationAfter('        location /ws {proxy_pass http://b;}\n', VERSION)).toBe(
    '        location /ws {\n            proxy_pass http://b;\n            proxy_http_version 1.1;\n        }\n',
  );
});

test('a one-line block among others on its line stays one line', () => {
  const text = `http { server { location /ws { proxy_pass http://b; } } }`;
  expect(fixed(text, VERSION)).toBe(
    `http { server { location /ws { proxy_pass http://b; proxy_http_version 1.1; } } }`,
  );
});

test('a brace on the line of the last directive stays behind the new line', () => {
  expect(locationAfter('        location /ws {\n            proxy_pass http://b; }\n', VERSION)).toBe(
    '        location /ws {\n            proxy_pass http://b;\n            proxy_http_version 1.1; }\n',
  );
});

test('a block that starts on the line of the anchor is not entered', () => {
  const before =
    '        location /ws {\n            proxy_pass http://b; if ($a) {\n                set $b c;\n            }\n        }\n';
  expect(locationAfter(before, VERSION)).toContain(
    'proxy_pass http://b;\n            proxy_http_version 1.1; if ($a) {\n',
  );
});

test('CRLF files get CRLF lines', () => {
  const text = server('        location /ws {\n            proxy_pass http://b;\n        }\n').replaceAll('\n', '\r\n');
  expect(fixed(text, ALL).replaceAll('\r\n', '')).not.toContain('\n');
});

test('of mixed line ends the neighbour decides', () => {
  const text = 'http {\n server {\n  location /ws {\r\n   proxy_pass http://b;\r\n  }\n }\n}\n';
  expect(fixed(text, VERSION)).toBe(text.replace('b;\r\n', 'b;\r\n   proxy_http_version 1.1;\r\n'));
});

test('a missing final newline stays missing', () => {
  const text = 'http { server {\n  location /ws {\n    proxy_pass http://b;\n  }\n} }';
  expect(fixed(text, VERSION).endsWith('} }')).toBe(true);
});

test('a replaced argument leaves the rest of its line alone', () => {
  const before =
    '        location /ws {\n            proxy_pass http://b;\n            proxy_http_version  1.0 ;# old\n        }\n';
  expect(locationAfter(before, VERSION)).toBe(before.replace('1.0', '1.1'));
});

test('trailing comments keep the column that they share', () => {
  const before = `        location /ws {
            proxy_pass http://b;                # where
            proxy_set_header Connection close;  # how
        }
`;
  const wanted: Wanted = (routes) => routes.map((route) => [header(route, 'Connection', 'up')]);
  expect(locationAfter(before, wanted)).toBe(before.replace('close;  #', 'up;     #'));
});

test('duplicates of a wrong entry go with their lines', () => {
  const before = `        location /ws {
            proxy_pass http://b;
            proxy_set_header Connection close; # one
            proxy_set_header Host $host;
            proxy_set_header connection keep-alive; # two
        }
`;
  const wanted: Wanted = (routes) => routes.map((route) => [header(route, 'Connection', 'upgrade')]);
  expect(locationAfter(before, wanted)).toBe(`        location /ws {
            proxy_pass http://b;
            proxy_set_header Connection upgrade; # one
            proxy_set_header Host $host;
        }
`);
});

test('the line that is right already is the one that stays', () => {
  const before = `        location /ws {
            proxy_pass http://b;
            proxy_set_header Connection close;
            proxy_set_header Connection $connection_upgrade;
        }
`;
  const wanted: Wanted = (routes) => routes.map((route) => [connection(route)]);
  expect(locationAfter(before, wanted)).toBe(before.replace('            proxy_set_header Connection close;\n', ''));
});

test.each([
  ['a blank line where one stands', 'upstream b { server c; }\n\n    ', '\n    }\n\n    server'],
  ['none where none stands', 'upstream b { server c; }\n    ', '\n    }\n    server'],
])('a new map stands before its server with %s', (_, before, after) => {
  const text = `http {\n    ${before}server {\n        location /ws {\n            proxy_pass http://b;\n        }\n    }\n}\n`;
  expect(fixed(text, ALL)).toContain(after);
});

test('a new map has its brace on a line of its own where the file has', () => {
  const text = 'http\n{\n  server\n  {\n    location /ws\n    {\n      proxy_pass http://b;\n    }\n  }\n}\n';
  expect(fixed(text, ALL)).toContain('  map $http_upgrade $connection_upgrade\n  {\n    default upgrade;');
});
