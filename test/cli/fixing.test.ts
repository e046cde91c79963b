import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { GOOD, OLD_HTTP, place, SHORT_TIMEOUT } from './support';

const FIXED = '+            proxy_http_version 1.1;';

describe('--fix', () => {
  it('writes, and the status judges the tree as it is afterwards', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    const { status, out } = at.run(['--fix', 'nginx.conf']);
    expect(at.read('nginx.conf')).toContain('proxy_http_version 1.1;');
    expect(out).toContain('fixed nginx.conf');
    expect(status).toBe(0);
  });

  it('leaves a failing finding that it cannot fix, and says 1', () => {
    const text = OLD_HTTP.replace('http://127.0.0.1:3000', 'http://127.0.0.1:3000;\n return 200');
    const at = place({ 'nginx.conf': text });
    expect(at.run(['--fix', 'nginx.conf']).status).toBe(1);
  });

  it('a second time changes nothing', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run(['--fix', 'nginx.conf']);
    const { mtimeMs } = statSync(path.join(at.root, 'nginx.conf'));
    const { out } = at.run(['--fix', 'nginx.conf']);
    expect(statSync(path.join(at.root, 'nginx.conf')).mtimeMs).toBe(mtimeMs);
    expect(out).not.toContain('fixed');
  });

  it('leaves no other file behind', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run(['--fix', 'nginx.conf']);
    expect(readdirSync(at.root)).toEqual(['nginx.conf']);
  });

  it('makes safe fixes only, and says how many more --unsafe-fixes would make', () => {
    const at = place({ 'nginx.conf': SHORT_TIMEOUT });
    const { out } = at.run(['--fix', '--only', 'read-timeout', 'nginx.conf']);
    expect(at.read('nginx.conf')).toBe(SHORT_TIMEOUT);
    expect(out).toContain('1 fixable with --fix --unsafe-fixes');
  });

  it('makes unsafe ones with --unsafe-fixes', () => {
    const at = place({ 'nginx.conf': SHORT_TIMEOUT });
    at.run(['--fix', '--unsafe-fixes', 'nginx.conf']);
    expect(at.read('nginx.conf')).toContain('proxy_read_timeout 3600s');
  });

  it('without a path works on ./nginx.conf', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    expect(at.run(['--fix']).status).toBe(0);
    expect(at.read('nginx.conf')).toContain('proxy_http_version 1.1;');
  });

  it('without a path and without ./nginx.conf touches nothing: 2', () => {
    const { status, err } = place().run(['--fix']);
    expect(status).toBe(2);
    expect(err).toContain('none of these is here: nginx.conf');
  });

  it('is refused for standard input', () => {
    const { status, err } = place().run(['--fix', '-'], { stdin: OLD_HTTP });
    expect(status).toBe(2);
    expect(err).toBe('nginx-ws-lint: --fix cannot write standard input; use --diff\n');
  });

  it('says what comes next', () => {
    const { out } = place({ 'nginx.conf': OLD_HTTP }).run(['--fix', '--patch', 'undo.patch', 'nginx.conf']);
    expect(out).toContain('nginx -t && systemctl reload nginx');
    expect(out).toContain('git apply -R undo.patch');
  });

  it('writes nothing and says so when a file may not be written', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    const before = at.read('nginx.conf');
    const { status, err } = at.run(['--fix', '--patch', 'no/such/place.patch', 'nginx.conf']);
    expect(err).toContain('cannot write no/such/place.patch');
    expect(at.read('nginx.conf')).toBe(before);
    expect(status).toBe(2);
  });
});

describe('--diff', () => {
  it('prints the patch alone on standard output, and writes nothing', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    const { out } = at.run(['--diff', 'nginx.conf']);
    expect(out.startsWith('--- a/nginx.conf\n+++ b/nginx.conf\n@@')).toBe(true);
    expect(out).toContain(FIXED);
    expect(at.read('nginx.conf')).toBe(OLD_HTTP);
  });

  it('writes nothing beside --fix, too', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    expect(at.run(['--diff', '--fix', 'nginx.conf']).out).toContain(FIXED);
    expect(at.read('nginx.conf')).toBe(OLD_HTTP);
  });

  it('reports on standard error, with the proof of each fix and the command that applies the patch', () => {
    const { err } = place({ 'nginx.conf': OLD_HTTP }).run(['--diff', 'nginx.conf']);
    expect(err).toContain('/ws: handshake now switches; plain requests unchanged');
    expect(err).toContain('git apply');
  });

  it('is 1 when the patch is not empty, 0 when nothing is left', () => {
    const at = place({ 'bad.conf': OLD_HTTP, 'good.conf': GOOD });
    expect(at.run(['--diff', 'bad.conf']).status).toBe(1);
    expect(at.run(['--diff', 'good.conf'])).toMatchObject({ status: 0, out: '' });
  });

  it('is 1 when a failing finding remains that it cannot fix', () => {
    const text = GOOD.replace('http://127.0.0.1:3000', 'http://127.0.0.1:3000;\n return 200');
    expect(place({ 'nginx.conf': text }).run(['--diff', 'nginx.conf'])).toMatchObject({ status: 1, out: '' });
  });

  it('refuses another format on standard output', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    expect(at.run(['--diff', '--format', 'json', 'nginx.conf']).status).toBe(2);
    expect(at.run(['--diff', '--only', 'http-version', '--format', 'json:out.json', 'nginx.conf']).status).toBe(1);
    expect(JSON.parse(at.read('out.json'))).toMatchObject({ fixes: [{ rule: 'http-version', state: 'available' }] });
  });

  it('works on standard input', () => {
    const { out, status } = place().run(['--diff', '--stdin-filename', 'nginx.conf', '-'], { stdin: OLD_HTTP });
    expect(out).toContain('--- a/nginx.conf');
    expect(status).toBe(1);
  });

  it('names files from the directory that is deepest in common when not all are below the working directory', () => {
    const at = place({ 'a/nginx.conf': OLD_HTTP, 'b/x': '' });
    const { out, err } = at.run(['--diff', path.join(at.root, 'a/nginx.conf')], { cwd: 'b' });
    expect(out).toContain('--- a/nginx.conf');
    expect(err).toContain(`git -C ${at.root}/a apply`);
  });
});

describe('--patch', () => {
  it('alone writes only the patch; the status judges the tree as it is', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    const { status, out } = at.run(['--patch', 'ws.patch', 'nginx.conf']);
    expect(at.read('ws.patch')).toContain(FIXED);
    expect(at.read('nginx.conf')).toBe(OLD_HTTP);
    expect(out).toContain('error[http-version]');
    expect(status).toBe(1);
  });

  it('with --fix holds what was done: git apply -R undoes it', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run(['--fix', '--patch', 'ws.patch', 'nginx.conf']);
    const undone = spawnSync('git', ['apply', '-R', 'ws.patch'], { cwd: at.root });
    expect(undone.status).toBe(0);
    expect(at.read('nginx.conf')).toBe(OLD_HTTP);
  });

  it('with --fix beside the tree, too, as the report says', () => {
    const at = place({ 'tree/nginx.conf': OLD_HTTP, 'work/x': '' });
    const { out } = at.run(['--fix', '--patch', 'ws.patch', '../tree'], { cwd: 'work' });
    const undo = /^next: (.*)  \(undoes it\)$/m.exec(out)?.[1] ?? 'false';
    expect(spawnSync('sh', ['-c', undo], { cwd: path.join(at.root, 'work') }).status).toBe(0);
    expect(at.read('tree/nginx.conf')).toBe(OLD_HTTP);
  });

  it('with --diff holds what is printed', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    const { out } = at.run(['--diff', '--patch', 'ws.patch', 'nginx.conf']);
    expect(at.read('ws.patch')).toBe(out);
  });
});

it('a file that two roots read is fixed once', () => {
  const main = GOOD.replace('            proxy_http_version 1.1;\n', 'include ../shared.conf;\n');
  const at = place({
    'one/nginx.conf': main,
    'two/nginx.conf': main,
    'shared.conf': 'proxy_http_version 1.0;\n',
  });
  const { status } = at.run(['--fix', '.']);
  expect(at.read('shared.conf')).toBe('proxy_http_version 1.1;\n');
  expect(status).toBe(0);
});
