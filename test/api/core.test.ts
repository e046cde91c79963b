import Ajv from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fix, format, lint, rules, trace } from '../../src/core';
import type { FormatName, LintOptions, TreeOptions } from '../../src/core';

const schema = JSON.parse(readFileSync(path.join(__dirname, '../../schema/nginx-ws-lint.schema.json'), 'utf8')) as {
  $id: string;
};
const ajv = new Ajv({ strict: true, allowUnionTypes: true }).addSchema(schema);

const MAIN = 'events { worker_connections 4096; }\nhttp { include conf.d/*.conf; }\n';
const route = (settings: string): string =>
  `server {\n  listen 80;\n  location /ws {\n    proxy_pass http://127.0.0.1:1;\n    ${settings}\n  }\n}\n`;
const tree = (settings = ''): Record<string, string> => ({ 'nginx.conf': MAIN, 'conf.d/a.conf': route(settings) });
const WORKING =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; ' +
  'proxy_set_header Host $host; proxy_read_timeout 1h;';

const errors = (settings: string, options: LintOptions & TreeOptions = {}): readonly string[] =>
  lint(tree(settings), options)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);

describe('lint', () => {
  it('finds what is wrong', () => {
    expect(errors('')).toEqual(['connection-header', 'http-version', 'upgrade-header']);
  });

  it('finds nothing wrong with what works', () => {
    expect(errors(WORKING)).toEqual([]);
  });

  it('answers plain data as the schema has it', () => {
    const validate = ajv.getSchema(`${schema.$id}#/$defs/lint`);
    expect([validate?.(JSON.parse(JSON.stringify(lint(tree())))), validate?.errors]).toEqual([true, null]);
  });

  it('takes a Map as well', () => {
    expect(lint(new Map(Object.entries(tree()))).summary.errors).toBe(3);
  });

  it.each<[string, LintOptions, readonly string[]]>([
    ['nginxVersion', { nginxVersion: '1.30.0' }, ['connection-header', 'upgrade-header']],
    ['only', { only: ['http-version'] }, ['http-version']],
    [
      'rules',
      { rules: { 'http-version': 'off', 'read-timeout': 'error' } },
      ['connection-header', 'read-timeout', 'upgrade-header'],
    ],
    ['notWebsocket', { notWebsocket: ['/ws'] }, []],
  ])('goes by %s', (_, options, expected) => {
    expect(errors('', options)).toEqual(expected);
  });

  it('goes by hops', () => {
    const { findings } = lint(tree(WORKING), { hops: [{ name: 'cdn', idle: '100s' }] });
    expect(findings.some(({ rule, message }) => rule === 'hop-timeout' && message.includes('cdn'))).toBe(true);
  });

  it.each<[string, LintOptions & TreeOptions, string]>([
    ['rule', { only: ['http-versin'] }, 'unknown rule "http-versin"; did you mean http-version?'],
    ['severity', { rules: { 'http-version': 'fatal' as 'error' } }, 'rules: http-version: "fatal" is no severity'],
    ['version', { nginxVersion: '1.2.3' }, 'nginxVersion: "1.2.3" is no version from 1.18.0 on'],
    ['time', { ping: 'soon' }, 'ping: "soon" is no time such as 60, "60s" or "5m"'],
    ['time that passes', { ping: 0 }, 'ping: 0 is no time such as 60, "60s" or "5m"'],
  ])('refuses what is no %s', (_, options, message) => {
    expect(() => lint(tree(), options)).toThrow(new RangeError(message));
  });

  it('keeps secrets, unless they are asked for', () => {
    const files = tree('proxy_set_header Authorization "Basic c2VjcmV0";');
    const sent = (options: LintOptions): string => JSON.stringify(lint(files, options).routes);
    expect([sent({}).includes('c2VjcmV0'), sent({ showSecrets: true }).includes('c2VjcmV0')]).toEqual([false, true]);
  });
});

describe('fix', () => {
  it('answers the new texts, which lint clean and need no other fix', () => {
    const { files, report } = fix(tree());
    expect([report.summary.errors, report.summary.fixed]).toEqual([0, 3]);
    expect(fix({ ...tree(), ...files }).files).toEqual({});
  });

  it('makes unsafe fixes when they are asked for', () => {
    expect(fix(tree(), { unsafe: true }).files['conf.d/a.conf']).toContain('proxy_read_timeout');
  });

  it('answers a patch with names below the root', () => {
    const { patch } = fix({ '/etc/nginx/nginx.conf': `events {}\nhttp {\n${route('')}}\n` });
    expect(patch).toContain('--- a/etc/nginx/nginx.conf\n+++ b/etc/nginx/nginx.conf\n@@ ');
  });
});

describe('trace', () => {
  it('tells what becomes of a URL', () => {
    expect(trace(tree(WORKING), 'ws://example.com/ws')).toMatchObject({
      outcome: 'switches',
      status: null,
      causes: [],
    });
  });

  it('answers as the schema has it', () => {
    const validate = ajv.getSchema(`${schema.$id}#/$defs/traces`);
    const report = { schemaVersion: 1, tool: { name: '', version: '' }, nginxVersion: null };
    const traces = [trace(tree(), 'ws://example.com/ws')];
    expect([validate?.({ ...report, traces }), validate?.errors]).toEqual([true, null]);
  });

  it('refuses what is no such URL', () => {
    expect(() => trace(tree(), 'example.com')).toThrow(RangeError);
  });
});

describe('format', () => {
  const names: readonly FormatName[] = [
    'pretty',
    'compact',
    'json',
    'github',
    'sarif',
    'junit',
    'checkstyle',
    'gitlab',
    'html',
    'markdown',
  ];
  it.each(names)('%s', (name) => {
    expect(format(lint(tree()), name)).toContain('http-version');
  });

  it('colours', () => {
    expect(format(lint(tree()), 'pretty', { color: true })).toContain('\x1b[');
  });

  it('takes no copy of a report', () => {
    expect(() => format({ ...lint(tree()) })).toThrow(TypeError);
  });
});

it('lists the rules', () => {
  expect(rules.map(({ id }) => id)).toContain('http-version');
});
