import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { plant } from '../fs/support';
import { builtPackage } from '../helpers/built';
import { OLD_HTTP, GOOD } from './support';

const onUnix = process.platform === 'win32' ? describe.skip : describe;
const MODE = 0o777;

interface Ran {
  readonly said: string;
  readonly cache: readonly string[];
}

/** Lints a small file in a home directory; what the cache then holds. */
function lintAt(home: string, env: Readonly<Record<string, string>> = {}, args = ['nginx.conf'], text = GOOD): Ran {
  const cli = path.join(builtPackage(), 'dist/cli.js');
  const root = plant({ 'nginx.conf': text });
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, ...env },
  });
  const directory = path.join(home, '.cache/nginx-ws-lint');
  return { said: `${status} ${stdout}${stderr}`, cache: existsSync(directory) ? readdirSync(directory) : [] };
}

function cachedFile(home: string): string {
  const directory = path.join(home, '.cache/nginx-ws-lint');
  return path.join(directory, readdirSync(directory)[0] ?? '');
}

onUnix('compiled code', () => {
  it('is kept in the cache directory of the user, who alone may read it', () => {
    const home = plant({});
    expect(lintAt(home).cache).toEqual([expect.stringMatching(/^[0-9a-f]{16}-\w+-v\d+\.\d+\.\d+-\w+\.bin$/)]);
    expect(statSync(cachedFile(home)).mode & MODE).toBe(0o600);
    expect(statSync(path.dirname(cachedFile(home))).mode & MODE).toBe(0o700);
  });

  it('is used the next time: the same report, and nothing is written', () => {
    const home = plant({});
    const first = lintAt(home);
    const { mtimeMs } = statSync(cachedFile(home));
    expect(lintAt(home)).toEqual(first);
    expect(statSync(cachedFile(home)).mtimeMs).toBe(mtimeMs);
  });

  it('is kept anew by the first lint that finds something, which runs more of it', () => {
    const home = plant({});
    lintAt(home);
    const small = statSync(cachedFile(home)).size;
    lintAt(home, {}, ['nginx.conf'], OLD_HTTP);
    const { size, mtimeMs } = statSync(cachedFile(home));
    for (const text of [OLD_HTTP, GOOD]) lintAt(home, {}, ['nginx.conf'], text);
    expect([size > small, statSync(cachedFile(home)).mtimeMs]).toEqual([true, mtimeMs]);
  });

  it.each([['--version'], ['--help'], ['--print-config'], ['missing.conf']])(
    'is not kept after %s, which lints nothing',
    (argument) => {
      expect(lintAt(plant({}), {}, [argument]).cache).toEqual([]);
    },
  );

  it('that somebody else may have written is not run, nor is anything written there', () => {
    const home = plant({});
    const first = lintAt(home);
    writeFileSync(cachedFile(home), 'not ours');
    chmodSync(path.dirname(cachedFile(home)), 0o777);
    expect(lintAt(home).said).toBe(first.said);
    expect(readFileSync(cachedFile(home), 'utf8')).toBe('not ours');
  });

  it('that is damaged is made anew', () => {
    const home = plant({});
    const first = lintAt(home);
    const whole = readFileSync(cachedFile(home));
    writeFileSync(cachedFile(home), whole.subarray(0, whole.length / 2));
    expect(lintAt(home)).toEqual(first);
    expect(readFileSync(cachedFile(home)).length).toBeGreaterThan(whole.length / 2);
  });

  it('of which a byte has changed is made anew', () => {
    const home = plant({});
    const first = lintAt(home);
    const whole = readFileSync(cachedFile(home));
    const damaged = Buffer.from(whole);
    for (let at = 1000; at < whole.length / 2; at += 1000) damaged[at] = ~(damaged[at] ?? 0) & 0xff;
    writeFileSync(cachedFile(home), damaged);
    expect(lintAt(home)).toEqual(first);
    expect(readFileSync(cachedFile(home)).equals(damaged)).toBe(false);
  });

  it.each([
    ['it is not wanted', { NGINX_WS_LINT_CACHE: 'off' }],
    ['there is no home', { HOME: '/nonexistent/home' }],
    ['the home is no path', { HOME: '' }],
  ])('is not kept where %s', (_, env) => {
    const home = plant({});
    const { said, cache } = lintAt(home, env);
    expect([said, cache]).toEqual([lintAt(plant({})).said, []]);
    expect(existsSync('/nonexistent')).toBe(false);
  });

  it('goes where XDG_CACHE_HOME says', () => {
    const home = plant({});
    const cache = path.join(home, 'elsewhere');
    mkdirSync(cache);
    expect([lintAt(home, { XDG_CACHE_HOME: cache }).cache, readdirSync(cache)]).toEqual([[], ['nginx-ws-lint']]);
  });
});
