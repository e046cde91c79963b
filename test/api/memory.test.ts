import fc from 'fast-check';
import { workspaceOf } from '../../src/api/memory';
import type { TreeOptions } from '../../src/api/types';
import type { IncludeTarget } from '../../src/model/workspace';

const MAIN = 'events {}\nhttp {}\n';

function target(pattern: string, others: readonly string[], options: TreeOptions = {}): IncludeTarget | undefined {
  const files = { 'nginx.conf': `events {}\nhttp { include ${pattern}; }\n` };
  const all = { ...files, ...Object.fromEntries(others.map((name) => [name, ''])) };
  return workspaceOf(all, options).includes.get(pattern);
}

describe('the main file', () => {
  it.each<[string, Record<string, string>, string | null]>([
    ['is called nginx.conf', { 'a.conf': MAIN, 'nginx.conf': MAIN }, 'nginx.conf'],
    ['is the one nearest to the top', { 'old/deep/nginx.conf': MAIN, 'new/nginx.conf': MAIN }, 'new/nginx.conf'],
    ['is what holds http{}, whatever its name', { 'b.conf': 'server {}', 'a.conf': MAIN }, 'a.conf'],
    ['may hold nothing yet', { 'nginx.conf': '' }, 'nginx.conf'],
    ['is not a server block that is called so', { 'nginx.conf': 'server { listen 80; }' }, null],
    ['is not there', { 'conf.d/a.conf': 'server {}' }, null],
  ])('%s', (_, files, main) => {
    expect(workspaceOf(files).main).toBe(main);
  });

  it('is stated', () => {
    expect(workspaceOf({ 'nginx.conf': MAIN, 'b.conf': MAIN }, { main: 'b.conf' }).main).toBe('b.conf');
  });

  it('that is stated must be there', () => {
    expect(() => workspaceOf({ 'nginx.conf': MAIN }, { main: 'c.conf' })).toThrow(
      new RangeError('main: "c.conf" is none of the files'),
    );
  });
});

describe('an include', () => {
  const files = (...names: string[]): IncludeTarget => ({ kind: 'files', files: names });
  it.each<[string, string, string[], IncludeTarget, TreeOptions?]>([
    ['names a file', 'a.conf', ['a.conf'], files('a.conf')],
    ['names it roundabout', './x/../a.conf', ['a.conf'], files('a.conf')],
    [
      'names files by a pattern, in its order',
      'conf.d/*.conf',
      ['conf.d/b.conf', 'conf.d/a.conf', 'conf.d/c'],
      files('conf.d/a.conf', 'conf.d/b.conf'),
    ],
    ['finds nothing where other files are given', 'conf.d/*.conf', ['conf.d/x'], files()],
    ['may name what was not given', 'conf.d/*.conf', [], { kind: 'unread', reason: 'was not given' }],
    ['of a file that was not given', 'b.conf', ['a.conf'], { kind: 'unread', reason: 'was not given' }],
    ['of mime.types needs none', '/etc/nginx/mime.types', [], files()],
    ['names nothing when all is given', 'conf.d/*.conf', [], files(), { complete: true }],
    ['names a file that is missing', 'b.conf', [], { kind: 'missing', path: 'b.conf' }, { complete: true }],
    ['starts at the prefix', 'a.conf', ['x/a.conf'], files('x/a.conf'), { prefix: 'x' }],
    [
      'of the conf directory means what is given',
      '/etc/nginx/conf.d/*.conf',
      ['conf.d/a.conf'],
      files('conf.d/a.conf'),
    ],
    ['is mapped', '/srv/ng/a.conf', ['x/a.conf'], files('x/a.conf'), { maps: { '/srv/ng/': 'x' } }],
    ['holds a variable', 'conf.d/$host.conf', [], { kind: 'unread', reason: 'holds a variable' }],
    ['has a name beyond ASCII', 'grüße/*.conf', ['grüße/ä.conf'], files('grüße/ä.conf')],
  ])('%s', (_, pattern, others, expected, options = {}) => {
    expect(target(pattern, others, options)).toEqual(expected);
  });

  it('is looked for where an absolute main file lies', () => {
    const tree = { '/etc/nginx/nginx.conf': 'http { include conf.d/*; }', '/etc/nginx/conf.d/a': '' };
    expect(workspaceOf(tree).includes.get('conf.d/*')).toEqual(files('/etc/nginx/conf.d/a'));
  });

  it('that was found under another name is told', () => {
    const tree = { 'n/nginx.conf': 'http { include /etc/nginx/a.conf; }', 'n/a.conf': '' };
    expect(workspaceOf(tree).notes).toEqual(['/etc/nginx is taken to be n']);
  });
});

describe('fragments', () => {
  const contexts = (tree: Record<string, string>, options: TreeOptions = {}): unknown =>
    workspaceOf(tree, options).fragments.map(({ file, context }) => [file, context.join()]);

  it('stand where their directives may', () => {
    const tree = { 'a.conf': 'location / {}', 'conf.d/b.conf': 'server {}' };
    expect(contexts(tree)).toEqual([
      ['a.conf', 'http,server'],
      ['conf.d/b.conf', 'http'],
    ]);
  });

  it('that others include are no roots', () => {
    expect(contexts({ 'a.conf': 'server { include b.conf; }', 'b.conf': 'location / {}' })).toEqual([
      ['a.conf', 'http'],
    ]);
  });

  it('stand where it is stated', () => {
    expect(contexts({ 'a.conf': 'proxy_buffering on;' }, { context: ['http', 'server'] })).toEqual([
      ['a.conf', 'http,server'],
    ]);
  });
});

it('nothing given is a problem', () => {
  expect(workspaceOf({}).problems).toEqual([{ file: null, message: 'no file is given' }]);
});

it('a template is read as one', () => {
  expect(workspaceOf({ 'a.conf.j2': 'listen {{ port }};' }).files.get('a.conf.j2')?.placeholders).toHaveLength(1);
});

const path = fc.stringMatching(/^[a-c/.*?[\]\\$ä{}~-]{0,8}$/);

it('nothing throws, whatever files are called and includes name', () => {
  fc.assert(
    fc.property(fc.array(path), path, fc.option(path), fc.boolean(), (names, pattern, prefix, complete) => {
      const text = `http { include ${JSON.stringify(pattern)}; }`;
      const tree = Object.fromEntries([...names, 'nginx.conf'].map((name) => [name, text]));
      const options = { complete, maps: { [pattern]: 'a' }, ...(prefix === null ? {} : { prefix }) };
      for (const target of workspaceOf(tree, options).includes.values()) {
        if (target.kind === 'files') expect(target.files.filter((name) => !(name in tree))).toEqual([]);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});
