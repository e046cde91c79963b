import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fix, format, lint, rules, trace, version } from '../../src/index';
import { version as packageVersion } from '../../package.json';

const SAMPLE = path.join(__dirname, '../../fixtures/projects/sample');

describe('on files', () => {
  let cwd = '';
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), 'nwl-api-'));
    cpSync(SAMPLE, path.join(cwd, 'nginx'), { recursive: true });
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('lint names them from cwd', () => {
    const { findings, roots } = lint('nginx', { cwd });
    expect([roots, findings.every(({ file }) => file.startsWith('nginx/'))]).toEqual([['nginx/nginx.conf'], true]);
  });

  it('lint says what cannot be read', () => {
    expect(lint(['gone'], { cwd }).problems).toEqual([{ file: 'gone', message: 'no such file or directory' }]);
  });

  it('lint with findRoot finds the tree around a file', () => {
    const { routes, findings } = lint(['nginx/conf.d/chat.conf'], { cwd, findRoot: true });
    const whole = lint('nginx', { cwd });
    expect([routes.length, findings.length <= whole.findings.length]).toEqual([whole.routes.length, true]);
  });

  it('fix writes nothing by itself', () => {
    const before = readFileSync(path.join(SAMPLE, 'conf.d/chat.conf'), 'utf8');
    const { files, patch } = fix('nginx', { cwd });
    expect(Object.keys(files)).toContain('nginx/conf.d/chat.conf');
    expect(patch).toContain('+++ b/nginx/conf.d/chat.conf\n');
    expect(readFileSync(path.join(cwd, 'nginx/conf.d/chat.conf'), 'utf8')).toBe(before);
  });

  it('fix writes when it is asked to, and then there is nothing to fix', () => {
    const { files } = fix('nginx', { cwd, write: true });
    expect(readFileSync(path.join(cwd, 'nginx/conf.d/chat.conf'), 'utf8')).toBe(files['nginx/conf.d/chat.conf']);
    expect(fix('nginx', { cwd }).files).toEqual({});
  });

  it('trace follows a URL', () => {
    expect(trace('nginx', 'ws://example.com/ws', { cwd })).toMatchObject({ url: 'ws://example.com/ws' });
  });

  it('format makes text of a report', () => {
    expect(format(lint('nginx', { cwd }), 'compact')).toContain('nginx/conf.d/chat.conf:');
  });
});

it('tells its version and rules', () => {
  expect([version, rules.length > 30]).toEqual([packageVersion, true]);
});
