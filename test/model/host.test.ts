import { parseHost } from '../../src/model/host';
import { NEWEST, OLDEST } from '../../src/model/version';

describe.each([
  ['before 1.29.4', OLDEST],
  ['since', NEWEST],
])('a Host header, %s', (_, version) => {
  test.each([
    ['a.test', 'a.test', null],
    ['A.Test.', 'a.test', null],
    ['a.test:8080', 'a.test', '8080'],
    ['a.test.:80', 'a.test', '80'],
    ['a.test:', 'a.test', ''],
    ['[::1]', '[::1]', null],
    ['[2001:DB8::1]:443', '[2001:db8::1]', '443'],
    ['_', '_', null],
    ['.a.test', '.a.test', null],
  ])('%s names %s', (text, name, port) => {
    expect(parseHost(text, version)).toEqual({ name, port });
  });

  test.each(['', '.', ':80', 'a..test', 'a test', 'a/b', 'a\x01', 'a.test..'])('%j is answered 400', (text) => {
    expect(parseHost(text, version)).toBeNull();
  });
});

test.each(['a"b', '\xe9.test', '[::1', '[::1]x', 'a:b', 'a:99999', 'a<b>'])(
  '%s is answered 400 since 1.29.4',
  (text) => {
    expect(parseHost(text, OLDEST)).not.toBeNull();
    expect(parseHost(text, NEWEST)).toBeNull();
  },
);
