import { format, lint as lintPaths, trace as tracePaths } from '../../src/index';
import { fix, lint, trace } from '../../src/core';
import type { Files, LintOptions } from '../../src/core';

const TEXTS = { 'nginx.conf': 'events {}\n' };
const typo = { nginxVesion: '1.28.0' } as LintOptions;
const anything = (value: unknown): never => value as never;

it.each<[string, () => unknown, string]>([
  ['an option misspelt', () => lint(TEXTS, typo), 'unknown option "nginxVesion"; did you mean nginxVersion?'],
  ['for fix', () => fix(TEXTS, typo), 'unknown option "nginxVesion"; did you mean nginxVersion?'],
  ['on files', () => lintPaths('fixtures', typo), 'unknown option "nginxVesion"; did you mean nginxVersion?'],
  [
    'of format',
    () => format(lint(TEXTS), 'pretty', anything({ colour: true })),
    'unknown option "colour"; did you mean color?',
  ],
  ['no options', () => lint(TEXTS, anything(null)), 'options: an object, not null'],
  ['a text for files', () => lint(anything('server {}')), 'files: an object or a Map of texts by path, not a string'],
  ['a list for files', () => lint(anything([])), 'files: an object or a Map of texts by path, not a list'],
  ['nothing', () => lint(anything(undefined)), 'files: an object or a Map of texts by path, not undefined'],
  ['no text', () => lint({ 'a.conf': 1 } as unknown as Files), 'files: "a.conf": a text, not a number'],
  ['no paths', () => lintPaths(anything(undefined)), 'paths: a path or a list of them, not undefined'],
  ['an empty path', () => lintPaths(['']), 'paths: a path, not an empty text'],
  ['no URL', () => trace(TEXTS, anything(undefined)), 'url: a text such as "wss://host/path", not undefined'],
  ['no URL on files', () => tracePaths('fixtures', anything(1)), 'url: a text such as "wss://host/path", not a number'],
])('throws a RangeError of one line: %s', (_, call, message) => {
  expect(call).toThrow(new RangeError(message));
});

it('one object of options serves all functions', () => {
  const options = { unsafe: true, complete: true, ping: '25s' };
  expect(() => [lint(TEXTS, options), fix(TEXTS, options), trace(TEXTS, 'ws://a/', options)]).not.toThrow();
});
