import { parseTarget } from '../../src/model/uri';

function uriOf(target: string, mergeSlashes = true): string | null {
  return parseTarget(target, mergeSlashes)?.uri ?? null;
}

describe('the path is decoded and resolved', () => {
  test.each([
    ['/', '/'],
    ['/ws', '/ws'],
    ['/a//b', '/a/b'],
    ['///', '/'],
    ['/a/./b', '/a/b'],
    ['/a/.', '/a/'],
    ['/a/../b', '/b'],
    ['/a/..', '/'],
    ['/a/b/../../c', '/c'],
    ['/.a/..b/...', '/.a/..b/...'],
    ['/a/..b', '/a/..b'],
    ['/%77%73', '/ws'],
    ['/a%2Fb', '/a/b'],
    ['/a%2f%2Fb', '/a/b'],
    ['/a/%2e%2E/b', '/b'],
    ['/a/.%2e/b', '/b'],
    ['/a%3fb', '/a?b'],
    ['/a%23b', '/a#b'],
    ['/a%25b', '/a%b'],
    ['/%252e%252e/', '/%2e%2e/'],
    ['/a+b', '/a+b'],
    ['/a%20b', '/a b'],
    ['/\xc3\xa9', '/\xc3\xa9'],
    ['/%C3%A9', '/\xc3\xa9'],
    ['/a#b', '/a'],
    ['/a/.#b', '/a/'],
    ['/a/..?b', '/'],
    ['/a/%2e%2e', '/'],
  ])('%s: %s', (target, uri) => {
    expect(uriOf(target)).toBe(uri);
  });

  test.each([
    '/..',
    '/../a',
    '/a/../..',
    '/a/../../b',
    '/%2e%2e/a',
    '/%00',
    '/%',
    '/%4',
    '/%zz',
    '/a%',
    '/a%2',
    '/a b',
    '/a\x01',
    '/a\x7f',
  ])('%j is answered 400', (target) => {
    expect(parseTarget(target, true)).toBeNull();
  });

  test('with merge_slashes off slashes stay, and .. takes an empty part back', () => {
    expect(uriOf('/a//b', false)).toBe('/a//b');
    expect(uriOf('/a//../b', false)).toBe('/a/b');
    expect(uriOf('//..', false)).toBe('/');
  });
});

describe('arguments', () => {
  test.each([
    ['/a?b=c', 'b=c'],
    ['/a?', ''],
    ['/a?b?c', 'b?c'],
    ['/a?b#c', 'b'],
    ['/a#b?c', ''],
    ['/a%3fb?c', 'c'],
    ['/a?b//c/../%41+', 'b//c/../%41+'],
  ])('%s: %j', (target, args) => {
    expect(parseTarget(target, true)?.args).toBe(args);
  });
});

describe('what decides whether a path is escaped again', () => {
  test.each([
    ['/a%20b', { quoted: true, plus: false }],
    ['/a?%20+', { quoted: false, plus: false }],
    ['/a//%20', { quoted: true, plus: false }],
    ['/a+b', { quoted: false, plus: true }],
    ['/a%2Bb', { quoted: true, plus: true }],
  ])('%s', (target, flags) => {
    expect(parseTarget(target, true)).toMatchObject(flags);
  });
});

describe('the extension', () => {
  test.each([
    ['/a.php', 'php'],
    ['/a.b/c', null],
    ['/a.tar.gz?x.y', 'gz'],
    ['/.htaccess', null],
    ['/a%2Ejs', 'js'],
    ['/a.', ''],
    ['/a.b/..', null],
  ])('%s: %j', (target, exten) => {
    expect(parseTarget(target, true)?.exten).toBe(exten);
  });
});

describe('absolute targets', () => {
  test.each([
    ['http://a.test/ws', { authority: 'a.test', uri: '/ws', unparsed: '/ws', validUnparsed: true }],
    ['http://a.test', { authority: 'a.test', uri: '/', unparsed: '/', validUnparsed: true }],
    ['http://a.test?x', { authority: 'a.test', uri: '/', args: 'x', unparsed: '?x', validUnparsed: false }],
    ['ws://[::1]:81/a//b', { authority: '[::1]:81', uri: '/a/b', unparsed: '/a//b' }],
    ['HTTPS://A.Test:/', { authority: 'A.Test:', uri: '/' }],
  ])('%s', (target, parsed) => {
    expect(parseTarget(target, true)).toMatchObject(parsed);
  });

  test.each(['*', 'a.test', 'http:/a', 'http//a', '', '?x', 'http://a_b/', 'http://a#b', '1http://a/', 'http://a:b/'])(
    '%j is answered 400',
    (target) => {
      expect(parseTarget(target, true)).toBeNull();
    },
  );
});

test('a target of 100 KB is read in one go', () => {
  expect(uriOf(`/${'a/../'.repeat(20_000)}b%63`)).toBe('/bc');
});
