import { execFileSync } from 'node:child_process';
import { chmodSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { filesOf, loadOne, messages, plant, SERVER, target } from './support';

const onUnix = process.platform === 'win32' ? test.skip : test;
const GLOBS = 'events {}\nhttp { include conf.d/*; }';

/** What cannot be read among what can: one problem line, the rest is there. */
function expectProblem(root: string, line: string): void {
  const workspace = loadOne(root, ['.']);
  expect(messages(workspace)).toEqual([line]);
  expect(filesOf(workspace)).toEqual(['nginx.conf', 'conf.d/z.conf']);
}

describe('an include that names', () => {
  onUnix('a FIFO is refused without waiting', () => {
    const root = plant({ 'nginx.conf': GLOBS, 'conf.d/z.conf': SERVER });
    execFileSync('mkfifo', [path.join(root, 'conf.d/a.conf')]);
    expectProblem(root, 'conf.d/a.conf: is a FIFO, not a regular file');
  });

  onUnix('a device is refused', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude @/conf.d/zero;', 'conf.d/zero': { link: '/dev/zero' } });
    expect(messages(loadOne(root, ['.']))).toEqual(['/dev/zero: is a device, not a regular file']);
  });

  onUnix('a socket is refused', async () => {
    const root = plant({ 'nginx.conf': GLOBS, 'conf.d/z.conf': SERVER });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path.join(root, 'conf.d/s.conf'), resolve));
    expectProblem(root, 'conf.d/s.conf: is a socket, not a regular file');
    await new Promise((resolve) => server.close(resolve));
  });

  test('a directory is refused', () => {
    const root = plant({ 'nginx.conf': GLOBS, 'conf.d/z.conf': SERVER, 'conf.d/d.conf/x': '' });
    expectProblem(root, 'conf.d/d.conf: is a directory');
  });

  test('a file over 32 MiB is refused before it is read', () => {
    const root = plant({ 'nginx.conf': GLOBS, 'conf.d/z.conf': SERVER, 'conf.d/big.conf': '' });
    truncateSync(path.join(root, 'conf.d/big.conf'), 100 * 1024 ** 3);
    expectProblem(root, 'conf.d/big.conf: is 102400 MiB; files over 32 MiB are not read');
  });

  test('a binary is refused', () => {
    const root = plant({ 'nginx.conf': GLOBS, 'conf.d/z.conf': SERVER, 'conf.d/bin': Buffer.from('ab\0c') });
    expectProblem(root, 'conf.d/bin: is binary: a NUL byte at offset 2');
  });

  test('links in a circle is refused', () => {
    const root = plant({
      'nginx.conf': 'events {}\ninclude @/conf.d/*.conf;',
      'conf.d/l.conf': { link: 'l.conf' },
      'conf.d/z.conf': SERVER,
    });
    expectProblem(root, 'conf.d/l.conf: too many symbolic links');
  });

  test('a dangling link is told of in a live tree, and the rest is read', () => {
    const root = plant({
      'nginx.conf': 'events {}\ninclude @/conf.d/*.conf;',
      'conf.d/l.conf': { link: 'no' },
      'conf.d/z.conf': SERVER,
    });
    const workspace = loadOne(root, ['.']);
    expect(messages(workspace)).toEqual([]);
    expect(filesOf(workspace)).toEqual(['nginx.conf', 'conf.d/z.conf']);
    expect(target(workspace, `${root}/conf.d/*.conf`)).toMatchObject({ dangling: ['conf.d/l.conf'] });
  });

  test('a dangling link is unknown in a copy, whose links may lead to what is only on the server', () => {
    const root = plant({ 'nginx.conf': GLOBS, 'conf.d/l.conf': { link: '/etc/nginx/none' } });
    const workspace = loadOne(root, ['.']);
    expect(messages(workspace)).toEqual([]);
    expect(target(workspace, 'conf.d/*')).toMatchObject({ kind: 'unread' });
  });

  const root = process.getuid?.() === 0;
  (root ? test : test.skip)('a file that may not be read is a problem', () => {
    const tree = plant({ 'nginx.conf': GLOBS, 'conf.d/a.conf': { text: SERVER, mode: 0 }, 'conf.d/z.conf': SERVER });
    chmodSync(tree, 0o755);
    process.seteuid?.(65534);
    try {
      expectProblem(tree, 'conf.d/a.conf: permission denied');
    } finally {
      process.seteuid?.(0);
    }
  });

  onUnix('a name that is not UTF-8 is a problem', () => {
    const tree = plant({ 'nginx.conf': GLOBS, 'conf.d/z.conf': SERVER });
    writeFileSync(Buffer.concat([Buffer.from(`${tree}/conf.d/`), Buffer.from([0xe4])]), SERVER);
    const workspace = loadOne(tree, ['.']);
    expect(workspace.problems.map(({ message }) => message)).toEqual(['has a name that is not valid UTF-8']);
  });
});

describe('an include', () => {
  test('of itself, or in a circle, reads each file once', () => {
    const root = plant({
      'nginx.conf': 'events {}\ninclude a.conf;\ninclude nginx.conf;',
      'a.conf': 'include b.conf;',
      'b.conf': 'include a.conf;',
    });
    expect(filesOf(loadOne(root, ['.']))).toEqual(['nginx.conf', 'a.conf', 'b.conf']);
  });

  test('chain of 4,000 files is followed', () => {
    const files: Record<string, string> = { 'nginx.conf': 'events {}\ninclude c/1;' };
    for (let n = 1; n < 4000; n++) files[`c/${n}`] = `include c/${n + 1};`;
    expect(loadOne(plant({ ...files, 'c/4000': '' }), ['.']).files.size).toBe(4001);
  });

  test('with a variable is unknown in a copy', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude $name.conf;\ninclude ${dir}/*.conf;' });
    const workspace = loadOne(root, ['.']);
    expect(target(workspace, '$name.conf')).toEqual({ kind: 'unread', reason: 'holds a variable' });
    expect(target(workspace, '${dir}/*.conf')).toEqual({ kind: 'unread', reason: 'holds a variable' });
  });

  test('with a variable names that very file in a live tree: nginx expands none', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude @/$name.conf;' });
    expect(target(loadOne(root, ['.']), `${root}/$name.conf`)).toMatchObject({ kind: 'missing' });
  });

  test('in geo takes its name as it stands', () => {
    const root = plant({ 'nginx.conf': 'events {}\nhttp { geo $x { include geo/*; } }', 'geo/a': '1.1.1.1 1;' });
    expect(target(loadOne(root, ['.']), 'geo/*')).toEqual({ kind: 'missing', path: 'geo/*' });
  });

  test('in map, types, location, if is found, in a Lua block not', () => {
    const inside = 'map $a $b { include 1; } types { include 2; } server { location / { if ($a) { include 3; } } }';
    const root = plant({
      'nginx.conf': `events {}\nhttp { ${inside} init_by_lua_block { include 4; } }`,
      1: '',
      2: '',
      3: '',
      4: '',
    });
    expect(filesOf(loadOne(root, ['.']))).toEqual(['nginx.conf', '1', '2', '3']);
  });

  test('of nothing names the directory, and is refused', () => {
    const root = plant({ 'nginx.conf': 'events {}\ninclude "";' });
    expect(messages(loadOne(root, ['.']))).toEqual([`${root}: is a directory`]);
  });
});

test('a main file that cannot be read leaves its problem alone', () => {
  const root = plant({ 'nginx.conf': Buffer.from('\0') });
  expect(messages(loadOne(root, ['nginx.conf']))).toEqual(['nginx.conf: is binary: a NUL byte at offset 0']);
});

test('an empty main file is a main file', () => {
  expect(loadOne(plant({ 'nginx.conf': '' }), ['.']).main).toBe('nginx.conf');
});

test('an include that is a template’s placeholder is unknown', () => {
  const root = plant({
    'nginx.conf.template': 'events {}\ninclude ${DIR}/x.conf;\nhttp { include conf.d/*.conf; }',
    'conf.d/a.conf': SERVER,
  });
  const workspace = loadOne(root, ['.']);
  expect(filesOf(workspace)).toEqual(['nginx.conf.template', 'conf.d/a.conf']);
  expect([...workspace.includes.values()].map(({ kind }) => kind)).toEqual(['unread', 'files']);
});
