import fc from 'fast-check';
import { isRegex, matchRegex } from '../../src/model/regex/regex';
import { literals } from '../../src/model/regex/literals';
import { compileRegex } from '../../src/model/regex/regex';
import { sieve } from '../../src/model/regex/sieve';

function textsOf(pattern: string, caseless = false): readonly string[] {
  const compiled = compileRegex(pattern, caseless);
  if (!isRegex(compiled)) throw new Error(pattern);
  return literals(compiled.root);
}

describe('texts that stand in every match', () => {
  test.each([
    ['^/ws/1/(.*)$', ['/ws/1/']],
    ['\\.php$', ['.php']],
    ['^/[a-z]+/chat/', ['/', '/chat/']],
    ['^/a(b|c)d', ['/a', 'd']],
    ['^/(?<name>ab)c', ['/abc']],
    ['(?:ab)?c', ['c']],
    ['(?:ab)+c', ['ab', 'c']],
    ['ab*', ['a']],
    ['a|b', []],
    ['^/A(?!b)C$', ['/a', 'c']],
    ['(?i)Ws', ['ws']],
  ])('%s', (pattern, texts) => {
    expect(textsOf(pattern)).toEqual(texts);
  });

  test('case does not count', () => {
    expect(textsOf('^/WS', true)).toEqual(['/ws']);
  });
});

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'B',
    '/',
    '.',
    '[ab]',
    'a?',
    '(ab)',
    '(a|b)',
    'b+',
    '(?:ab)*',
    '^',
    '$',
    '\\b',
    '(?=a)',
    '(?i)',
    '(?:a|)',
    'b{2}',
  ],
);
const pattern = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
const regex = fc.record({ pattern, caseless: fc.boolean() });
const subject = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '/', 'x'), maxLength: 8 });

test('the first that matches is the first that matches without a sieve', () => {
  fc.assert(
    fc.property(fc.array(regex, { minLength: 8, maxLength: 20 }), subject, (list, text) => {
      const matches = (one: (typeof list)[number]): boolean => {
        const compiled = compileRegex(one.pattern, one.caseless);
        return !isRegex(compiled) || matchRegex(compiled, text) !== null;
      };
      const sieved = [...sieve(list).candidates(text)].map(({ written }) => written);
      expect(sieved.filter(matches)).toEqual(list.filter(matches));
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
