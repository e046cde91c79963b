import { compileRegex, isRegex, matchRegex } from '../../src/model/regex/regex';
import type { Regex, RegexMatch } from '../../src/model/regex/regex';
import { CASES, REFUSED, UNSUPPORTED } from './regex-cases';
import type { Case } from './regex-cases';

function compiled(pattern: string, caseless = false): Regex {
  const regex = compileRegex(pattern, caseless);
  if (!isRegex(regex)) throw new Error(`${pattern}: ${JSON.stringify(regex)}`);
  return regex;
}

function match(pattern: string, subject: string): RegexMatch | null | 'unknown' {
  return matchRegex(compiled(pattern), subject);
}

function groupsOf(found: RegexMatch | null | 'unknown'): readonly string[] | null | 'unknown' {
  if (found === null || found === 'unknown') return found;
  const last = found.groups.findLastIndex((group) => group !== '');
  return found.groups.slice(0, Math.max(last, 0) + 1);
}

/** Empty groups at the end count as ones that took no part: `$1` is empty either way. */
function trimmed(groups: readonly string[] | null): readonly string[] | null {
  if (groups === null) return null;
  return groups.slice(
    0,
    Math.max(
      groups.findLastIndex((group) => group !== ''),
      0,
    ) + 1,
  );
}

describe('patterns match as PCRE2 matches them', () => {
  const rows = Object.entries(CASES).flatMap(([about, cases]) => cases.map((each): [string, Case] => [about, each]));
  test.each(rows)('%s: %j', (_, [pattern, flags, expected]) => {
    const regex = compiled(pattern, flags === 'i');
    const found = expected.map(([subject]) => groupsOf(matchRegex(regex, subject)));
    expect(found).toEqual(expected.map(([, groups]) => trimmed(groups)));
  });
});

describe('patterns without a matcher', () => {
  test.each(REFUSED)('PCRE refuses %j', (pattern) => {
    expect(compileRegex(pattern, false)).toEqual({ invalid: expect.any(String) as string });
  });

  test.each(UNSUPPORTED)('%j is left to unknown', (pattern) => {
    expect(compileRegex(pattern, false)).toEqual({ unsupported: expect.any(String) as string });
  });

  test('parentheses nest as deep as PCRE allows, and no deeper', () => {
    const nested = (depth: number): string => '('.repeat(depth) + 'a' + ')'.repeat(depth);
    expect(match(nested(250), 'a')).toMatchObject({ start: 0, end: 1 });
    expect(compileRegex(nested(251), false)).toEqual({ invalid: 'parentheses are too deeply nested' });
    expect(compileRegex(nested(100_000), false)).toEqual({ invalid: 'parentheses are too deeply nested' });
  });

  test('counted groups within counted groups are too large', () => {
    expect(compileRegex('(((a{500}b){500}){500})', false)).toEqual({ unsupported: 'too large' });
  });
});

describe('what a match tells', () => {
  test('names are those of variables: in lower case', () => {
    expect(match('(?<Room>\\w+)/(?<ID>\\d+)', '/chat/7')).toMatchObject({
      names: new Map([
        ['id', '7'],
        ['room', 'chat'],
      ]),
    });
  });

  test('of names that differ in case alone the last one of the sorted table is the variable', () => {
    expect(match('(?<a>1)(?<A>2)', '12')).toMatchObject({ names: new Map([['a', '1']]) });
  });

  test('a group that took no part is empty', () => {
    expect(match('(a)|(?<b>b)|(c)', 'c')).toMatchObject({ groups: ['c', '', '', 'c'], names: new Map([['b', '']]) });
  });

  test('offsets are those of the match', () => {
    expect(match('b+', 'abba')).toMatchObject({ start: 1, end: 3 });
  });

  test('the same pattern is compiled once', () => {
    expect(compileRegex('^/once$', false)).toBe(compileRegex('^/once$', false));
  });
});

describe('no pattern hangs', () => {
  const hostile = ['^(a+)+$', '^(a|aa)+$', '^(a|a)*b', '(x+x+)+y', '^(?:.*a){20}$', '(a*)*b', '(?:(?:a?){60}){60}b'];
  test.each(hostile)('%s gives up, or finds the answer', (pattern) => {
    const started = performance.now();
    const found = match(pattern, `${'a'.repeat(60)}${'x'.repeat(60)}!`);
    expect([null, 'unknown']).toContain(found);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test.each(['^(.*)\\.x$', '^(?:[^/]*/)*$', '(a|b|/)*c', '^(?:(?>a+)|b|/)*?x', '\\w+$', '(?s)^.*(.)\\1$'])(
    '%s takes a subject of 100 KB',
    (pattern) => {
      expect([null, 'unknown']).toContain(match(pattern, `${'ab/'.repeat(33_000)}ab!`));
    },
  );

  test('a long repeat is followed to its end', () => {
    expect(match('^(?:ab)*$', 'ab'.repeat(20_000))).toMatchObject({ end: 40_000 });
  });
});
