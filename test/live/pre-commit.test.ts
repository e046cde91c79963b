import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, builtPackage } from '../helpers/built';

const SAMPLE = join(ROOT, 'fixtures/projects/sample');
const isHere = spawnSync('pre-commit', ['--version']).status === 0 && existsSync(join(ROOT, '.git'));

function describePreCommit(name: string, suite: () => void): void {
  if (isHere || process.env['REQUIRE_PRE_COMMIT'] === '1') {
    describe(name, suite);
    return;
  }
  process.stderr.write(`skipped: ${name} (no pre-commit on this machine, or no git clone)\n`);
  describe.skip(name, () => test('needs pre-commit', () => undefined));
}

/** npm installs the hook's repository with what it is developed with: most of the time goes there. */
const LIMIT_MS = 300_000;

describePreCommit('pre-commit try-repo', () => {
  const home = mkdtempSync(join(tmpdir(), 'nwl-pre-commit-'));
  const hook = join(home, 'hook');
  const user = join(home, 'user');
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  function run(
    cwd: string,
    command: string,
    ...argv: string[]
  ): { readonly status: number | null; readonly out: string } {
    const { status, stdout, stderr } = spawnSync(command, argv, {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        PRE_COMMIT_HOME: join(home, 'store'),
        PRE_COMMIT_COLOR: 'never',
        npm_config_prefer_offline: 'true',
        npm_config_audit: 'false',
        npm_config_fund: 'false',
      },
      timeout: LIMIT_MS,
    });
    return { status, out: stdout + stderr };
  }
  const git = (cwd: string, ...argv: string[]): void => {
    const { status, out } = run(cwd, 'git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...argv);
    if (status !== 0) throw new Error(`git ${argv[0]}: ${out}`);
  };

  beforeAll(() => {
    git(home, 'clone', '-q', '--depth=1', `file://${ROOT}`, hook);
    cpSync(builtPackage(), hook, { recursive: true }); // the sources as they are now
    git(hook, 'add', '-A');
    git(hook, 'commit', '-q', '--allow-empty', '-m', 'as it is now');
    mkdirSync(user);
    git(user, 'init', '-q');
    cpSync(SAMPLE, join(user, 'deploy/nginx'), { recursive: true });
    git(user, 'add', 'deploy/nginx/nginx.conf');
    git(user, 'commit', '-q', '-m', 'a main file');
    git(user, 'add', '-A'); // the other is staged
  });

  test(
    'fails on a staged configuration with its findings, repairs it, and then finds nothing to fail on',
    () => {
      const before = readFileSync(join(user, 'deploy/nginx/nginx.conf'), 'utf8');
      const { status, out } = run(user, 'pre-commit', 'try-repo', hook);
      const [lint = '', fix = '', tree = ''] = out.split(/^(?=nginx-ws-lint.*\.{3})/m).slice(1);
      expect(lint).toMatch(/^nginx-ws-lint\.+Failed\n- hook id: nginx-ws-lint\n- exit code: 1\n/);
      expect(lint).toContain(
        'error[upgrade-header]: location /ws does not forward the Upgrade header\n  --> deploy/nginx/conf.d/chat.conf:14:9',
      );
      expect(fix).toMatch(
        /^nginx-ws-lint --fix\.+Failed\n- hook id: nginx-ws-lint-fix\n- files were modified by this hook\n/,
      );
      expect(tree).toMatch(/^nginx-ws-lint \(whole tree\)\.+Passed\n/);
      expect(status).toBe(1);
      expect(readFileSync(join(user, 'deploy/nginx/conf.d/chat.conf'), 'utf8')).toContain(
        'proxy_set_header Upgrade $http_upgrade;',
      );
      expect(readFileSync(join(user, 'deploy/nginx/nginx.conf'), 'utf8')).toBe(before);
    },
    LIMIT_MS,
  );
});
