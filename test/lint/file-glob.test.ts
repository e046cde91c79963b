import { globNames } from '../../src/lint/file-glob';

it.each([
  ['a.conf', 'a.conf', true],
  ['a.conf', 'x/y/a.conf', true],
  ['*.conf', 'x/a.conf', true],
  ['*.conf', 'x/a.conf.bak', false],
  ['x/*.conf', 'x/a.conf', true],
  ['x/*.conf', 'x/y/a.conf', false],
  ['x/*.conf', 'w/x/a.conf', false],
  ['x/**', 'x/y/a.conf', true],
  ['x/', 'x/y/a.conf', true],
  ['x/**/a.conf', 'x/a.conf', true],
  ['x/**/a.conf', 'x/y/z/a.conf', true],
  ['x/**/a.conf', 'x/ya.conf', false],
  ['**/old/**', 'old/a', true],
  ['**/old/**', 'x/old/y/a', true],
  ['**/old/**', 'x/older/a', false],
  ['?.conf', 'a.conf', true],
  ['?.conf', '/.conf', false],
  ['./x/*.conf', 'x/a.conf', true],
  ['/x/*.conf', 'x/a.conf', true],
  ['a+(b).conf', 'a+(b).conf', true],
  ['*', 'any/thing', true],
])('%s names %s: %s', (glob, path, expected) => {
  expect(globNames(glob, path)).toBe(expected);
});

it('many stars do not hang', () => {
  const start = Date.now();
  expect(globNames(`${'*a'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
  expect(Date.now() - start).toBeLessThan(2000);
});
