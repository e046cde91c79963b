import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { GOOD, OLD_HTTP, place, SHORT_TIMEOUT } from './support';
import type { Place } from './support';

const ONLY = ['--only', 'http-version,read-timeout'];
const NO_ENTRIES = '{ "schemaVersion": 1, "entries": [] }';
const WITH_PART = 'events {}\nhttp { include conf.d/*.conf; }\n';
const PART = 'server { listen 80; location /ws { proxy_pass http://127.0.0.1:3000; } }\n';
const entriesOf = (text: string): unknown => (JSON.parse(text) as { entries: unknown }).entries;

describe('a baseline', () => {
  it('is written, and then covers what it lists', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    expect(at.run([...ONLY, '--baseline', 'known.json', '--write-baseline', 'nginx.conf']).status).toBe(0);
    expect(entriesOf(at.read('known.json'))).toEqual([
      {
        rule: 'http-version',
        path: 'http > server example.com > location /ws',
        line: 'proxy_pass http://127.0.0.1:3000;',
        file: 'nginx.conf',
        count: 1,
      },
    ]);
    const { status, out } = at.run([...ONLY, '--baseline', 'known.json', '--format', 'json', 'nginx.conf']);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ ignored: { by: 'baseline' } }], summary: { ignored: 1 } });
    expect(status).toBe(0);
  });

  it('knows findings by what they say, not by their lines or files', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run([...ONLY, '--baseline', 'known.json', '--write-baseline', 'nginx.conf']);
    at.write('other/nginx.conf', `# moved\n\n${OLD_HTTP.replace('proxy_pass  ', 'proxy_pass ')}`);
    expect(at.run([...ONLY, '--baseline', 'known.json', 'other/nginx.conf']).status).toBe(0);
  });

  it('covers no more than it counts', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run([...ONLY, '--baseline', 'known.json', '--write-baseline', 'nginx.conf']);
    at.write(
      'nginx.conf',
      OLD_HTTP.replace(
        '        location /ws {',
        '        location /b/ws { proxy_pass http://127.0.0.1:3000; }\n        location /ws {',
      ),
    );
    const { status, out } = at.run([...ONLY, '--baseline', 'known.json', '--format', 'compact', 'nginx.conf']);
    expect(out).toContain('location /b/ws is proxied over HTTP/1.0');
    expect(out).not.toContain('location /ws is proxied');
    expect(status).toBe(1);
  });

  it('tells of entries that match nothing any more, and drops them when asked to', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run([...ONLY, '--baseline', 'known.json', '--write-baseline', 'nginx.conf']);
    at.write('nginx.conf', GOOD);
    expect(at.run([...ONLY, '--baseline', 'known.json', 'nginx.conf']).out).toContain(
      'note: 1 entry of the baseline known.json match nothing any more (--prune-baseline drops them)',
    );
    at.run([...ONLY, '--baseline', 'known.json', '--prune-baseline', 'nginx.conf']);
    expect(entriesOf(at.read('known.json'))).toEqual([]);
  });

  it('keeps what still holds when it is pruned', () => {
    const both = SHORT_TIMEOUT.replace('            proxy_http_version 1.1;\n', '');
    const at = place({ 'nginx.conf': both });
    at.run([...ONLY, '--baseline', 'known.json', '--write-baseline', 'nginx.conf']);
    at.write('nginx.conf', SHORT_TIMEOUT);
    at.run([...ONLY, '--baseline', 'known.json', '--prune-baseline', 'nginx.conf']);
    expect(entriesOf(at.read('known.json'))).toMatchObject([{ rule: 'read-timeout' }]);
  });

  it('without a name lies in .nginx-ws-lint-baseline.json', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run([...ONLY, '--write-baseline', 'nginx.conf']);
    expect(at.read('.nginx-ws-lint-baseline.json')).toContain('"http-version"');
  });

  it('may be named by the configuration file', () => {
    const at = place({ 'nginx.conf': OLD_HTTP, '.nginx-ws-lint.json': '{ "baseline": "ci/known.json" }', 'ci/x': '' });
    at.run([...ONLY, '--write-baseline', 'nginx.conf']);
    expect(at.run([...ONLY, 'nginx.conf']).status).toBe(0);
    expect(at.read('ci/known.json')).toContain('"http-version"');
  });

  it('holds no secret', () => {
    const text = OLD_HTTP.replace(
      'proxy_pass http://127.0.0.1:3000;',
      'proxy_pass http://127.0.0.1:3000/?token=hunter2x;',
    );
    const at = place({ 'nginx.conf': text });
    at.run([...ONLY, '--write-baseline', 'nginx.conf']);
    expect(at.read('.nginx-ws-lint-baseline.json')).not.toContain('hunter2x');
  });

  it.each([
    [[], null, '--baseline .nginx-ws-lint-baseline.json '],
    [['--baseline', 'known.json'], null, '--baseline known.json '],
    [[], '{ "baseline": "known.json" }', ''],
  ])('is written with how to use it: %j, the configuration file saying %j', (argv, config, option) => {
    const at = place({ 'nginx.conf': OLD_HTTP, ...(config === null ? {} : { '.nginx-ws-lint.json': config }) });
    expect(at.run([...argv, '--write-baseline', 'nginx.conf']).out).toContain(
      `\nnext: nginx-ws-lint ${option}nginx.conf  (reports what is new)\n`,
    );
  });

  it('what it covers is not fixed', () => {
    const at = place({ 'nginx.conf': OLD_HTTP });
    at.run([...ONLY, '--write-baseline', 'nginx.conf']);
    at.run([...ONLY, '--fix', '--baseline', '.nginx-ws-lint-baseline.json', 'nginx.conf']);
    expect(at.read('nginx.conf')).toBe(OLD_HTTP);
  });

  it.each([
    ['gone', null, 'cannot read the baseline known.json: no such file or directory'],
    ['no JSON', '{', 'the baseline known.json is not valid JSON'],
    ['something else', '{ "entries": [1] }', 'known.json is no baseline of this tool'],
  ])('is refused when it is %s', (_, text, message) => {
    const at = place({ 'nginx.conf': OLD_HTTP, ...(text === null ? {} : { 'known.json': text }) });
    const { status, err } = at.run(['--baseline', 'known.json', 'nginx.conf']);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });

  it.each([
    [['--write-baseline', '--fix']],
    [['--write-baseline', '--diff']],
    [['--write-baseline', '--prune-baseline']],
    [['--prune-baseline', '--diff']],
  ])('%j contradict each other', (argv) => {
    const at = place({ 'nginx.conf': GOOD, '.nginx-ws-lint-baseline.json': NO_ENTRIES });
    expect(at.run([...argv, 'nginx.conf'])).toMatchObject({ status: 2, out: '' });
    expect(at.read('.nginx-ws-lint-baseline.json')).toBe(NO_ENTRIES);
  });
});

describe('a baseline stays as it is', () => {
  const KNOWN = ['--baseline', 'known.json'];
  const two = (): Place => {
    const at = place({ 'a/nginx.conf': OLD_HTTP, 'b/nginx.conf': OLD_HTTP });
    at.run([...ONLY, ...KNOWN, '--write-baseline', 'a', 'b']);
    return at;
  };

  it.each(['--write-baseline', '--prune-baseline'])('with %s, when something cannot be read', (option) => {
    const at = two();
    const before = at.read('known.json');
    const { status, err } = at.run([...ONLY, ...KNOWN, option, 'a', 'bb']);
    expect(err).toContain('nginx-ws-lint: the baseline known.json stays as it was: not everything could be read\n');
    expect({ status, after: at.read('known.json') }).toEqual({ status: 2, after: before });
  });

  it('for rules that were not run', () => {
    const at = two();
    const before = at.read('known.json');
    at.run(['--only', 'read-timeout', ...KNOWN, '--prune-baseline', 'a', 'b']);
    at.run(['--rule', 'http-version=off', ...KNOWN, '--prune-baseline', 'a', 'b']);
    expect(at.read('known.json')).toBe(before);
  });

  it('for files that were not given, though they say the same', () => {
    const at = two();
    at.write('a/nginx.conf', GOOD);
    at.run([...ONLY, ...KNOWN, '--prune-baseline', 'a']);
    expect(entriesOf(at.read('known.json'))).toMatchObject([{ file: 'b/nginx.conf', count: 1 }]);
  });

  it('and of what was not looked for nothing is said', () => {
    expect(two().run(['--only', 'read-timeout', ...KNOWN, 'a']).out).not.toContain('match nothing any more');
  });

  it('but for what lay in a file of the tree that is gone', () => {
    const at = place({ 'nginx.conf': WITH_PART, 'conf.d/a.conf': PART });
    at.run([...ONLY, ...KNOWN, '--write-baseline', 'nginx.conf']);
    rmSync(path.join(at.root, 'conf.d/a.conf'));
    at.run([...ONLY, ...KNOWN, '--prune-baseline', 'nginx.conf']);
    expect(entriesOf(at.read('known.json'))).toEqual([]);
  });

  it('where a finding moved to another file', () => {
    const at = place({ 'nginx.conf': WITH_PART, 'conf.d/a.conf': PART });
    at.run([...ONLY, ...KNOWN, '--write-baseline', 'nginx.conf']);
    const before = at.read('known.json');
    renameSync(path.join(at.root, 'conf.d/a.conf'), path.join(at.root, 'conf.d/b.conf'));
    at.run([...ONLY, ...KNOWN, '--prune-baseline', 'nginx.conf']);
    expect(at.read('known.json')).toBe(before);
  });
});
