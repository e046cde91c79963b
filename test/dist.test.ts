import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { version } from '../package.json';

const root = path.join(__dirname, '..');
const script = path.join(root, 'scripts/bundle.mjs');

function node(argv: readonly string[], cwd = root): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

it('dist/ is what the sources make (else: npm run bundle, and commit it)', () => {
  expect(node([script, '--check'])).toEqual({ status: 0, said: '' });
});

describe('a bundle made anew', () => {
  const made = mkdtempSync(path.join(tmpdir(), 'nginx-ws-lint-dist-'));
  const cli = path.join(made, 'dist/cli.js');

  beforeAll(() => {
    expect(node([script, '--to', made])).toEqual({ status: 0, said: '' });
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  const run = (...argv: string[]): ReturnType<typeof node> => node([cli, ...argv], root);

  it.each([
    ['--version', version],
    ['--help', 'Exit status:'],
    ['rules --format json', '"id": "http-version"'],
    ['explain http-version', '# http-version'],
    ['fixtures/projects/sample --format json', '"schemaVersion": 1'],
    ['fixtures/projects/sample --diff', '+        proxy_http_version 1.1;'],
    ['trace ws://example.com/ws fixtures/projects/sample', 'the backend receives'],
    ['routes fixtures/projects/sample', 'proxying routes'],
    ['ast fixtures/projects/sample', '"directive":"events"'],
    ['fixtures/projects/{sample,nothing}', 'error['],
    ['completion', 'compgen'],
    ['--colour', 'did you mean --color?'],
  ])('answers %s', (argv, answer) => {
    expect(run(...argv.split(' ')).said).toContain(answer);
  });

  it('needs no package at run time', () => {
    const alone = spawnSync(process.execPath, [cli, '--config', 'none.yaml'], { cwd: made, encoding: 'utf8' });
    expect(alone.stderr).toContain('cannot read');
    expect(alone.stderr).not.toContain('Cannot find module');
  });
});
