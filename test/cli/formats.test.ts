import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FORMATS } from '../../src/cli/option-table';
import { REPORTERS } from '../../src/report/formats';
import { OLD_HTTP, place, SHORT_TIMEOUT } from './support';

test('every format that --format names is there', () => {
  expect(Object.keys(REPORTERS).sort()).toEqual([...FORMATS].sort());
});

test('several formats at once, each into its file', () => {
  const at = place({ 'nginx.conf': OLD_HTTP });
  const { out, status } = at.run(['--format', 'sarif:a.sarif', '--format', 'junit:b.xml', '--format', 'github']);
  expect([status, out.slice(0, 8)]).toEqual([1, '::error ']);
  expect(JSON.parse(at.read('a.sarif'))).toMatchObject({ version: '2.1.0' });
  expect(at.read('b.xml')).toContain('<testsuites ');
});

test('JUnit counts as failures what --fail-on fails', () => {
  const failures = (...options: string[]): string | undefined =>
    /failures="(\d+)"/.exec(place({ 'nginx.conf': SHORT_TIMEOUT }).run(['--format', 'junit', ...options]).out)?.[1];
  expect(failures('--only', 'read-timeout')).toBe('0');
  expect(failures('--only', 'read-timeout', '--fail-on', 'warning')).toBe('1');
});

test.each([
  ['GITHUB_WORKSPACE', 'github', ' file=deploy/nginx/nginx.conf,'],
  ['GITHUB_WORKSPACE', 'sarif', '"uri": "deploy/nginx/nginx.conf"'],
  ['CI_PROJECT_DIR', 'gitlab', '"path": "deploy/nginx/nginx.conf"'],
])('below %s, %s names files from there', (variable, format, expected) => {
  const at = place({ 'deploy/nginx/nginx.conf': OLD_HTTP });
  const env = { [variable]: at.root };
  expect(at.run(['--format', format, 'nginx.conf'], { cwd: 'deploy/nginx', env }).out).toContain(expected);
  expect(at.run(['--format', format, 'nginx.conf'], { cwd: 'deploy/nginx' }).out).not.toContain('deploy');
  at.write('other/x', '');
  const beside = at.run(['--format', format, '../deploy/nginx'], { cwd: 'other', env }).out;
  expect(beside).toContain(expected);
  expect(beside).not.toContain(`${at.root}/deploy`);
});

describe('docs/formats.md', () => {
  const text = readFileSync(path.join(__dirname, '../../docs/formats.md'), 'utf8');
  const commands = [...text.matchAll(/^nginx-ws-lint (.*)$/gm)].map(([, words = '']) => words.split(' '));

  it('names every format', () => {
    const named = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...FORMATS].sort());
  });

  it.each(commands)('its commands run: nginx-ws-lint %s %s ...', (...argv) => {
    const at = place({ 'deploy/nginx/nginx.conf': OLD_HTTP });
    const { status, err } = at.run(argv);
    const files = argv.map((word) => /^\w+:(.+)$/.exec(word)?.[1]).filter((file) => file !== undefined);
    expect([status, err]).toEqual([argv.includes('--exit-zero') ? 0 : 1, '']);
    expect(files.filter((file) => !existsSync(path.join(at.root, file)))).toEqual([]);
  });
});
