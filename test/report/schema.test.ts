import Ajv from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { configuration, GOOD, OLD_HTTP, place, SHORT_TIMEOUT, STATIC } from '../cli/support';

const file = path.join(__dirname, '../../schema/nginx-ws-lint.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as { $id: string };
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addSchema(schema);

function faultsOf(part: string, text: string): unknown {
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${part}`);
  if (validate === undefined) throw new Error(`no ${part} in the schema`);
  return validate(JSON.parse(text)) === true ? [] : validate.errors;
}

const MISSING_MAP = configuration(`proxy_pass http://127.0.0.1:1;
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $conection_upgrade;
proxy_set_header Authorization "Basic dXNlcjpwYXNz";`);

const IN_IF = configuration('if ($http_upgrade) { proxy_pass http://127.0.0.1:1; }\nreturn 404;');

describe('the published schema describes', () => {
  it.each([
    ['a clean tree', GOOD, []],
    ['findings with fixes', OLD_HTTP, []],
    ['what remains after fixing', OLD_HTTP, ['--fix']],
    ['several findings, a related place', MISSING_MAP, []],
    ['a route inside an if', IN_IF, ['--websocket', '*']],
    ['a tree without routes', STATIC, []],
    ['syntax errors', 'events {\n', []],
    ['an empty file', '', []],
    ['warnings hidden by --quiet', SHORT_TIMEOUT, ['--quiet']],
    ['what could not be read', GOOD, ['gone.conf']],
  ])('lint: %s', (_, text, options) => {
    const { out } = place({ 'nginx.conf': text }).run(['--format', 'json', ...options, 'nginx.conf']);
    expect(faultsOf('lint', out)).toEqual([]);
  });

  it('routes', () => {
    const { out } = place({ 'nginx.conf': OLD_HTTP }).run(['routes', '--format', 'json', 'nginx.conf']);
    expect(faultsOf('routes', out)).toEqual([]);
  });

  it('traces', () => {
    const urls = ['ws://example.com/ws', 'wss://example.com/ws?a=b', 'ws://other/'];
    const { out } = place({ 'nginx.conf': OLD_HTTP }).run(['trace', '--format', 'json', ...urls, 'nginx.conf']);
    expect(faultsOf('traces', out)).toEqual([]);
  });

  it('rules', () => {
    expect(faultsOf('rules', place().run(['rules', '--format', 'json']).out)).toEqual([]);
  });

  it('nothing else: a finding without its severity is refused', () => {
    const { out } = place({ 'nginx.conf': OLD_HTTP }).run(['--format', 'json', 'nginx.conf']);
    expect(faultsOf('lint', out.replace('"severity": "error",', ''))).not.toEqual([]);
  });
});

describe('the JSON report', () => {
  const reportOf = (text: string, ...options: string[]): Record<string, unknown> => {
    const { out } = place({ 'nginx.conf': text }).run([
      '--format',
      'json',
      '--only',
      'http-version',
      ...options,
      'nginx.conf',
    ]);
    return JSON.parse(out) as Record<string, unknown>;
  };

  it('counts lines and columns from 1, offsets from 0', () => {
    const report = reportOf(`#\u{1f600}\n${OLD_HTTP}`);
    const offset = `#\u{1f600}\n${OLD_HTTP}`.indexOf('proxy_pass');
    expect(report).toMatchObject({ findings: [{ start: { line: 12, column: 13, offset } }] });
  });

  it('counts bytes of what is no UTF-8', () => {
    const at = place();
    at.write('nginx.conf', '');
    const bytes = Buffer.from(`# \xe9\n${OLD_HTTP}`, 'latin1');
    const { out } = at.run(['--format', 'json', '--only', 'http-version', '-'], { bytes });
    expect(JSON.parse(out)).toMatchObject({ findings: [{ start: { offset: bytes.indexOf('proxy_pass') } }] });
  });

  it('holds edits that repair the text', () => {
    const [finding] = reportOf(OLD_HTTP)['findings'] as {
      fix: { edits: { start: { offset: number }; text: string }[] };
    }[];
    const [edit] = finding?.fix.edits ?? [];
    const at = edit?.start.offset ?? 0;
    expect(OLD_HTTP.slice(0, at) + (edit?.text ?? '') + OLD_HTTP.slice(at)).toContain('proxy_http_version 1.1;');
  });

  it('tells ignored findings apart', () => {
    const ignored = OLD_HTTP.replace('proxy_pass', '# nginx-ws-lint-ignore http-version -- ours is new\n proxy_pass');
    expect(reportOf(ignored)).toMatchObject({
      findings: [{ ignored: { by: 'comment', reason: 'ours is new' } }],
      summary: { errors: 0, ignored: 1 },
    });
  });

  it('says what became of the fixes', () => {
    expect(reportOf(OLD_HTTP, '--fix')).toMatchObject({
      findings: [],
      fixes: [{ rule: 'http-version', state: 'applied', file: 'nginx.conf', reason: null }],
      summary: { fixed: 1 },
    });
  });

  it('routes have unique ids when there are several roots', () => {
    const at = place({ 'a/nginx.conf': GOOD, 'b/nginx.conf': GOOD });
    const { routes, roots } = JSON.parse(at.run(['--format', 'json', '.']).out) as {
      routes: { id: string }[];
      roots: string[];
    };
    expect(roots).toEqual(['a/nginx.conf', 'b/nginx.conf']);
    expect(new Set(routes.map(({ id }) => id)).size).toBe(2);
  });
});
