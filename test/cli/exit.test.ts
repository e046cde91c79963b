import { GOOD, OLD_HTTP, place, SHORT_TIMEOUT, STATIC } from './support';

const INFO = ['--rule', 'http-version=info'];

describe('the exit status', () => {
  it.each([
    ['0 when nothing is wrong', GOOD, [], 0],
    ['1 when an error remains', OLD_HTTP, [], 1],
    ['0 when only warnings remain', SHORT_TIMEOUT, [], 0],
    ['1 for a warning with --fail-on warning', SHORT_TIMEOUT, ['--fail-on', 'warning'], 1],
    ['0 for an info with --fail-on warning', OLD_HTTP, [...INFO, '--only', 'http-version', '--fail-on', 'warning'], 0],
    ['1 for an info with --fail-on info', OLD_HTTP, [...INFO, '--only', 'http-version', '--fail-on', 'info'], 1],
    ['1 when warnings exceed --max-warnings', SHORT_TIMEOUT, ['--max-warnings', '0'], 1],
    ['0 when they do not', SHORT_TIMEOUT, ['--max-warnings=1'], 0],
    ['that of the hidden findings with --quiet', SHORT_TIMEOUT, ['--quiet', '--fail-on', 'warning'], 1],
    ['0 instead of 1 with --exit-zero', OLD_HTTP, ['--exit-zero'], 0],
    ['0 for --max-warnings with --exit-zero', SHORT_TIMEOUT, ['--max-warnings', '0', '--exit-zero'], 0],
    ['0 when no route proxies', STATIC, [], 0],
    ['0 when the rule is off', OLD_HTTP, ['--rule', 'http-version=off'], 0],
  ])('is %s', (_, text, options, status) => {
    expect(place({ 'nginx.conf': text }).run([...options, 'nginx.conf']).status).toBe(status);
  });

  it('counts a lowered finding by its lowered severity', () => {
    const at = place({ 'conf.d/a.conf': 'server { listen 80; location /ws { proxy_pass http://127.0.0.1:1; } }\n' });
    const { status, out } = at.run(['--only', 'http-version', 'conf.d/a.conf']);
    expect(out).toContain('warning[http-version]');
    expect(status).toBe(0);
  });

  it('does not count an ignored finding', () => {
    const text = OLD_HTTP.replace('proxy_pass', '# nginx-ws-lint-ignore http-version -- old backend\n proxy_pass');
    expect(place({ 'nginx.conf': text }).run(['--only', 'http-version', 'nginx.conf']).status).toBe(0);
  });

  it.each([
    ['an unknown option', ['--fromat', 'json'], 'unknown option --fromat; did you mean --format?'],
    ['an unknown rule', ['--only', 'http-versoin'], '--only: "http-versoin" is unknown; did you mean http-version?'],
    ['a bad severity', ['--fail-on', 'warn'], 'did you mean warning?'],
    ['a missing value', ['--fail-on'], '--fail-on needs a value'],
    ['a value for a flag', ['--fix=yes'], '--fix takes no value'],
    ['an unreadable path', ['no-such-place'], 'no-such-place: no such file or directory'],
    ['an unknown format', ['--format', 'jsno'], 'did you mean json?'],
    ['a version that is none', ['--nginx-version', '1.2'], '--nginx-version takes X.Y.Z or auto'],
    ['a version before 1.18.0', ['--nginx-version', '1.4.0'], 'too old'],
    ['a number that is none', ['--max-warnings', 'few'], '--max-warnings takes a whole number'],
    ['an option of another command', ['--hold', '3'], '--hold is not an option of lint'],
    ['--exit-zero beside wrong usage', ['--exit-zero', '--nope'], 'unknown option --nope'],
    ['--exit-zero beside unreadable input', ['--exit-zero', 'nowhere'], 'nowhere'],
  ])('is 2 for %s, said in one line', (_, argv, message) => {
    const { status, err } = place({ 'nginx.conf': GOOD }).run(argv);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is 2 when one of several paths cannot be read, and lints the rest', () => {
    const { status, out } = place({ 'nginx.conf': OLD_HTTP }).run(['nginx.conf', 'gone.conf']);
    expect(out).toContain('error[http-version]');
    expect(status).toBe(2);
  });

  it('is 1 for trace when an outcome is fails, else 0', () => {
    const at = place({ 'good.conf': GOOD, 'bad.conf': OLD_HTTP });
    expect(at.run(['trace', 'ws://example.com/ws', 'good.conf']).status).toBe(0);
    expect(at.run(['trace', 'ws://example.com/ws', 'bad.conf']).status).toBe(1);
  });

  it('is 0 for routes, rules and explain, whatever they find', () => {
    const at = place({ 'bad.conf': OLD_HTTP });
    expect(at.run(['routes', 'bad.conf']).status).toBe(0);
    expect(at.run(['rules']).status).toBe(0);
    expect(at.run(['explain', 'http-version']).status).toBe(0);
  });

  it('is 1 for ast on a syntax error, else 0', () => {
    const at = place({ 'good.conf': GOOD, 'bad.conf': 'events {\n' });
    expect(at.run(['ast', 'good.conf']).status).toBe(0);
    expect(at.run(['ast', 'bad.conf']).status).toBe(1);
  });
});
