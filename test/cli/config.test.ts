import Ajv from 'ajv/dist/2020';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../rules';
import { CONFIG_KEYS } from '../../src/cli/config-keys';
import { expectGolden } from '../helpers/golden';
import { configSchema } from './config-schema';
import { GOOD, OLD_HTTP, place, SHORT_TIMEOUT } from './support';
import type { Place } from './support';

const OFF = JSON.stringify({ rules: { 'http-version': 'off' } });

/** What is in force where the configuration says this. */
function inForce(config: unknown, argv: readonly string[] = []): Record<string, unknown> {
  const at = place({ 'nginx.conf': GOOD, '.nginx-ws-lint.json': JSON.stringify(config) });
  const { out, err } = at.run(['--print-config', ...argv, 'nginx.conf']);
  expect(err).toBe('');
  return JSON.parse(out.replaceAll(at.root, '@')) as Record<string, unknown>;
}

function refusal(config: unknown): string {
  const at = place({ 'nginx.conf': GOOD, '.nginx-ws-lint.json': JSON.stringify(config) });
  const { status, err } = at.run(['nginx.conf']);
  expect(status).toBe(2);
  return err.replaceAll(at.root, '@');
}

describe('a configuration file', () => {
  it.each([
    ['.nginx-ws-lint.json', OFF],
    ['.nginx-ws-lint.jsonc', '// ours\n{ "rules": { "http-version": "off", }, }'],
    ['.nginx-ws-lint.yaml', 'rules:\n  http-version: off # ours\n'],
    ['.nginx-ws-lint.yaml', 'rules:\n  http-version: "off"\n'],
    ['package.json', JSON.stringify({ name: 'x', 'nginx-ws-lint': { rules: { 'http-version': 'off' } } })],
  ])('is read from %s', (name, text) => {
    const at = place({ 'nginx.conf': OLD_HTTP, [name]: text });
    expect(at.run(['--only', 'http-version', 'nginx.conf'])).toMatchObject({ status: 0, err: '' });
  });

  it.each([
    ['a severity', { rules: { 'read-timeout': 'error' } }, { rules: { 'read-timeout': 'error' } }],
    [
      'options of a rule',
      { rules: { 'read-timeout': ['error', { least: '5m' }] } },
      { rules: { 'read-timeout': ['error', { least: 300_000 }] } },
    ],
    ['patterns', { websocket: '/a*', notWebsocket: ['/b'] }, { websocket: ['/a*'], notWebsocket: ['/b'] }],
    ['maps', { maps: { '/etc/nginx': 'deploy' } }, { maps: { '/etc/nginx': '@/deploy' } }],
    ['hops', { hops: [{ name: 'CDN', idle: 100 }] }, { hops: [{ name: 'CDN', idle: '100000ms' }] }],
    ['a ping interval', { ping: '1m 30s' }, { ping: '90000ms' }],
    ['an nginx version', { nginxVersion: '1.28.0' }, { nginxVersion: '1.28.0' }],
    ['a threshold', { failOn: 'warning', maxWarnings: 3 }, { failOn: 'warning', maxWarnings: 3 }],
    ['what encloses fragments', { context: 'http,server' }, { context: ['http', 'server'] }],
    ['nothing', {}, { failOn: 'error', rules: {}, prefix: null }],
  ])('sets %s', (_, config, expected) => {
    expect(inForce(config)).toMatchObject(expected);
  });

  it.each([
    ['--fail-on', { failOn: 'info' }, ['--fail-on', 'warning'], { failOn: 'warning' }],
    [
      '--rule',
      { rules: { 'http-version': 'off' } },
      ['--rule', 'http-version=info'],
      { rules: { 'http-version': 'info' } },
    ],
    ['--nginx-version', { nginxVersion: '1.20.0' }, ['--nginx-version', '1.30.1'], { nginxVersion: '1.30.1' }],
    ['--websocket', { websocket: '/a' }, ['--websocket', '/b'], { websocket: ['/b', '/a'] }],
  ])('comes after %s of the command line', (_, config, argv, expected) => {
    expect(inForce(config, argv)).toMatchObject(expected);
  });

  it.each([
    [{ ruels: {} }, 'unknown key "ruels"; did you mean rules?'],
    [{ rules: { 'http-versoin': 'off' } }, 'rules: unknown rule "http-versoin"; did you mean http-version?'],
    [
      { rules: { 'http-version': 'warn' } },
      'rules.http-version: unknown value "warn"; known are off, info, warning, error',
    ],
    [{ rules: { 'http-version': ['off', 1] } }, 'rules.http-version[1]: an object, not 1'],
    [{ rules: { 'http-version': ['off', { a: 1 }] } }, 'rules.http-version[1]: http-version takes no options'],
    [{ rules: { 'read-timeout': ['off', { leas: 1 }] } }, 'unknown key "leas"; did you mean least?'],
    [{ rules: { 'read-timeout': ['off', { least: 'x' }] } }, 'rules.read-timeout[1].least: a time such as 60'],
    [{ failOn: 'errors' }, 'failOn: unknown value "errors"; did you mean error?'],
    [{ maxWarnings: -1 }, 'maxWarnings: a whole number from 0, not -1'],
    [{ all: 'yes' }, 'all: true or false, not "yes"'],
    [{ hops: [{ name: 'CDN', idel: 3 }] }, 'hops[0]: unknown key "idel"; did you mean idle?'],
    [{ hops: { CDN: 3 } }, 'hops: a list of { "name": ..., "idle": ... }'],
    [{ ping: 'soon' }, 'ping: a time such as 60, "60s" or "5m", not "soon"'],
    [{ websocket: [''] }, 'websocket[0]: a text, not an empty one'],
    [{ nginxVersion: '1.2' }, 'nginxVersion: takes X.Y.Z or auto, not "1.2"'],
    [{ context: 'htpp' }, 'context: "htpp" is unknown; did you mean http?'],
    [
      { ignore: [{ files: 'a', rules: ['nope'] }] },
      'ignore[0].rules: unknown rule "nope"; nginx-ws-lint rules lists them',
    ],
    [{ hops: [{ name: 'CDN' }] }, 'hops[0].idle: a time such as 60, "60s" or "5m", not nothing'],
    [[], 'an object, not a list'],
    [{ maps: { '/etc/nginx': '/etc/nginx' } }, 'maps./etc/nginx: "/etc/nginx" lies outside @'],
    [{ allow: ['../x'] }, 'allow: "../x" lies outside @'],
    [{ extends: '../x.json' }, 'extends: "../x.json" lies outside @'],
    [{ extends: '.nginx-ws-lint.json' }, 'extends: .nginx-ws-lint.json leads back to this file'],
    [{ extends: 'gone.json' }, 'cannot read @/gone.json: no such file or directory'],
  ])('%j is refused in one line', (config, message) => {
    const err = refusal(config);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['.nginx-ws-lint.json', '{ "rules": }', '.nginx-ws-lint.json:1:12: not valid JSON: value expected'],
    ['.nginx-ws-lint.yaml', 'rules:\n\t- a', '.nginx-ws-lint.yaml:2:1: not valid YAML'],
  ])('%s with a syntax error: its place, and nothing of its text', (name, text, message) => {
    const { status, err } = place({ 'nginx.conf': GOOD, [name]: text }).run(['nginx.conf']);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });

  it('--no-config leaves it out, --config takes another', () => {
    const at = place({ 'nginx.conf': OLD_HTTP, '.nginx-ws-lint.json': '{ "nope": 1 }', 'other.json': OFF });
    expect(at.run(['--no-config', '--only', 'http-version', 'nginx.conf']).status).toBe(1);
    expect(at.run(['--config', 'other.json', '--only', 'http-version', 'nginx.conf']).status).toBe(0);
    expect(at.run(['--config', 'gone.json', 'nginx.conf']).err).toContain('cannot read');
  });

  it('extends others: later ones over earlier ones, its own over all, rules one by one', () => {
    const at = place({
      'nginx.conf': GOOD,
      'a.json': JSON.stringify({ failOn: 'info', rules: { syntax: 'info', 'http-version': 'info' } }),
      'b.yaml': 'failOn: warning\nrules: { http-version: warning }\n',
      '.nginx-ws-lint.json': JSON.stringify({ extends: ['a.json', 'b.yaml'], rules: { 'read-timeout': 'off' } }),
    });
    expect(JSON.parse(at.run(['--print-config', 'nginx.conf']).out)).toMatchObject({
      files: ['a.json', 'b.yaml', '.nginx-ws-lint.json'],
      failOn: 'warning',
      rules: { syntax: 'info', 'http-version': 'warning', 'read-timeout': 'off' },
    });
  });

  it('names the paths when the command line names none', () => {
    const at = place({ 'deploy/x.conf': OLD_HTTP, '.nginx-ws-lint.json': '{ "paths": "deploy/x.conf" }' });
    expect(at.run(['--only', 'http-version', '--format', 'compact']).out).toContain('deploy/x.conf:');
  });

  it('is one file of a directory', () => {
    const at = place({ 'nginx.conf': GOOD, '.nginx-ws-lint.json': '{}', '.nginx-ws-lint.yaml': '' });
    const { status, err } = at.run(['nginx.conf']);
    expect(err.replaceAll(`${at.root}/`, '')).toBe(
      'nginx-ws-lint: .nginx-ws-lint.json and .nginx-ws-lint.yaml are both there: keep one\n',
    );
    expect(status).toBe(2);
  });

  it('ignores by file and rule', () => {
    const ignore = [{ files: 'old/**', rules: 'http-version', reason: 'goes away' }];
    const at = place({
      'old/a/nginx.conf': OLD_HTTP,
      'nginx.conf': GOOD,
      '.nginx-ws-lint.json': JSON.stringify({ ignore }),
    });
    const { out } = at.run(['--format', 'json', '--only', 'http-version', 'old/a/nginx.conf']);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ ignored: { by: 'config', reason: 'goes away' } }] });
  });

  it('sets thresholds of rules', () => {
    const config = { rules: { 'read-timeout': ['error', { least: '2h' }] } };
    const at = place({ 'nginx.conf': GOOD, '.nginx-ws-lint.json': JSON.stringify(config) });
    expect(at.run(['--only', 'read-timeout', 'nginx.conf']).status).toBe(1);
  });

  it('can ask for reasons: an ignore comment without one ignores nothing', () => {
    const bare = OLD_HTTP.replace('proxy_pass', '# nginx-ws-lint-ignore http-version\nproxy_pass');
    const at = place({ 'nginx.conf': bare, '.nginx-ws-lint.json': '{ "requireIgnoreReason": true }' });
    const { status, out } = at.run(['--only', 'http-version', 'nginx.conf']);
    expect(out).toContain('gives no reason');
    expect(status).toBe(1);
  });
});

describe('where it is looked for', () => {
  const reads = (at: Place, argv: readonly string[], cwd = ''): boolean => {
    return at.run(['--only', 'http-version', ...argv], { cwd }).status === 0;
  };

  it('from the first path upwards to the working directory, the nearest wins', () => {
    const at = place({ 'a/b/nginx.conf': OLD_HTTP, '.nginx-ws-lint.json': OFF });
    expect(reads(at, ['a/b'])).toBe(true);
    at.write('a/.nginx-ws-lint.json', '{}');
    expect(reads(at, ['a/b'])).toBe(false);
  });

  it('not above the working directory', () => {
    const at = place({ 'a/b/nginx.conf': OLD_HTTP, '.nginx-ws-lint.json': OFF });
    expect(reads(at, ['b'], 'a')).toBe(false);
  });

  it('on to the top of the repository that the working directory lies in', () => {
    const at = place({ 'a/b/nginx.conf': OLD_HTTP, '.nginx-ws-lint.json': OFF });
    mkdirSync(path.join(at.root, '.git'));
    expect(reads(at, ['b'], 'a')).toBe(true);
  });

  it('not above a tree that lies elsewhere', () => {
    const at = place({ 'x/a/nginx.conf': OLD_HTTP, 'x/.nginx-ws-lint.json': OFF, 'work/y': '' });
    expect(reads(at, ['../x/a'], 'work')).toBe(false);
    at.write('x/a/.nginx-ws-lint.json', OFF);
    expect(reads(at, ['../x/a'], 'work')).toBe(true);
  });

  it('a link that leads elsewhere is refused, and nothing of its target is said', () => {
    const at = place({ 'work/nginx.conf': OLD_HTTP, secret: 'root:x:0:0' });
    symlinkSync('../secret', path.join(at.root, 'work/.nginx-ws-lint.json'));
    const { status, err } = at.run(['nginx.conf'], { cwd: 'work' });
    expect(err).toContain('is a link that leads outside');
    expect(err).not.toContain('root:x');
    expect(status).toBe(2);
  });

  it("somebody's broken package.json is no concern of ours", () => {
    expect(place({ 'nginx.conf': GOOD, 'package.json': '{ "nginx-ws-lint"' }).run(['nginx.conf']).status).toBe(0);
  });
});

describe('the schema for editors', () => {
  const schema = configSchema(rules);
  const validate = new Ajv({ strict: true, strictTuples: false }).compile(schema);

  it('is what is published', () => {
    const file = path.join(__dirname, '../../schema/config.schema.json');
    expectGolden(file, `${JSON.stringify(schema, null, 2)}\n`);
  });

  it('has the keys that are read', () => {
    expect(Object.keys((schema as { properties: object }).properties).sort()).toEqual([...CONFIG_KEYS].sort());
  });

  it.each([
    [{ rules: { 'http-version': 'off' }, hops: [{ name: 'a', idle: '1m' }], ping: 3 }, true],
    [{ rules: { 'http-version': ['error', {}] }, ignore: [{ files: 'a', rules: '*' }] }, true],
    [{ rules: { nope: 'off' } }, false],
    [{ rules: { 'http-version': 'warn' } }, false],
    [{ nope: 1 }, false],
    [{ hops: [{ name: 'a' }] }, false],
    [{ ping: 'soon' }, false],
    [{ maxWarnings: 0.5 }, false],
  ])('agrees with the reader on %j', (config, valid) => {
    expect(validate(config)).toBe(valid);
    const at = place({ 'nginx.conf': SHORT_TIMEOUT, '.nginx-ws-lint.json': JSON.stringify(config) });
    expect(at.run(['--print-config', 'nginx.conf']).status).toBe(valid ? 0 : 2);
  });
});
