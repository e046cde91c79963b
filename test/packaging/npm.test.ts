import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { version } from '../../package.json';
import manifest from '../../package.json';
import { ROOT, builtPackage } from '../helpers/built';

const SAMPLE = path.join(ROOT, 'fixtures/projects/sample');
const WINDOWS = process.platform === 'win32';

let home = '';
let tarball = '';
/** Nothing can be downloaded: an npm that wants to fails. */
const offline = (): NodeJS.ProcessEnv => ({
  ...process.env,
  npm_config_offline: 'true',
  npm_config_cache: path.join(home, 'cache'),
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
});

interface Ran {
  readonly status: number | null;
  /** Standard output; all that was said when it failed. */
  readonly out: string;
}

function run(command: string, argv: readonly string[], cwd = home): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, argv, {
    cwd,
    encoding: 'utf8',
    env: offline(),
    shell: WINDOWS,
  });
  if (status === 0 || status === 1) return { status, out: stdout };
  return { status, out: error === undefined ? stdout + stderr : String(error) };
}

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'nwl-npm-'));
  const packed = run('npm', ['pack', '--pack-destination', home], builtPackage());
  if (packed.status !== 0) throw new Error(packed.out);
  tarball = path.join(home, `nginx-ws-lint-${version}.tgz`);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('package.json', () => {
  // each of them makes npm prepare the package when pre-commit installs it, and that fails (npm 10, 11)
  it.each(['preinstall', 'install', 'postinstall', 'prepublish', 'prepare', 'prepack', 'postpack', 'build'])(
    'has no script %s',
    (name) => {
      expect(Object.keys(manifest.scripts)).not.toContain(name);
    },
  );

  it('needs nothing at run time', () => {
    expect(Object.keys(manifest).filter((key) => /dependencies$/i.test(key) || key === 'workspaces')).toEqual([
      'devDependencies',
    ]);
  });
});

describe('the tarball', () => {
  it('installs globally, and lints', () => {
    const prefix = path.join(home, 'global');
    expect(run('npm', ['install', '--global', '--prefix', prefix, tarball])).toMatchObject({ status: 0 });
    const bin = WINDOWS ? path.join(prefix, 'nginx-ws-lint.cmd') : path.join(prefix, 'bin/nginx-ws-lint');
    expect(run(bin, ['--version'])).toEqual({ status: 0, out: `${version}\n` });
    expect(run(bin, ['--format', 'compact', SAMPLE]).out).toContain(
      'error: location /ws does not forward the Upgrade header',
    );
  }, 60_000);

  it('runs by npx', () => {
    const project = path.join(home, 'npx');
    mkdirSync(project);
    expect(run('npx', ['--yes', '--package', tarball, 'nginx-ws-lint', '--version'], project)).toEqual({
      status: 0,
      out: `${version}\n`,
    });
  }, 60_000);

  it('is a library, for modules and for CommonJS', () => {
    const project = path.join(home, 'library');
    mkdirSync(project);
    writeFileSync(path.join(project, 'package.json'), '{ "private": true }');
    expect(run('npm', ['install', tarball], project)).toMatchObject({ status: 0 });
    const use = (head: string, tail: string): string =>
      `${head}\nconsole.log(typeof lint, typeof fix, typeof trace, typeof core.lint, core.lint({ 'nginx.conf': '' }).summary.errors);${tail}`;
    const esm = use(
      `import { lint, fix, trace } from 'nginx-ws-lint'; import * as core from 'nginx-ws-lint/core';`,
      '',
    );
    const cjs = use(
      `const { lint, fix, trace } = require('nginx-ws-lint'); const core = require('nginx-ws-lint/core');`,
      '',
    );
    writeFileSync(path.join(project, 'use.mjs'), esm);
    writeFileSync(path.join(project, 'use.cjs'), cjs);
    const wanted = { status: 0, out: 'function function function function 0\n' };
    expect(run(process.execPath, ['use.mjs'], project)).toEqual(wanted);
    expect(run(process.execPath, ['use.cjs'], project)).toEqual(wanted);
    const installed = path.join(project, 'node_modules/nginx-ws-lint');
    expect(readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'nginx-ws-lint',
    ]);
    expect(readdirSync(path.join(installed, 'dist'))).not.toContain('action.js');
    expect(readFileSync(path.join(installed, 'THIRD_PARTY_LICENSES'), 'utf8')).toContain('yargs ');
  }, 60_000);
});
