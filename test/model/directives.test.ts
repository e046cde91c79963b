import { DIRECTIVES } from '../../src/model/data/directives';
import { defaultValue } from '../../src/model/defaults';
import { allowedIn, directiveSpec, isKnown, mergeKind, takes, wordsOf } from '../../src/model/directives';
import { nearestName } from '../../src/model/unknown-directives';
import type { DirectiveForm } from '../../src/model/directives';
import { NEWEST, OLDEST } from '../../src/model/version';

function form(name: string, index = 0): DirectiveForm {
  const found = directiveSpec(name)?.forms[index];
  if (found === undefined) throw new Error(`no form ${index} of ${name}`);
  return found;
}

const LINE =
  /^[a-z0-9_]+ (?:\*|[mehslSLXutvwMN]+) \{?(?:\d+|[12]\+|f|\*) (?:(?:once )?(?:scalar|list|none)|(?:enum|mask):[\w.,@=-]+|number:\d+\.\.\d+|[a-z]+\$?)(?: (?:1\.\d+\.\d+)?\.\.(?:1\.\d+\.\d+)?)?$/i;

test('every record reads as the grammar says', () => {
  const odd = DIRECTIVES.trim()
    .split('\n')
    .filter((line) => !line.startsWith('@') && !LINE.test(line));
  expect(odd).toEqual([]);
});

test('proxy_pass stands in a location, an if in one, and limit_except', () => {
  const contexts = (['http', 'server', 'location', 'if in server', 'if in location', 'limit_except'] as const).filter(
    (context) => allowedIn(form('proxy_pass'), context),
  );
  expect(contexts).toEqual(['location', 'if in location', 'limit_except']);
});

test('the same name in stream is a form of its own', () => {
  expect(directiveSpec('proxy_pass')?.forms.map(({ module }) => module)).toEqual([
    'ngx_http_proxy_module',
    'ngx_stream_proxy_module',
  ]);
});

test('include is allowed everywhere', () => {
  expect(allowedIn(form('include'), 'mail server')).toBe(true);
});

test.each([
  ['proxy_set_header', [2]],
  ['add_header', [2, 3]],
  ['proxy_buffering', [1]],
  ['internal', [0]],
  ['server_name', [1, 2, 3, 4]],
  ['error_page', [2, 3, 4]],
])('%s takes %j arguments', (name, counts) => {
  expect([0, 1, 2, 3, 4].filter((count) => takes(form(name), count))).toEqual(counts);
});

test('an enum knows since when each of its words is allowed', () => {
  expect(wordsOf(form('proxy_http_version'))).toEqual([
    { word: '1.0', since: 0 },
    { word: '1.1', since: 0 },
    { word: '2', since: 1_029_004 },
  ]);
});

test('bounds of a number', () => {
  expect(form('gzip_comp_level').bounds).toEqual([1, 9]);
});

test('versions: http2 came, ssl went, keepalive took a second argument', () => {
  expect([form('http2').since, form('ssl').until, form('keepalive').until, form('keepalive', 1).arity]).toEqual([
    1_025_001,
    1_025_000,
    1_029_006,
    '12',
  ]);
});

test.each([
  ['proxy_set_header', 'list'],
  ['add_header', 'list'],
  ['error_page', 'list'],
  ['allow', 'list'],
  ['proxy_next_upstream', 'list'],
  ['proxy_read_timeout', 'scalar'],
  ['root', 'scalar'],
  ['resolver', 'scalar'],
  ['proxy_pass', 'none'],
  ['return', 'none'],
  ['try_files', 'none'],
  ['nobody_knows_this', 'scalar'],
])('%s reaches inner levels as a %s', (name, merge) => {
  expect(mergeKind(name)).toBe(merge);
});

test.each([
  'proxy_pass',
  'content_by_lua_block',
  'js_content',
  'more_set_headers',
  'nchan_subscriber',
  'passenger_enabled',
])('%s is known', (name) => {
  expect(isKnown(name)).toBe(true);
});

test.each([
  ['proxy_set_headers', 'proxy_set_header'],
  ['porxy_pass', 'proxy_pass'],
  ['lisen', 'listen'],
  ['js_contents', 'js_content'],
])('%s is one edit from %s', (wrong, right) => {
  expect([isKnown(wrong), nearestName(wrong)]).toEqual([false, right]);
});

test.each(['proxy_sett_headers', 'frobnicate', 'mapp_', 'gep'])('%s is near nothing', (name) => {
  expect(nearestName(name)).toBeNull();
});

test('the default of proxy_http_version follows the version', () => {
  expect([defaultValue('proxy_http_version', OLDEST), defaultValue('proxy_http_version', NEWEST)]).toEqual([
    '1.0',
    '1.1',
  ]);
});

test('no default is invented', () => {
  expect(defaultValue('proxy_method', NEWEST)).toBeUndefined();
});
