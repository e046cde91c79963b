import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import path from 'node:path';
import { runIn } from '../cli/support';
import { plant } from '../fs/support';

const MAIN = (inside: string): string =>
  `events {}\nhttp {\n${inside}\n  server { location /ws { proxy_pass http://127.0.0.1:1; } }\n}\n`;
const SECRET = 'root:$6$SECRETHASH:19000:7:::\n';
const FORMATS = ['pretty', 'compact', 'json', 'github', 'sarif', 'junit', 'checkstyle', 'gitlab', 'html', 'markdown'];

/** A tree that a pull request made a live one, and what it wants to know. */
function plantLive(secret: string): string {
  return plant({
    'work/nginx/nginx.conf': MAIN('include @/work/nginx/conf.d/*.conf;\ninclude @/secret;'),
    'work/nginx/conf.d/a.conf': 'gzip on;',
    secret,
  });
}

function everything(root: string, argv: readonly string[]): string {
  const { out, err } = runIn(path.join(root, 'work'), argv);
  return out + err;
}

describe('a file that a live tree leads to', () => {
  test.each(FORMATS)('is not quoted when it is no configuration: %s', (format) => {
    const said = everything(plantLive(SECRET), ['nginx', '--format', format]);
    expect(said).not.toContain('SECRETHASH');
    expect(said).toContain('unknown directive');
  });

  test.each([['routes'], ['ast'], ['trace', 'ws://x/ws'], ['--diff'], ['--unsafe-fixes', '--diff']])(
    'is not quoted by %s %s',
    (...words) => {
      expect(everything(plantLive(SECRET), [...words, 'nginx'])).not.toContain('SECRETHASH');
    },
  );

  test('is not quoted when nginx would read it', () => {
    const root = plantLive('proxy_set_header X-Inner hunter2; proxy_read_timeout hunter3; error_page hunter4;');
    for (const words of [
      ['--format', 'json'],
      ['trace', 'ws://x/ws'],
      ['routes', '--format', 'json'],
    ]) {
      expect(everything(root, [...words, 'nginx'])).not.toMatch(/hunter|Inner/);
    }
  });

  test('is not copied into a patch', () => {
    const root = plant({
      'work/nginx/nginx.conf': MAIN('include @/work/nginx/conf.d/*.conf;\ninclude @/secret;'),
      'work/nginx/conf.d/a.conf': 'gzip on;',
      secret: 'proxy_set_header X-Inner hunter2;',
    });
    expect(everything(root, ['--diff', '--unsafe-fixes', 'nginx'])).not.toMatch(/^\+.*hunter2/m);
  });

  test('is quoted as far as it makes a route', () => {
    const root = plantLive(
      'server { server_name inner.example; location /socket.io/ { proxy_pass http://127.0.0.1:2; } }',
    );
    expect(everything(root, ['routes', 'nginx'])).toContain('location /socket.io/ -> proxy_pass http://127.0.0.1:2');
  });
});

describe('nothing outside the given paths is read', () => {
  const OUT = 'server { server_name outside.example; location /ws { proxy_pass http://127.0.0.1:9; } }';

  test('by a copy of a tree', () => {
    const root = plant({ 'work/n/nginx.conf': MAIN('include ../../secret;\ninclude ../../secre*;'), secret: OUT });
    expect(everything(root, ['n', '--format', 'json'])).not.toContain('outside.example');
  });

  test('by a fragment', () => {
    const root = plant({ 'work/conf.d/a.conf': 'include ../../secret;\ninclude @/secret;', secret: OUT });
    expect(everything(root, ['conf.d/a.conf', '--format', 'json'])).not.toContain('outside.example');
  });

  test('by standard input', () => {
    const root = plant({ 'work/x': '', secret: OUT });
    const stdin = MAIN(`include ../secret;\ninclude ${root}/secret;`);
    const { out, err } = runIn(path.join(root, 'work'), ['-', '--format', 'json'], { stdin });
    expect(out + err).not.toContain('outside.example');
  });

  test('through a link in the tree', () => {
    const root = plant({
      'work/n/nginx.conf': MAIN('include conf.d/*.conf;'),
      'work/n/conf.d/a.conf': { link: '../../../secret' },
      secret: OUT,
    });
    expect(everything(root, ['n', '--format', 'json'])).not.toContain('outside.example');
  });
});

test('values of secrets print as stars', () => {
  const root = plant({
    'work/nginx.conf': MAIN(
      'proxy_set_header Authorization "Bearer hunter2hunter2";\nproxy_set_header Upgrade $http_upgrade;',
    ),
  });
  // the edits in JSON and SARIF are patches
  for (const format of FORMATS.filter((name) => name !== 'json' && name !== 'sarif'))
    expect(everything(root, ['nginx.conf', '--format', format])).not.toContain('hunter2');
  expect(everything(root, ['trace', 'ws://x/ws', 'nginx.conf'])).not.toContain('hunter2');
});

test('what a secret is compared with, or set to, prints as stars in steps and in what is unknown', () => {
  const root = plant({
    'work/nginx.conf': `events {}
http { server {
  set $api_token hunter2set;
  if ($http_x_api_key != "hunter2if") { return 403; }
  if ($cookie_session !~ ^hunter2regex$) { return 403; }
  location /ws {
    if ($http_x_token = hunter2label) { proxy_pass http://127.0.0.1:2; }
    rewrite ^ /x?token=hunter2argument break;
    proxy_pass http://127.0.0.1:1;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection upgrade;
    proxy_set_header X-Api-Key $api_token;
  }
} }
`,
  });
  for (const format of FORMATS) {
    const said = everything(root, ['nginx.conf', '--format', format]);
    expect(said).not.toContain('hunter2');
    expect(said).not.toBe('');
  }
  for (const words of [['routes'], ['trace', 'ws://x/ws'], ['trace', '--format', 'json', 'ws://x/ws']])
    expect(everything(root, [...words, 'nginx.conf'])).not.toContain('hunter2');
});

test('an include pattern that is a secret, or breaks lines, is one masked line', () => {
  const root = plant({ 'work/nginx.conf': MAIN('include "/x?token=hunter2hunter2\n::error::y\u001b[2J";') });
  const said = everything(root, ['nginx.conf']);
  expect(said).not.toContain('hunter2');
  expect(said).not.toMatch(/^\s*::error|\u001b/m);
});

describe('what is no regular file is refused at once', () => {
  test('FIFOs, devices, endless links, directories and sparse files among the includes', () => {
    const root = plant({
      'nginx.conf': MAIN('include conf.d/*.conf;'),
      'conf.d/b.conf': { link: 'b.conf' },
      'conf.d/c.conf/x': '',
      'conf.d/d.conf': '',
      'conf.d/e.conf': 'gzip on;',
    });
    execFileSync('mkfifo', [path.join(root, 'conf.d/a.conf')]);
    truncateSync(path.join(root, 'conf.d/d.conf'), 2 ** 40);
    const started = performance.now();
    const { status, err } = runIn(root, ['nginx.conf']);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(status).toBe(2);
    for (const why of ['FIFO', 'directory', 'MiB']) expect(err).toContain(why);
  });

  test.each(['/dev/zero', '/dev/stdin', '/proc/self/mem'])('%s as an argument', (device) => {
    const { status, err } = runIn(plant({}), [device]);
    expect([status, err.trimEnd().split('\n').length]).toEqual([2, 1]);
  });
});

test('the configuration file of a tree is not looked for above it', () => {
  const root = plant({ '.nginx-ws-lint.json': '{"nonsense": 1}', 'tree/nginx.conf': MAIN(''), 'work/x': '' });
  expect(runIn(path.join(root, 'work'), ['../tree']).err).not.toContain('nonsense');
});

test('extends leads nowhere outside of the repository', () => {
  const root = plant({
    secret: 'hunter2',
    'work/nginx.conf': MAIN(''),
    'work/.nginx-ws-lint.json': '{"extends": "../secret"}',
  });
  const { status, err } = runIn(path.join(root, 'work'), []);
  expect([status, err.includes('hunter2')]).toEqual([2, false]);
});
