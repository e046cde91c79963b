import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { GOOD, OLD_HTTP } from '../cli/support';
import { plant } from '../fs/support';
import { builtPackage } from '../helpers/built';

let cli = '';
beforeAll(() => {
  cli = path.join(builtPackage(), 'dist/cli.js');
}, 60_000);

const LIMIT_MS = 30_000;

interface Ran {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(root: string, argv: readonly string[], env: NodeJS.ProcessEnv = process.env, uid?: number): Ran {
  const options = {
    cwd: root,
    encoding: 'utf8' as const,
    env,
    timeout: LIMIT_MS,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  };
  return spawnSync(process.execPath, [cli, ...argv], options);
}

const MAIN = GOOD.replace('http {', 'http {\n    include conf.d/*.conf;');
const asRoot = process.getuid?.() === 0 ? test : test.skip;
const onUnix = process.platform === 'win32' ? test.skip : test;
const NOBODY = 65534;

/** The package must be readable by another user, as an installed one is. */
function runAsNobody(root: string, argv: readonly string[]): Ran {
  const copy = plant({});
  spawnSync('cp', ['-r', path.dirname(cli), copy]);
  chmodSync(copy, 0o755);
  const file = path.join(copy, path.basename(path.dirname(cli)), 'cli.js');
  return spawnSync(process.execPath, [file, ...argv], { cwd: root, encoding: 'utf8', uid: NOBODY, gid: NOBODY });
}

describe('what a process meets', () => {
  onUnix('a working directory that is gone: one line, where it matters', () => {
    const inGone = (...argv: string[]): Ran => {
      const { status, signal, stdout, stderr } = spawnSync(
        'sh',
        ['-c', 'cd "$1" && rmdir "$1" && shift && exec "$@"', 'sh', plant({}), process.execPath, cli, ...argv],
        { encoding: 'utf8' },
      );
      return { status, signal, stdout, stderr };
    };
    const line = 'nginx-ws-lint: the working directory cannot be told (no such file or directory): was it deleted?\n';
    expect(inGone('nginx.conf')).toMatchObject({ status: 2, stdout: '', stderr: line });
    for (const argv of [['--help'], ['--version'], ['rules'], ['explain', 'http-version']]) {
      expect(inGone(...argv)).toMatchObject({ status: 0, stderr: '' });
    }
  });

  asRoot('as another user: an unreadable file among readable ones is one line, the rest is linted', () => {
    const root = plant({
      'nginx.conf': MAIN,
      'conf.d/a.conf': { text: 'gzip on;', mode: 0 },
      'conf.d/b.conf': OLD_HTTP.slice(OLD_HTTP.indexOf('    server'), -2),
    });
    chmodSync(root, 0o755);
    const { status, stdout, stderr } = runAsNobody(root, ['.']);
    expect([status, stderr]).toEqual([2, 'nginx-ws-lint: conf.d/a.conf: permission denied\n']);
    expect(stdout).toContain('conf.d/b.conf');
  });

  asRoot('as another user: a directory that an include looks into and that cannot be listed is one line', () => {
    const root = plant({ 'nginx.conf': MAIN, 'conf.d/b.conf': '' });
    chmodSync(root, 0o755);
    chmodSync(path.join(root, 'conf.d'), 0o700);
    const { status, stderr } = runAsNobody(root, ['.']);
    expect([status, stderr]).toEqual([2, 'nginx-ws-lint: conf.d: permission denied\n']);
  });

  asRoot('as another user: a directory that was given and cannot be listed is not called empty', () => {
    const root = plant({ 'etc/nginx.conf': MAIN });
    chmodSync(root, 0o755);
    chmodSync(path.join(root, 'etc'), 0);
    const { status, stderr } = runAsNobody(root, ['etc']);
    expect([status, stderr]).toEqual([2, 'nginx-ws-lint: etc: permission denied\n']);
  });

  asRoot('as another user: a file in a directory that may not be entered is not called missing', () => {
    const root = plant({ 'nginx.conf': MAIN.replace('*.conf', 'b.conf'), 'conf.d/b.conf': '' });
    chmodSync(root, 0o755);
    chmodSync(path.join(root, 'conf.d'), 0o700);
    const { status, stderr } = runAsNobody(root, ['.']);
    expect([status, stderr]).toEqual([2, 'nginx-ws-lint: conf.d/b.conf: permission denied\n']);
  });

  asRoot('as another user: a tree that may not be written stays as it is, and says why', () => {
    const root = plant({ 'nginx.conf': OLD_HTTP });
    chmodSync(root, 0o755);
    const { status, stderr } = runAsNobody(root, ['--fix', '.']);
    expect([status, stderr]).toEqual([
      2,
      'nginx-ws-lint: nginx.conf: permission denied\nnginx-ws-lint: nothing was written\n',
    ]);
    expect(readFileSync(path.join(root, 'nginx.conf'), 'utf8')).toBe(OLD_HTTP);
  });

  test('no HOME, no environment at all', () => {
    const root = plant({ 'nginx.conf': GOOD });
    expect(run(root, ['nginx.conf'], {})).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(['tr_TR.UTF-8', 'C', 'POSIX', 'ja_JP.SJIS'])('the locale %s changes nothing', (LC_ALL) => {
    const root = plant({
      'nginx.conf': OLD_HTTP.replace('proxy_set_header Upgrade', 'PROXY_SET_HEADER Upgrade'),
      'ıİ.conf': 'gzip on;',
    });
    const plain = run(root, ['.', '--format', 'json']);
    const { status, stdout } = run(root, ['.', '--format', 'json'], { ...process.env, LC_ALL, LANG: LC_ALL });
    expect([status, stdout]).toEqual([plain.status, plain.stdout]);
  });

  onUnix('a reader that goes away: no error, the status of the findings', () => {
    const root = plant({ 'nginx.conf': OLD_HTTP });
    const script = `"$0" "$1" . --format json 2>err | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = spawnSync('bash', ['-c', script, process.execPath, cli], { cwd: root, encoding: 'utf8' });
    expect([stdout.trim(), readFileSync(path.join(root, 'err'), 'utf8')]).toEqual(['1', '']);
  });

  onUnix('a closed standard output is no crash', () => {
    const root = plant({ 'nginx.conf': OLD_HTTP });
    const { stdout, stderr } = spawnSync('bash', ['-c', '"$0" "$1" . >&-; echo $?', process.execPath, cli], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stderr).not.toContain('at ');
    expect(['1', '2']).toContain(stdout.trim());
  });

  (process.platform === 'linux' ? test : test.skip)('a full disk where the report goes is one line', () => {
    const root = plant({ 'nginx.conf': OLD_HTTP });
    const { stdout, stderr } = spawnSync('bash', ['-c', '"$0" "$1" . >/dev/full; echo $? >&2', process.execPath, cli], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual(['', 'nginx-ws-lint: cannot write standard output: no space left on device\n2\n']);
    expect(run(root, ['.', '--output', '/dev/full']).stderr).toBe(
      'nginx-ws-lint: cannot write /dev/full: no space left on device\n',
    );
  });
});

/** Files with a fault each, so that fixing takes a while. */
function plantMany(count: number): string {
  const server = (n: number): string =>
    `server { listen 80; server_name s${n}.example; location /ws { proxy_pass http://127.0.0.1:1; } }\n`;
  const files: Record<string, string> = { 'nginx.conf': 'events {}\nhttp {\n    include conf.d/*.conf;\n}\n' };
  for (let n = 0; n < count; n++) files[`conf.d/${n}.conf`] = server(n);
  return plant(files);
}

function textsOf(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.conf'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
}

function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
}

onUnix.each(['SIGINT', 'SIGTERM'] as const)(
  '%s at any time leaves each file old or new, and nothing beside it',
  async (signal) => {
    const fixed = plantMany(30);
    const old = textsOf(fixed);
    const started = performance.now();
    run(fixed, ['--fix', '.']);
    const whole = performance.now() - started;
    const now = textsOf(fixed);
    for (let part = 1; part <= 6; part++) {
      const root = plantMany(30);
      const child = spawn(process.execPath, [cli, '--fix', '.'], { cwd: root, stdio: 'ignore' });
      setTimeout(() => child.kill(signal), (whole * part) / 6);
      const { code, signal: by } = await ended(child);
      expect([0, 1, 130, 143, null]).toContain(code);
      if (code === null) expect(by).toBe(signal);
      const texts = textsOf(root);
      const states = Object.keys(old).map((name) =>
        texts[name] === old[name] ? 'old' : texts[name] === now[name] ? 'new' : 'lost',
      );
      expect(states).not.toContain('lost');
      if (code !== null)
        expect(
          new Set(
            states.filter((_, index) => old[Object.keys(old)[index] ?? ''] !== now[Object.keys(old)[index] ?? '']),
          ).size,
        ).toBe(1);
      expect(readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))).toEqual(
        [],
      );
    }
  },
  60_000,
);

test('files that change and vanish while it runs: each run ends with a status', async () => {
  const root = plantMany(40);
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, [cli, '.', '--quiet'], { cwd: root, stdio: 'ignore' }),
  );
  const codes = Promise.all(children.map(ended));
  for (let n = 0; n < 40; n++) {
    rmSync(path.join(root, `conf.d/${n}.conf`), { force: true });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const { code } of await codes) expect([0, 1, 2]).toContain(code);
}, 60_000);
