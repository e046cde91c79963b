import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf, loadIn, loadOne, MAIN, messages, plant, SERVER } from './support';

describe('a directory', () => {
  test('is its nginx.conf', () => {
    const root = plant({ 'n/nginx.conf': MAIN, 'n/conf.d/a.conf': SERVER });
    expect(loadOne(root, ['n'])).toMatchObject({ main: 'n/nginx.conf', fragments: [], prefix: path.join(root, 'n') });
  });

  test('is its conf/nginx.conf, which relative includes start from', () => {
    const root = plant({ 'conf/nginx.conf': MAIN, 'conf/conf.d/a.conf': SERVER });
    expect(filesOf(loadOne(root, ['.']))).toEqual(['conf/nginx.conf', 'conf/conf.d/a.conf']);
  });

  test('is every nginx.conf below it, each a root', () => {
    const root = plant({ 'a/nginx.conf': MAIN, 'b/c/nginx.conf': MAIN, 'node_modules/x/nginx.conf': MAIN });
    expect(loadIn(root, ['.']).map(({ main }) => main)).toEqual(['a/nginx.conf', 'b/c/nginx.conf']);
  });

  test('is its *.conf, *.vhost and sites-*/* together as fragments', () => {
    const root = plant({
      'x.conf': SERVER,
      'y.vhost': SERVER,
      'sites-available/z': SERVER,
      'README.md': '#',
      '.x.conf': SERVER,
    });
    expect(loadOne(root, ['.']).fragments.map(({ file }) => file)).toEqual(['x.conf', 'y.vhost', 'sites-available/z']);
  });

  test('of which nothing is configuration is a problem', () => {
    const root = plant({ 'README.md': '#' });
    expect(messages(loadOne(root, ['.']))).toEqual([
      `${root}: holds no nginx.conf, and no *.conf, *.vhost or sites-* files`,
    ]);
  });

  test('whose nginx.conf holds a server alone is fragments', () => {
    const root = plant({ 'nginx.conf': SERVER });
    expect(loadOne(root, ['.'])).toMatchObject({ main: null, fragments: [{ file: 'nginx.conf', context: ['http'] }] });
  });
});

describe('no path', () => {
  test('means ./nginx.conf', () => {
    const root = plant({ 'nginx.conf': MAIN, 'other/nginx.conf': MAIN });
    expect(loadOne(root, [], { defaults: ['nginx.conf', path.join(root, 'other')] }).main).toBe('nginx.conf');
  });

  test('means the first usual place that exists', () => {
    const root = plant({ 'other/nginx.conf': MAIN });
    expect(
      loadOne(root, [], { defaults: ['nginx.conf', path.join(root, 'none'), path.join(root, 'other')] }).main,
    ).toBe('other/nginx.conf');
  });

  test('and no usual place is a problem that names them', () => {
    expect(messages(loadOne(plant({}), [], { defaults: ['nginx.conf', '/none'] }))).toEqual([
      ': no path given, and none of these is here: nginx.conf, /none',
    ]);
  });
});

describe('files below the root that nginx does not read', () => {
  const tree = {
    'nginx.conf': MAIN,
    'conf.d/a.conf': SERVER,
    'conf.d/b.conf.off': SERVER,
    'sites-available/c': SERVER,
    'd/e.conf': SERVER,
  };

  test('are counted in a note', () => {
    expect(loadOne(plant(tree), ['.']).notes).toEqual([
      '2 files below the root are not read by nginx (--all lints them as fragments)',
    ]);
  });

  test('are fragments with --all', () => {
    const [, parts] = loadIn(plant(tree), ['.'], { all: true });
    expect(parts?.fragments.map(({ file }) => file)).toEqual(['d/e.conf', 'sites-available/c']);
  });
});

describe('names', () => {
  test('are relative to the working directory when below it, else absolute', () => {
    const root = plant({ 'in/nginx.conf': MAIN, 'in/conf.d/a.conf': SERVER });
    expect(filesOf(loadOne(path.join(root, 'in'), ['nginx.conf']))).toEqual(['nginx.conf', 'conf.d/a.conf']);
    const elsewhere = plant({});
    expect(filesOf(loadOne(elsewhere, [path.join(root, 'in')]))[1]).toBe(path.join(root, 'in/conf.d/a.conf'));
  });

  test('are those of the real files, each once', () => {
    const root = plant({
      'nginx.conf': 'events {}\nhttp { include sites-enabled/*; }',
      'sites-available/x': SERVER,
      'sites-enabled/x': { link: '../sites-available/x' },
      'sites-enabled/y': { link: '@/sites-available/x' },
    });
    const workspace = loadOne(root, ['.']);
    expect(filesOf(workspace)).toEqual(['nginx.conf', 'sites-available/x']);
    expect(workspace.includes.get('sites-enabled/*')).toEqual({
      kind: 'files',
      files: ['sites-available/x', 'sites-available/x'],
    });
  });
});

describe('arguments', () => {
  test('may be quoted patterns with braces and **', () => {
    const root = plant({ 'a/x.conf': SERVER, 'b/c/y.conf': SERVER, 'b/z.txt': SERVER });
    expect(loadOne(root, ['{a,b}/**/*.conf']).fragments.map(({ file }) => file)).toEqual(['a/x.conf', 'b/c/y.conf']);
  });

  test('that match nothing are each one problem, the rest is read', () => {
    const root = plant({ 'a.conf': SERVER });
    const workspace = loadOne(root, ['none.conf', '*.none', 'a.conf']);
    expect(messages(workspace)).toEqual(['none.conf: no such file or directory', '*.none: no file matches']);
    expect(filesOf(workspace)).toEqual(['a.conf']);
  });

  test('given twice are one', () => {
    const root = plant({ 'nginx.conf': MAIN, 'a.conf': SERVER });
    expect(
      loadIn(root, ['.', 'nginx.conf', './nginx.conf', 'a.conf', 'a.conf']).map(({ fragments }) => fragments.length),
    ).toEqual([0, 1]);
  });

  test('that hold main blocks are main files whatever their name', () => {
    expect(loadOne(plant({ 'proxy.cfg': MAIN }), ['proxy.cfg']).main).toBe('proxy.cfg');
  });
});

describe('fragments', () => {
  test('given together are one workspace, in the order given', () => {
    const root = plant({ 'b.conf': SERVER, 'a.conf': SERVER });
    expect(loadOne(root, ['b.conf', 'a.conf']).fragments.map(({ file }) => file)).toEqual(['b.conf', 'a.conf']);
  });

  test('that another given one includes are no roots of their own', () => {
    const root = plant({
      'conf.d/a.conf': 'server { include snippets/ws.conf; }',
      'snippets/ws.conf': 'proxy_http_version 1.1;',
    });
    const workspace = loadOne(root, ['snippets/ws.conf', 'conf.d/a.conf']);
    expect(workspace.fragments.map(({ file }) => file)).toEqual(['conf.d/a.conf']);
    expect(workspace.includes.get('snippets/ws.conf')).toEqual({ kind: 'files', files: ['snippets/ws.conf'] });
  });

  test('that the given main file includes are part of its tree', () => {
    const root = plant({ 'nginx.conf': MAIN, 'conf.d/a.conf': SERVER });
    expect(loadOne(root, ['conf.d/a.conf', 'nginx.conf']).main).toBe('nginx.conf');
  });

  test('that include each other in a circle have one root', () => {
    const root = plant({ 'a.conf': 'include b.conf;', 'b.conf': 'include a.conf;' });
    expect(loadOne(root, ['a.conf', 'b.conf']).fragments.map(({ file }) => file)).toEqual(['a.conf']);
  });

  test('have the context that is stated', () => {
    const workspace = loadOne(plant({ 'a.conf': 'location / {}' }), ['a.conf'], { context: ['http', 'server'] });
    expect(workspace.fragments).toEqual([{ file: 'a.conf', context: ['http', 'server'], stated: true }]);
  });

  test('lead to other given files by absolute includes, the conf directory standing for the one above', () => {
    const root = plant({
      'conf.d/a.conf': 'server { include /etc/nginx/snippets/ws.conf; }',
      'snippets/ws.conf': 'gzip on;',
    });
    const workspace = loadOne(root, ['.']);
    expect(workspace.includes.get('/etc/nginx/snippets/ws.conf')).toEqual({
      kind: 'files',
      files: ['snippets/ws.conf'],
    });
  });

  test('do not say what a relative include that is not given names', () => {
    const workspace = loadOne(plant({ 'conf.d/a.conf': 'include proxy_params;' }), ['conf.d/a.conf']);
    expect(workspace.includes.get('proxy_params')).toMatchObject({ kind: 'unread' });
  });

  test('with one pattern that means different files in two places say nothing of it', () => {
    const root = plant({
      'a/conf.d/x.conf': 'include s/y;',
      'a/s/y': 'gzip on;',
      'b/conf.d/x.conf': 'include s/y;',
      'b/s/y': 'gzip off;',
    });
    const workspace = loadOne(root, ['a/conf.d/x.conf', 'b/conf.d/x.conf', 'a/s/y', 'b/s/y']);
    expect(workspace.includes.get('s/y')).toMatchObject({ kind: 'unread' });
  });
});

test('files of a commit are judged in the tree that includes them', () => {
  const root = plant({ 'deploy/nginx.conf': MAIN, 'deploy/conf.d/a.conf': SERVER, 'deploy/conf.d/b.conf': SERVER });
  const workspace = loadOne(root, ['deploy/conf.d/a.conf'], { discover: true });
  expect(workspace.main).toBe('deploy/nginx.conf');
  expect([...(workspace.focus ?? [])]).toEqual(['deploy/conf.d/a.conf']);
});

test('a file that changes between two loads is read anew', () => {
  const root = plant({ 'a.conf': SERVER });
  loadOne(root, ['a.conf']);
  writeFileSync(path.join(root, 'a.conf'), '# other');
  expect(loadOne(root, ['a.conf']).files.get('a.conf')?.text).toBe('# other');
});
