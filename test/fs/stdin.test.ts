import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { noConfiguration, splitDump } from '../../src/fs/dump';
import type { LoadOptions } from '../../src/fs/options';
import type { Workspace } from '../../src/model/workspace';
import { filesOf, loadOne, MAIN, messages, plant, SERVER, target } from './support';

function pipe(
  text: string | Buffer,
  root: string,
  options: Partial<LoadOptions> = {},
  paths: readonly string[] = [],
): Workspace {
  return loadOne(root, ['-', ...paths], { stdin: Buffer.from(text as string), ...options });
}

describe('no configuration on standard input', () => {
  const EMERG = 'unknown directive "foo" in /etc/nginx/nginx.conf:2';
  const FAILED = 'nginx: configuration file /etc/nginx/nginx.conf test failed\n';

  test.each([
    ['', 'nothing on standard input: did nginx -T fail?'],
    [' \r\n\n', 'nothing on standard input: did nginx -T fail?'],
    [`nginx: [warn] x\nnginx: [emerg] ${EMERG}\n${FAILED}`, `nginx -T failed: ${EMERG}`],
    [`2026/01/02 10:06:53 [emerg] 8335#8335: ${EMERG}\n${FAILED}`, `nginx -T failed: ${EMERG}`],
    [FAILED, 'nginx -T failed: configuration file /etc/nginx/nginx.conf test failed'],
    [
      FAILED.replace('failed', 'is successful'),
      'no configuration on standard input: nginx -T prints it, nginx -t does not',
    ],
  ])('%j', (text, message) => {
    const { problems, files } = pipe(text, plant({}));
    expect([problems, files.size]).toEqual([[{ file: null, message }], 0]);
  });

  test('an empty buffer that has its place is a file', () => {
    expect(pipe('', plant({}), { stdinFilename: 'conf.d/a.conf' }).problems).toEqual([]);
  });

  test('a configuration behind messages is one', () => {
    expect(noConfiguration(Buffer.from(`nginx: [warn] x\n${MAIN}`))).toBeNull();
  });
});

describe('one file on standard input', () => {
  test('is a fragment of the context it shows', () => {
    const workspace = pipe(SERVER, plant({}));
    expect(workspace).toMatchObject({ main: null, fragments: [{ file: '<stdin>', context: ['http'], stated: false }] });
    expect([...workspace.given]).toEqual(['<stdin>']);
  });

  test('may be a whole configuration', () => {
    expect(pipe(MAIN, plant({})).main).toBe('<stdin>');
  });

  test('reads nothing of the disk', () => {
    const root = plant({ 'conf.d/a.conf': SERVER, 'mime.types': '' });
    const workspace = pipe(
      `${MAIN}include mime.types; include /etc/nginx/mime.types; include @/mime.types;`.replaceAll('@', root),
      root,
    );
    expect(filesOf(workspace)).toEqual(['<stdin>']);
    expect([...workspace.includes.values()].map(({ kind }) => kind)).toEqual(['unread', 'unread', 'unread', 'unread']);
  });

  test('reads what is given beside it or allowed', () => {
    const root = plant({ 'conf.d/a.conf': SERVER });
    expect(filesOf(pipe(MAIN, root, { allow: ['conf.d'] }))).toEqual(['<stdin>', 'conf.d/a.conf']);
    expect(filesOf(pipe(MAIN, root, {}, ['conf.d']))).toEqual(['<stdin>', 'conf.d/a.conf']);
  });

  test('that is binary is a problem', () => {
    expect(messages(pipe('a\0', plant({})))).toEqual(['<stdin>: is binary: a NUL byte at offset 1']);
  });

  test('may hold no more than a comment', () => {
    expect(filesOf(pipe('# nothing yet\n', plant({})))).toEqual(['<stdin>']);
  });
});

describe('--stdin-filename', () => {
  const tree = { 'n/nginx.conf': MAIN, 'n/conf.d/a.conf': '# on disk', 'n/conf.d/b.conf': SERVER };

  test('is its place in the tree that includes it', () => {
    const workspace = pipe(SERVER, plant(tree), { stdinFilename: 'n/conf.d/a.conf' });
    expect(workspace.main).toBe('n/nginx.conf');
    expect(workspace.files.get('n/conf.d/a.conf')?.text).toBe(SERVER);
    expect(filesOf(workspace)).toContain('n/conf.d/b.conf');
  });

  test('has findings for it alone', () => {
    const workspace = pipe(SERVER, plant(tree), { stdinFilename: 'n/conf.d/a.conf' });
    expect([...(workspace.focus ?? [])]).toEqual(['n/conf.d/a.conf']);
    expect([...workspace.given]).toEqual(['n/conf.d/a.conf']);
  });

  test('may name a file that is not saved yet', () => {
    const workspace = pipe(SERVER, plant(tree), { stdinFilename: 'n/conf.d/new.conf' });
    expect(target(workspace, 'conf.d/*.conf')).toMatchObject({
      files: ['n/conf.d/a.conf', 'n/conf.d/b.conf', 'n/conf.d/new.conf'],
    });
  });

  test('may be the main file', () => {
    const workspace = pipe('events {}\ninclude conf.d/b.conf;', plant(tree), { stdinFilename: 'n/nginx.conf' });
    expect(filesOf(workspace)).toEqual(['n/nginx.conf', 'n/conf.d/b.conf']);
  });

  test('may be in the tree given beside it', () => {
    const root = plant({ ...tree, 'n/x/nginx.conf': MAIN });
    expect(pipe(SERVER, root, { stdinFilename: 'n/conf.d/a.conf' }, ['n']).main).toBe('n/nginx.conf');
  });

  test('has the problems of all that was given beside it', () => {
    const options = { stdinFilename: 'n/conf.d/a.conf' };
    expect(messages(pipe(SERVER, plant(tree), options, ['n', 'none']))).toEqual(['none: no such file or directory']);
    expect(messages(pipe(SERVER, plant(tree), options, ['none']))).toEqual(['none: no such file or directory']);
  });

  test('is a fragment where no main file includes it', () => {
    const workspace = pipe(SERVER, plant(tree), { stdinFilename: 'elsewhere/a.conf' });
    expect(workspace).toMatchObject({ main: null, fragments: [{ file: 'elsewhere/a.conf' }] });
  });

  test('reads nothing outside the main file’s directory, though the tree says it is live', () => {
    const root = plant({
      'n/nginx.conf': 'events {}\ninclude @/n/conf.d/*.conf;',
      'n/conf.d/a.conf': '',
      'secret.conf': '',
    });
    const workspace = pipe('include @/secret.conf;'.replace('@', root), root, { stdinFilename: 'n/conf.d/a.conf' });
    expect(filesOf(workspace)).toEqual(['n/nginx.conf', 'n/conf.d/a.conf']);
  });

  test('is not looked for above the working directory', () => {
    const root = plant(tree);
    expect(pipe(SERVER, path.join(root, 'n/conf.d'), { stdinFilename: 'a.conf' }).main).toBe(null);
  });
});

const DUMP = `nginx: [warn] conflicting server name "a" on 0.0.0.0:80, ignored
nginx: the configuration file /etc/nginx/nginx.conf syntax is ok
nginx: configuration file /etc/nginx/nginx.conf test is successful
# configuration file /etc/nginx/nginx.conf:
events {}
http { include conf.d/*.conf; include /etc/nginx/mime.types; include none/*; }

# configuration file /etc/nginx/conf.d/b.conf:
server {}
# configuration file for b:
# configuration file /etc/nginx/conf.d/a.conf:
server {}

# configuration file /etc/nginx/mime.types:
types {}

`;

describe('nginx -T', () => {
  test('is the tree that nginx read', () => {
    const workspace = pipe(DUMP, plant({}));
    expect(workspace).toMatchObject({ main: '/etc/nginx/nginx.conf', prefix: '/etc/nginx', live: false });
    expect(target(workspace, 'conf.d/*.conf')).toEqual({
      kind: 'files',
      files: ['/etc/nginx/conf.d/a.conf', '/etc/nginx/conf.d/b.conf'],
    });
    expect(target(workspace, '/etc/nginx/mime.types')).toEqual({ kind: 'files', files: ['/etc/nginx/mime.types'] });
    expect(target(workspace, 'none/*')).toEqual({ kind: 'files', files: [] });
  });

  test('has each file to the byte', () => {
    const { files } = pipe(DUMP, plant({}));
    expect(files.get('/etc/nginx/conf.d/b.conf')?.text).toBe('server {}\n# configuration file for b:');
    expect(files.get('/etc/nginx/conf.d/a.conf')?.text).toBe('server {}\n');
    expect(files.get('/etc/nginx/mime.types')?.text).toBe('types {}\n');
  });

  test('may have messages of stderr mixed in, at any place', () => {
    const messages = [
      'nginx: [warn] x',
      'nginx: configuration file a test is successful',
      '2026/11/20 19:25:03 [emerg] 1#1: x',
    ];
    for (const message of messages) {
      const mixed = DUMP.replace('events {}\n', `events {}\n${message}\n`) + `${message}\n`;
      expect(splitDump(Buffer.from(mixed))).toEqual(splitDump(Buffer.from(DUMP)));
    }
  });

  test('is told from a file that has such a comment', () => {
    expect(splitDump(Buffer.from('server {}\n# configuration file /x:\n'))).toBe(null);
    expect(splitDump(Buffer.from('# a comment\n'))).toBe(null);
  });

  test('may hold bytes that are not UTF-8', () => {
    const dump = splitDump(Buffer.from('# configuration file /a:\n\xe4\n\n', 'latin1'));
    expect(dump?.[0]?.bytes).toEqual(Buffer.from('\xe4\n', 'latin1'));
  });

  const installed = spawnSync('nginx', ['-v']).status === 0;
  (installed ? test : test.skip)('of the nginx installed here gives back the files', () => {
    const files = {
      'nginx.conf': 'error_log stderr;\nevents {}\nhttp {\n  include conf.d/*.conf;\n  include conf.d/a.conf;\n}',
      'conf.d/a.conf': '# no final newline',
      'conf.d/b.conf': '# CRLF\r\n\r\n\n',
      'conf.d/c.conf': '\n# ä \n\n',
    };
    const root = plant(files);
    const output = execFileSync('sh', ['-c', `nginx -T -p . -c "$1/nginx.conf" 2>&1`, 'sh', root]);
    const dump = splitDump(output)?.map(({ path: file, bytes }) => [path.relative(root, file), bytes.toString()]);
    expect(dump).toEqual(Object.entries(files));
  });
});
