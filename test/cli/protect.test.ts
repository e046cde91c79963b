import { linkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { OLD_HTTP, place } from './support';
import type { Place } from './support';

const tree = (): Place =>
  place({ 'a/nginx.conf': OLD_HTTP, '.nginx-ws-lint.json': '{}', 'error.log': 'x\n', 'old.json': '{ "entries": [] }' });

describe('what was read is not written over', () => {
  it.each([
    [['--output', 'a/nginx.conf', 'a']],
    [['--output', 'link', 'a']],
    [['--output', 'hard', 'a']],
    [['--patch', 'a/nginx.conf', 'a']],
    [['--fix', '--patch', 'a/nginx.conf', 'a']],
    [['--format', 'json:a/nginx.conf', 'a']],
    [['--format', 'json:.nginx-ws-lint.json', 'a']],
    [['--write-baseline', '--baseline', 'a/nginx.conf', 'a']],
    [['trace', 'ws://example.com/ws', '--output', 'a/nginx.conf', 'a']],
    [['routes', '--output', 'a/nginx.conf', 'a']],
    [['ast', '--output', 'a/nginx.conf', 'a']],
  ])('%j', (argv) => {
    const at = tree();
    symlinkSync('a/nginx.conf', path.join(at.root, 'link'));
    linkSync(path.join(at.root, 'a/nginx.conf'), path.join(at.root, 'hard'));
    const { status, err, out } = at.run(argv);
    expect(err).toMatch(/^nginx-ws-lint: --[\w-]+ would overwrite \S+, which was read; nothing was written\n$/);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect([at.read('a/nginx.conf'), at.read('.nginx-ws-lint.json')]).toEqual([OLD_HTTP, '{}']);
  });

  it('nor a log that is explained', async () => {
    const at = tree();
    expect((await at.runAsync(['logs', '--output', 'error.log', 'error.log'])).status).toBe(2);
    expect(at.read('error.log')).toBe('x\n');
  });

  it('but an old report or baseline is', () => {
    const at = tree();
    const argv = ['--only', 'http-version', '--baseline', 'old.json', '--write-baseline', '--output', 'error.log', 'a'];
    expect(at.run(argv)).toEqual({ status: 0, out: '', err: '' });
    expect(at.read('old.json')).toContain('"http-version"');
  });
});

it.each([
  [['--patch', '-'], '--patch takes a file; --diff prints the patch on standard output'],
  [['--output', '-'], '--output takes a file; without it the report goes to standard output'],
  [['--format', 'json:-'], '--format json:-: --format json goes to standard output'],
  [['--write-baseline', '--baseline', '-'], '--baseline takes a file; it is there for later runs'],
])('- is no file: %j', (argv, message) => {
  expect(tree().run([...argv, 'a'])).toEqual({ status: 2, out: '', err: `nginx-ws-lint: ${message}\n` });
});
