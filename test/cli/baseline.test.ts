import { GOOD, OLD_HTTP, place, SHORT_TIMEOUT } from './support';

const ONLY = ['--only', 'http-version,read-timeout'];
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

  it.each([[['--write-baseline', '--fix']], [['--write-baseline', '--prune-baseline']]])(
    '%j contradict each other',
    (argv) => {
      expect(place({ 'nginx.conf': GOOD }).run([...argv, 'nginx.conf']).status).toBe(2);
    },
  );
});
