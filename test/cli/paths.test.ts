import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { GOOD, OLD_HTTP, place } from './support';

const ONLY = ['--only', 'http-version', '--format', 'compact'];
const MAIN = 'events {}\nhttp {\n  include conf.d/*.conf;\n}\n';
const SERVER = 'server {\n  listen 80;\n  location /ws {\n    proxy_pass http://127.0.0.1:1;\n  }\n}\n';

/** On a port of its own: a second server of the same address and name gets no request. */
const OTHER = SERVER.replace('80', '81');

const filesIn = (out: string): string[] => [
  ...new Set(
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(':')[0] ?? ''),
  ),
];

describe('a path', () => {
  it.each([
    ['a directory: its nginx.conf', { 'd/nginx.conf': OLD_HTTP, 'd/x/nginx.conf': OLD_HTTP }, 'd', ['d/nginx.conf']],
    ['a directory: its conf/nginx.conf', { 'd/conf/nginx.conf': OLD_HTTP }, 'd', ['d/conf/nginx.conf']],
    [
      'a directory without: every nginx.conf below',
      { 'd/a/nginx.conf': OLD_HTTP, 'd/b/nginx.conf': OLD_HTTP },
      'd',
      ['d/a/nginx.conf', 'd/b/nginx.conf'],
    ],
    [
      'a directory of fragments',
      { 'd/a.conf': SERVER, 'd/b.vhost': OTHER, 'd/c.txt': SERVER },
      'd',
      ['d/a.conf', 'd/b.vhost'],
    ],
    ['sites-*/*', { 'd/sites-enabled/x': SERVER }, 'd', ['d/sites-enabled/x']],
    ['a main file', { 'my.conf': OLD_HTTP }, 'my.conf', ['my.conf']],
    ['a fragment', { 'x.inc': SERVER }, 'x.inc', ['x.inc']],
    ['a quoted pattern', { 'a.conf': SERVER, 'b.conf': OTHER }, '{a,b}.conf', ['a.conf', 'b.conf']],
  ])('may be %s', (_, files, given, expected) => {
    expect(filesIn(place(files).run([...ONLY, given]).out)).toEqual(expected);
  });

  it.each([
    ['an empty directory', 'd'],
    ['a directory without any configuration', 'e'],
    ['nothing', 'gone'],
  ])('that is %s is 2, in one line', (_, given) => {
    const at = place({ 'e/readme.txt': 'x' });
    mkdirSync(path.join(at.root, 'd'));
    const { status, err } = at.run([given]);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain(given);
    expect(status).toBe(2);
  });

  it('left out is ./nginx.conf', () => {
    expect(filesIn(place({ 'nginx.conf': OLD_HTTP }).run(ONLY).out)).toEqual(['nginx.conf']);
  });

  it('below the working directory is named relative to it, else absolutely', () => {
    const at = place({ 'a/nginx.conf': OLD_HTTP, 'b/x': '' });
    expect(filesIn(at.run([...ONLY, path.join(at.root, 'a')]).out)).toEqual(['a/nginx.conf']);
    expect(filesIn(at.run([...ONLY, '../a'], { cwd: 'b' }).out)).toEqual([path.join(at.root, 'a/nginx.conf')]);
  });
});

describe('files that nginx does not read', () => {
  const files = { 'nginx.conf': MAIN, 'conf.d/a.conf': SERVER, 'conf.d/b.conf.off': SERVER, 'old/c.conf': SERVER };

  it('are counted in a note', () => {
    expect(place(files).run(['--only', 'http-version', '.']).out).toContain(
      '1 file below the root is not read by nginx',
    );
  });

  it('are linted as fragments with --all', () => {
    expect(filesIn(place(files).run([...ONLY, '--all', '.']).out)).toContain('old/c.conf');
  });
});

describe('standard input', () => {
  it('is one file', () => {
    expect(filesIn(place().run([...ONLY, '-'], { stdin: OLD_HTTP }).out)).toEqual(['<stdin>']);
  });

  it('has its place in a tree with --stdin-filename: findings are for it alone', () => {
    const at = place({ 'nginx.conf': MAIN, 'conf.d/a.conf': '# as saved\n', 'conf.d/b.conf': SERVER });
    expect(filesIn(at.run([...ONLY, '--stdin-filename', 'conf.d/a.conf', '-'], { stdin: SERVER }).out)).toEqual([
      'conf.d/a.conf',
    ]);
  });

  it('may be the output of nginx -T', () => {
    const dump = `# configuration file /etc/nginx/nginx.conf:\n${MAIN}\n# configuration file /etc/nginx/conf.d/a.conf:\n${SERVER}\n`;
    const { out } = place().run([...ONLY, '-'], { stdin: `nginx: the configuration file x syntax is ok\n${dump}` });
    expect(filesIn(out)).toEqual(['/etc/nginx/conf.d/a.conf']);
  });

  it('without -: --stdin-filename is refused', () => {
    expect(place({ 'nginx.conf': GOOD }).run(['--stdin-filename', 'x', 'nginx.conf']).status).toBe(2);
  });
});

describe('--find-root', () => {
  const tree = { 'nginx.conf': MAIN, 'conf.d/a.conf': SERVER, 'conf.d/b.conf': SERVER };

  it('judges the tree that includes the file, and reports on that file alone', () => {
    const { out } = place(tree).run([...ONLY, '--find-root', 'conf.d/a.conf']);
    expect(out).toMatch(/^conf\.d\/a\.conf:4:5: error/);
    expect(filesIn(out)).toEqual(['conf.d/a.conf']);
  });

  it('reports, too, what has its cause elsewhere and a route in it', () => {
    const at = place({
      'nginx.conf': MAIN.replace('include', 'proxy_http_version 1.0;\n  include'),
      'conf.d/a.conf': SERVER,
      'conf.d/b.conf': 'server { listen 81; location / { return 204; } }\n',
    });
    expect(filesIn(at.run([...ONLY, '--find-root', 'conf.d/a.conf']).out)).toEqual(['nginx.conf']);
    expect(filesIn(at.run([...ONLY, '--find-root', 'conf.d/b.conf']).out)).toEqual([]);
  });

  it('fixes the files passed, and leaves the others', () => {
    const at = place(tree);
    at.run(['--only', 'http-version', '--find-root', '--fix', 'conf.d/a.conf']);
    expect(at.read('conf.d/a.conf')).toContain('proxy_http_version 1.1;');
    expect(at.read('conf.d/b.conf')).toBe(SERVER);
  });
});

it('--context says what encloses a fragment, and that it sets nothing: findings are certain', () => {
  const at = place({ 'a.conf': SERVER });
  expect(at.run([...ONLY, 'a.conf']).out).toContain(': warning: ');
  expect(at.run([...ONLY, '--context', 'http', 'a.conf']).out).toContain(': error: ');
});

it('--websocket and --not-websocket say which locations serve it', () => {
  const at = place({ 'a.conf': SERVER.replace('/ws', '/feed') });
  const argv = [...ONLY, '--context', 'http', 'a.conf'];
  expect(at.run(argv).out).toBe('');
  expect(at.run([...argv, '--websocket', '/fee*']).out).toContain('error');
  expect(at.run([...argv, '--websocket', '*', '--not-websocket', '/feed']).out).toBe('');
});

it('--nginx-version judges for that version', () => {
  const at = place({ 'nginx.conf': OLD_HTTP });
  expect(at.run([...ONLY, '--nginx-version', '1.29.6', 'nginx.conf']).status).toBe(1);
  expect(at.run([...ONLY, '--nginx-version', '1.29.7', 'nginx.conf']).status).toBe(0);
});
