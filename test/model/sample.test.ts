import { compileRegex, isRegex, matchRegex } from '../../src/model/regex/regex';
import type { Regex } from '../../src/model/regex/regex';
import { sampleFor, samplePaths, samplesFor } from '../../src/model/regex/sample';
import { createRandom } from '../live/random';
import { Patterns } from './regex-arbitrary';

function regex(pattern: string, caseless = false): Regex {
  const compiled = compileRegex(pattern, caseless);
  if (!isRegex(compiled)) throw new Error(pattern);
  return compiled;
}

describe('a sample is the shortest natural string that the regex accepts', () => {
  test.each([
    ['^/(ws|socket\\.io)/', '/ws/'],
    ['^/ws$', '/ws'],
    ['.*', ''],
    ['.+', 'a'],
    ['[a-z]+', 'a'],
    ['^/user/(\\d+)/ws$', '/user/0/ws'],
    ['^/api/v[12]/?$', '/api/v1'],
    ['^/(?!api)', '/'],
    ['^/(?!$)', '/a'],
    ['^/(?!a)\\w+', '/0'],
    ['^(?=/ws)/.*', '/ws/'],
    ['(?<=/a)b', '/ab'],
    ['^/(\\w)\\1$', '/aa'],
    ['^/(?:a{3}|b)/{2}$', '/aaa//'],
    ['\\.(php|cgi)$', '.php'],
    ['^[^/]+\\.example\\.com$', 'a.example.com'],
    ['^(?:abc){2,}$', 'abcabc'],
    ['^/\\Qa.b\\E', '/a.b'],
  ])('%s: %j', (pattern, sample) => {
    expect(sampleFor(regex(pattern))).toBe(sample);
  });

  test('letters keep the case they are written in', () => {
    expect(sampleFor(regex('^/WebSocket$', true))).toBe('/WebSocket');
  });

  test.each(['a^', '(?!)', '^/\\x01$', '^\\xe9$', 'a{3000}'])('%s has none that is printable and short', (pattern) => {
    expect(sampleFor(regex(pattern))).toBeNull();
  });
});

test('several samples take the other branches', () => {
  expect(samplesFor(regex('^/(ws|socket\\.io|cable)/'), 3)).toEqual(['/ws/', '/socket.io/', '/cable/']);
});

test('a path begins with a slash, wherever the regex begins', () => {
  expect(samplePaths(regex('\\.ws$'), 1)).toEqual(['/.ws']);
  expect(samplePaths(regex('[^/]\\.ws$'), 1)).toEqual(['/a.ws']);
  expect(samplePaths(regex('/ws/?$'), 1)).toEqual(['/ws']);
  expect(samplePaths(regex('^ws'), 1)).toEqual([]);
});

test('every sample of random patterns is accepted', () => {
  const patterns = new Patterns(createRandom(7));
  let sampled = 0;
  for (let count = 0; count < 400; count++) {
    const compiled = compileRegex(patterns.pattern(), false);
    if (!isRegex(compiled)) continue;
    for (const sample of samplesFor(compiled, 3)) {
      sampled++;
      expect(matchRegex(compiled, sample)).not.toBeNull();
    }
  }
  expect(sampled).toBeGreaterThan(300);
});
