import path from 'node:path';
import { filesOf, loadOne, MAIN, plant, SERVER, target } from './support';

const READ = (...files: string[]) => ({ kind: 'files', files });
const DEBIAN = `events {}
http {
  include /etc/nginx/mime.types;
  include /etc/nginx/conf.d/*.conf;
  include /etc/nginx/sites-enabled/*;
}`;

describe('a live tree', () => {
  test('is one whose main file lies where its own absolute includes point', () => {
    const root = plant({ 'nginx.conf': 'events {}\nhttp { include @/conf.d/*.conf; }', 'conf.d/a.conf': SERVER });
    expect(loadOne(root, ['.'])).toMatchObject({ live: true, prefix: root });
  });

  test('is followed as nginx follows it: out of the directory, but nothing outside is given', () => {
    const outside = plant({ 'x.conf': SERVER });
    const tree = plant({
      'nginx.conf': 'events {}\nhttp { include @/sites-enabled/*; }',
      'sites-enabled/x': { link: path.join(outside, 'x.conf') },
    });
    const workspace = loadOne(tree, ['.']);
    expect(filesOf(workspace)).toEqual(['nginx.conf', path.join(outside, 'x.conf')]);
    expect([...workspace.given]).toEqual(['nginx.conf']);
  });

  test('that is reached through a link is live', () => {
    const root = plant({ 'etc/nginx.conf': 'events {}\nhttp { include @/etc/conf.d/*.conf; }', link: { link: 'etc' } });
    expect(loadOne(root, ['link/nginx.conf']).live).toBe(true);
  });

  test('lacks a file that an include names', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude @/conf.d/*.conf;\ninclude @/none.conf;' });
    expect(target(loadOne(root, ['.']), `${root}/none.conf`)).toEqual({ kind: 'missing', path: 'none.conf' });
  });

  test('is told by the files that the main file includes when it has no absolute include', () => {
    const root = plant({ 'nginx.conf': MAIN, 'conf.d/a.conf': 'include @/snippets/x;', 'snippets/x': 'gzip on;' });
    expect(loadOne(root, ['.'])).toMatchObject({ live: true });
  });
});

describe('a mapped tree', () => {
  const tree = { 'deploy/nginx.conf': DEBIAN, 'deploy/conf.d/a.conf': SERVER };

  test('has the directory that its absolute includes share for its own', () => {
    const workspace = loadOne(plant(tree), ['deploy']);
    expect(target(workspace, '/etc/nginx/conf.d/*.conf')).toEqual(READ('deploy/conf.d/a.conf'));
    expect(workspace).toMatchObject({ live: false, prefix: '/etc/nginx' });
  });

  test('is so for patterns that then match; others are unknown, never read from this machine', () => {
    const workspace = loadOne(plant(tree), ['deploy']);
    expect(target(workspace, '/etc/nginx/mime.types')).toMatchObject({ kind: 'unread' });
    expect(target(workspace, '/etc/nginx/sites-enabled/*')).toMatchObject({ kind: 'unread' });
  });

  test('has one note per mapping', () => {
    const notes = loadOne(plant(tree), ['deploy']).notes.filter((note) => note.includes('--map'));
    expect(notes).toEqual(['/etc/nginx is taken to be deploy (--map /etc/nginx=deploy says so)']);
  });

  test.each(['/usr/local/nginx/conf', '/config/nginx', '/opt/app/openresty/nginx/conf', '/srv/web'])(
    'may copy %s',
    (conf) => {
      const root = plant({
        'nginx.conf': `events {}\nhttp { include ${conf}/conf.d/*.conf; }`,
        'conf.d/a.conf': SERVER,
      });
      expect(target(loadOne(root, ['.']), `${conf}/conf.d/*.conf`)).toEqual(READ('conf.d/a.conf'));
    },
  );

  test('has the conf directory that most includes share', () => {
    const root = plant({
      'nginx.conf': 'include /usr/share/nginx/modules/*.conf;\nevents {}\nhttp { include /etc/nginx/conf.d/*.conf; }',
      'conf.d/a.conf': SERVER,
    });
    expect(target(loadOne(root, ['.']), '/etc/nginx/conf.d/*.conf')).toEqual(READ('conf.d/a.conf'));
  });

  test('is mapped in the files that it includes, too', () => {
    const root = plant({
      'nginx.conf': MAIN,
      'conf.d/a.conf': 'include /etc/nginx/proxy_params;',
      proxy_params: 'gzip on;',
    });
    expect(target(loadOne(root, ['.']), '/etc/nginx/proxy_params')).toEqual(READ('proxy_params'));
  });

  test('lacks a file that a relative include names', () => {
    const workspace = loadOne(plant({ 'nginx.conf': 'events {}\ninclude none.conf;' }), ['.']);
    expect(target(workspace, 'none.conf')).toEqual({ kind: 'missing', path: 'none.conf' });
  });

  test('reads nothing outside by a relative path', () => {
    const root = plant({
      'secret.conf': 'gzip on;',
      'n/nginx.conf': 'events {}\ninclude ../secret.conf;\ninclude ../*.conf;\ninclude ../no.conf;',
    });
    const workspace = loadOne(root, ['n']);
    expect(filesOf(workspace)).toEqual(['n/nginx.conf']);
    expect(target(workspace, '../secret.conf')).toMatchObject({ kind: 'unread' });
    expect(target(workspace, '../*.conf')).toMatchObject({ kind: 'unread' });
    expect(target(workspace, '../no.conf')).toMatchObject({ kind: 'unread' });
  });

  test('reads nothing outside through a link to a file or directory', () => {
    const outside = plant({ 'a.conf': 'gzip on;' });
    const root = plant({
      'nginx.conf': 'events {}\nhttp { include conf.d/*; include linked/*.conf; include linked/a.conf; }',
      'conf.d/a.conf': { link: path.join(outside, 'a.conf') },
      'conf.d/b.conf': SERVER,
      linked: { link: outside },
    });
    const workspace = loadOne(root, ['.']);
    expect(filesOf(workspace)).toEqual(['nginx.conf', 'conf.d/b.conf']);
    expect(target(workspace, 'linked/*.conf')).toMatchObject({ kind: 'unread' });
    expect(target(workspace, 'linked/a.conf')).toMatchObject({ kind: 'unread' });
    expect(workspace.problems).toEqual([]);
  });

  test('maps absolute links that a copy of /etc/nginx keeps', () => {
    const root = plant({
      'n/nginx.conf': DEBIAN,
      'n/sites-available/x': SERVER,
      'n/sites-enabled/x': { link: '/etc/nginx/sites-available/x' },
      'n/sites-enabled/y': { link: '/etc/nginx/sites-available/none' },
      'n/sites-enabled/z': { link: '/etc/nginx/../../secret' },
      secret: SERVER,
    });
    expect(filesOf(loadOne(root, ['n']))).toEqual(['n/nginx.conf', 'n/sites-available/x']);
  });

  test('names in a glob the file that it did not read', () => {
    const outside = plant({ 'a.conf': 'gzip on;' });
    const root = plant({
      'nginx.conf': 'events {}\nhttp { include conf.d/*; }',
      'conf.d/a.conf': { link: path.join(outside, 'a.conf') },
      'conf.d/b.conf': SERVER,
    });
    expect(target(loadOne(root, ['.']), 'conf.d/*')).toEqual(READ(path.join(outside, 'a.conf'), 'conf.d/b.conf'));
  });

  test('reads what is allowed', () => {
    const outside = plant({ 'ssl/options.conf': 'gzip on;' });
    const root = plant({
      'nginx.conf': `events {}\ninclude ${outside}/ssl/options.conf;\ninclude /etc/nginx/conf.d/*.conf;`,
    });
    const pattern = `${outside}/ssl/options.conf`;
    expect(target(loadOne(root, ['.']), pattern)).toMatchObject({ kind: 'unread' });
    for (const allow of [`${outside}/ssl`, pattern]) {
      const workspace = loadOne(root, ['.'], { allow: [allow] });
      expect(target(workspace, pattern)).toEqual(READ(pattern));
      expect([...workspace.given]).toEqual(['nginx.conf']);
    }
  });

  test('is not mapped by a pattern that only the main file itself matches', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude /srv/web/*.conf;' });
    expect(target(loadOne(root, ['.']), '/srv/web/*.conf')).toMatchObject({ kind: 'unread' });
  });

  test('tells of includes that were not read', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude /usr/share/nginx/modules/*.conf;' });
    expect(loadOne(root, ['.']).notes).toEqual([
      '1 include lies outside the given paths and was not read (--allow PATH reads): /usr/share/nginx/modules/*.conf',
    ]);
  });
});

describe('--map', () => {
  test('goes first, the longest FROM wins', () => {
    const root = plant({
      'nginx.conf': DEBIAN,
      'conf.d/no.conf': SERVER,
      'x/conf.d/y.conf': SERVER,
      'z/a.conf': SERVER,
    });
    const maps = [
      { from: '/etc/nginx', to: 'x' },
      { from: '/etc/nginx/conf.d', to: './z/' },
    ];
    expect(target(loadOne(root, ['nginx.conf'], { maps }), '/etc/nginx/conf.d/*.conf')).toEqual(READ('z/a.conf'));
  });

  test('says where a file is missing', () => {
    const root = plant({ 'nginx.conf': DEBIAN });
    const workspace = loadOne(root, ['.'], { maps: [{ from: '/etc/nginx/', to: '.' }] });
    expect(target(workspace, '/etc/nginx/mime.types')).toEqual({ kind: 'missing', path: 'mime.types' });
    expect(target(workspace, '/etc/nginx/sites-enabled/*')).toEqual(READ());
  });

  test('may lead out of the given paths, what is there is not given', () => {
    const outside = plant({ 'mime.types': 'types {}' });
    const root = plant({ 'nginx.conf': DEBIAN });
    const workspace = loadOne(root, ['.'], { maps: [{ from: '/etc/nginx', to: outside }] });
    expect(target(workspace, '/etc/nginx/mime.types')).toEqual(READ(`${outside}/mime.types`));
    expect([...workspace.given]).toEqual(['nginx.conf']);
  });

  test('to nowhere is a problem', () => {
    const workspace = loadOne(plant({ 'nginx.conf': MAIN }), ['.'], { maps: [{ from: '/etc/nginx', to: 'none' }] });
    expect(workspace.problems).toEqual([
      { file: 'none', message: 'no such file or directory (--map /etc/nginx=none)' },
    ]);
  });

  test('does not reach a longer name', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude /etc/nginx2/x.conf;', 'z/x.conf': '', 'z2/x.conf': '' });
    const workspace = loadOne(root, ['.'], { maps: [{ from: '/etc/nginx', to: 'z' }] });
    expect(filesOf(workspace)).toEqual(['nginx.conf']);
  });
});

describe('--prefix', () => {
  test('is where relative includes start', () => {
    const root = plant({ 'conf/nginx.conf': MAIN, 'conf.d/a.conf': SERVER, 'conf/conf.d/b.conf': SERVER });
    expect(filesOf(loadOne(root, ['conf/nginx.conf'], { prefix: '.' }))).toEqual(['conf/nginx.conf', 'conf.d/a.conf']);
  });

  test('may be nginx’s own when a map says where that lies', () => {
    const root = plant({ 'nginx.conf': MAIN, 'x/conf.d/a.conf': SERVER });
    const options = { prefix: '/etc/nginx', maps: [{ from: '/etc/nginx', to: 'x' }] };
    expect(target(loadOne(root, ['nginx.conf'], options), 'conf.d/*.conf')).toEqual(READ('x/conf.d/a.conf'));
  });

  test('makes a missing file of a fragment certain', () => {
    const root = plant({ 'conf.d/a.conf': 'include none;' });
    expect(target(loadOne(root, ['conf.d/a.conf'], { prefix: '.' }), 'none')).toEqual({
      kind: 'missing',
      path: 'none',
    });
  });
});

describe('a fragment', () => {
  test('reads nothing that was not given', () => {
    const root = plant({
      'conf.d/a.conf': 'include snippets/ws.conf;\ninclude b.conf;\ninclude *.conf;',
      'conf.d/b.conf': '',
      'snippets/ws.conf': '',
    });
    expect(filesOf(loadOne(root, ['conf.d/a.conf']))).toEqual(['conf.d/a.conf']);
  });

  test('reads what is allowed', () => {
    const root = plant({ 'conf.d/a.conf': 'include snippets/*.conf;', 'snippets/ws.conf': '', 'snippets/x.conf': '' });
    const workspace = loadOne(root, ['conf.d/a.conf'], { allow: ['snippets/ws.conf'] });
    expect(target(workspace, 'snippets/*.conf')).toEqual(READ('snippets/ws.conf'));
  });

  test('of this machine’s own tree is a fragment all the same', () => {
    const root = plant({ 'nginx/conf.d/a.conf': 'include @/nginx/snippets/x;', 'nginx/snippets/x': '' });
    expect(filesOf(loadOne(root, ['nginx/conf.d/a.conf']))).toEqual(['nginx/conf.d/a.conf']);
  });
});

describe('a link given as an argument', () => {
  test('below the working directory must not lead out of it', () => {
    const outside = plant({ 'secret.conf': SERVER });
    const root = plant({ 'a.conf': { link: path.join(outside, 'secret.conf') } });
    const workspace = loadOne(root, ['a.conf']);
    expect(filesOf(workspace)).toEqual([]);
    expect(workspace.problems[0]?.message).toContain('outside the working directory');
    expect(filesOf(loadOne(root, ['a.conf'], { allow: [outside] }))).toEqual([path.join(outside, 'secret.conf')]);
  });

  test('may lead from sites-enabled to sites-available', () => {
    const root = plant({
      'nginx/sites-available/a': SERVER,
      'nginx/sites-enabled/a': { link: '../sites-available/a' },
    });
    const workspace = loadOne(path.join(root, 'nginx/sites-enabled'), ['a']);
    expect(filesOf(workspace)).toEqual([path.join(root, 'nginx/sites-available/a')]);
  });

  test('elsewhere was named on purpose', () => {
    const outside = plant({ 'a.conf': SERVER });
    const root = plant({ 'a.conf': { link: path.join(outside, 'a.conf') } });
    expect(filesOf(loadOne(plant({}), [path.join(root, 'a.conf')]))).toEqual([path.join(outside, 'a.conf')]);
  });
});

test('the nginx.conf of a directory must not be a link out of it', () => {
  const outside = plant({ 'nginx.conf': MAIN });
  const root = plant({ 'n/nginx.conf': { link: path.join(outside, 'nginx.conf') } });
  expect(filesOf(loadOne(root, ['n']))).toEqual([]);
});
