import { fix } from '../../src/fix/fixer';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import { rules } from '../../rules/index';
import { workspaceOf } from '../helpers/workspace';

const MAP = "  map $http_upgrade $connection_upgrade {\n    default upgrade;\n    ''      close;\n  }\n";
const WS = 'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";\n';

type Files = Readonly<Record<string, string>>;

function tree(locations: string, files: Files = {}): Files {
  return { 'nginx.conf': `http {\n${MAP}  server {\n    listen 80;\n${locations}  }\n}\n`, ...files };
}

/** What the safe fixes make of files: those that changed, the locations alone of the main one; and what is said. */
function repaired(files: Files): { changed: Files; said: readonly string[] } {
  const { changes, records } = fix(workspaceOf(files), rules, { ...DEFAULT_OPTIONS, unsafe: false });
  const changed = changes.map(({ file, after: { text } }) => {
    const from = text.indexOf('    listen 80;\n');
    return [file, from < 0 ? text : text.slice(from + 15, text.lastIndexOf('  }\n}\n'))] as const;
  });
  const done = records.filter(({ state }) => state !== 'available');
  return { changed: Object.fromEntries(changed), said: done.map(({ rule, state }) => `${rule} ${state}`) };
}

test('an empty Connection of a shared snippet stays: a second line beside the include is enough', () => {
  const proxy = 'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "";\n';
  const before = tree(
    '    location /ws { include p; proxy_pass http://b; }\n    location /x { include p; return 204; }\n',
    { p: proxy },
  );
  const { changed } = repaired(before);
  expect(Object.keys(changed)).toEqual(['nginx.conf']);
  expect(changed['nginx.conf']).toContain('include p;\n');
});

test('the constant of a snippet gives way to the map where plain requests are served too, for all that include it', () => {
  const locations =
    '    location / {\n      include ws;\n      proxy_pass http://b;\n    }\n    location /ws {\n      include ws;\n      proxy_pass http://b;\n    }\n';
  expect(repaired(tree(locations, { ws: WS })).changed).toEqual({ ws: WS.replace('"upgrade"', '$connection_upgrade') });
});

test('of two Connection lines the right one stays, and the other goes for this location alone', () => {
  const files = { ws: WS, close: 'proxy_set_header Connection close;\nproxy_set_header X-A a;\n' };
  const ws = '    location /ws {\n      include close;\n      include ws;\n      proxy_pass http://b;\n    }\n';
  const api = '    location /api {\n      include close;\n      proxy_pass http://b;\n    }\n';
  expect(repaired(tree(ws + api, files)).changed).toEqual({
    'nginx.conf': ws.replace('include close;', 'proxy_set_header X-A a;') + api,
  });
});

test('an include that stands twice goes once', () => {
  const location = '    location /ws {\n      include ws;\n      proxy_pass http://b;\n      include ws;\n    }\n';
  const headers = WS.replace('proxy_http_version 1.1;\n', '');
  const { changed } = repaired(tree(location, { ws: headers }));
  expect(changed['nginx.conf']?.match(/include ws/g)).toHaveLength(1);
  expect(changed['ws']).toBeUndefined();
});

test('beside an empty line nothing is written where a line is one too many', () => {
  const empty = 'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "";\n';
  const files = { empty, ws: 'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection upgrade;\n' };
  const ws = '    location /ws {\n      include empty;\n      include ws;\n      proxy_pass http://b;\n    }\n';
  const others = '    location /x { include ws; return 204; }\n    location /y { include empty; return 204; }\n';
  expect(repaired(tree(ws + others, files)).changed).toEqual({
    'nginx.conf': ws.replace('include ws;', 'proxy_set_header Connection upgrade;') + others,
  });
});

test('a snippet takes the place of its include in a one-line block on lines of the block', () => {
  const ws = '    location /ws { include p; proxy_pass http://b; }\n';
  const other = '    location /x { include p; proxy_pass http://c; }\n';
  const { changed } = repaired(tree(ws + other, { p: 'proxy_http_version 1.0;\nproxy_set_header X-A a;\n' }));
  expect(changed['nginx.conf']).toMatch(/ws \{\n {6}proxy_http_version 1\.1;\n {6}proxy_set_header X-A a;\n/);
});

test('a repair that is refused takes no other of its block with it', () => {
  const location = '    location /ws {\n      proxy_pass http://b;\n      proxy_set_header X-A a;\n    }\n';
  const text = tree(location)['nginx.conf']?.replace('http {\n', 'http {\n  include ../far;\n') ?? '';
  const workspace = workspaceOf({ 'nginx.conf': text, '../far': 'proxy_set_header Upgrade $http_upgrade;\n' });
  const outside = { ...workspace, given: new Set(['nginx.conf']), outside: new Set(['../far']) };
  const { records } = fix(outside, rules, { ...DEFAULT_OPTIONS, unsafe: true });
  expect(records.filter(({ state }) => state === 'applied').map(({ rule }) => rule)).toContain('connection-header');
});

test('ws:// becomes http://, although nothing was answered before', () => {
  const location = `    location /ws {\n      ${WS.trimEnd().replaceAll('\n', '\n      ')}\n      proxy_pass ws://b;\n    }\n`;
  expect(repaired(tree(location)).changed).toEqual({ 'nginx.conf': location.replace('ws://', 'http://') });
});

test('a misspelt Connection is named right, although plain requests are sent it too', () => {
  const location = `    location /ws {\n      ${WS.trimEnd().replaceAll('\n', '\n      ')}\n      proxy_pass http://b;\n    }\n`;
  const { changed } = repaired(tree(location.replace('Connection', 'Conection')));
  expect(changed).toEqual({ 'nginx.conf': location });
});

test('a fix names the files that it changes', () => {
  const location =
    '    location /ws {\n      include p;\n      proxy_pass http://b;\n    }\n    location /x { include p; proxy_pass http://c; }\n';
  const p = 'proxy_http_version 1.0;\n';
  const headers = WS.slice(WS.indexOf('\n') + 1).replaceAll('\n', ' ');
  const text = tree(location.replace('include p;', `include p; ${headers}`), { p });
  const { records } = fix(workspaceOf(text), rules, { ...DEFAULT_OPTIONS, unsafe: false });
  expect(records.find(({ state }) => state === 'applied')).toMatchObject({ file: 'p', files: ['nginx.conf'] });
});
