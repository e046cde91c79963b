import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    ['trace ws://example.com/ws fixtures/projects/sample', 'the backend would receive'],
    ['routes fixtures/projects/sample', 'proxying routes'],
    ['ast fixtures/projects/sample', '"directive":"events"'],
    ['fixtures/projects/{sample,nothing}', 'error['],
    ['completion', 'compgen'],
    ['--colour', 'did you mean --color?'],
  ])('answers %s', (argv, answer) => {
    expect(run(...argv.split(' ')).said).toContain(answer);
  });

  it('ends quietly when nobody reads on, with the status of the run', () => {
    const script = `set -o pipefail; "$0" "$1" fixtures/projects/sample --format json | head -c 10; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/ 1\n$/);
  });

  it('reads standard input and writes more than a pipe holds', () => {
    const servers = Array.from(
      { length: 300 },
      (_, port) => `server { listen ${port + 1}; location /ws { proxy_pass http://127.0.0.1:1; } }`,
    );
    const input = `events {}\nhttp {\n${servers.join('\n')}\n}\n`;
    const { stdout, status } = spawnSync(process.execPath, [cli, '--format', 'json', '-'], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const { summary } = JSON.parse(stdout) as { summary: { errors: number } };
    expect(summary.errors).toBeGreaterThanOrEqual(300);
    expect(status).toBe(1);
  });

  it('tells of its own defects in one block: stage, version, how to report; status 2', () => {
    const broken = path.join(made, 'dist/lib/report-json.js');
    const before = readFileSync(broken);
    writeFileSync(broken, 'exports.json = () => { throw new Error("out of order"); };');
    const { status, stderr } = spawnSync(process.execPath, [cli, '--format', 'json', 'fixtures/projects/sample'], {
      cwd: root,
      encoding: 'utf8',
    });
    writeFileSync(broken, before);
    expect(stderr).toContain(`internal error while writing the json report: out of order\n  version: ${version}, node`);
    expect(stderr).toContain('please report it');
    expect(status).toBe(2);
  });

  it('needs no package at run time', () => {
    const alone = spawnSync(process.execPath, [cli, '--config', 'none.yaml'], { cwd: made, encoding: 'utf8' });
    expect(alone.stderr).toContain('cannot read');
    expect(alone.stderr).not.toContain('Cannot find module');
  });
});
