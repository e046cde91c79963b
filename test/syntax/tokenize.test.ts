import fc from 'fast-check';
import { listTokens } from '../../src/syntax/tokenize';

const kindsOf = (code: string): string =>
  listTokens(code)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, start, end }) => `${kind}:${code.slice(start, end)}`)
    .join(' ');

describe('tokens, with the meaning of ngx_conf_read_token', () => {
  test.each([
    ['a plain directive', 'listen 80;', 'word:listen word:80 ;:;'],
    ['# inside a word is literal', 'location ~ ^/a#b$ {', 'word:location word:~ word:^/a#b$ {:{'],
    ['# before a word starts a comment', 'a # b;\n c;', 'word:a comment:# b; word:c ;:;'],
    ['a CR before the LF is no part of a comment', '# b\r\nc;', 'comment:# b word:c ;:;'],
    ['a lone CR does not end a comment', '# b\rc;', 'comment:# b\rc;'],
    ['} inside a word is literal', 'a}b;', 'word:a}b ;:;'],
    ['a quote inside a word is literal', 'a b"c;', 'word:a word:b"c ;:;'],
    ['; { } # inside quotes are literal', 'a "b;{}#\\"c";', 'word:a word:"b;{}#\\"c" ;:;'],
    ['${ does not open a block', 'root /a/${host}/b;', 'word:root word:/a/${host}/b ;:;'],
    ['a backslash keeps the next character', 'a b\\;c\\ d;', 'word:a word:b\\;c\\ d ;:;'],
    ['{ ends a plain word', 'location ~ ^/a{1,3}$ {}', 'word:location word:~ word:^/a {:{ word:1,3}$ {:{ }:}'],
    ['a vertical tab and NBSP are no white space', 'a\vb\u00a0c;', 'word:a\vb\u00a0c ;:;'],
    [') may follow a quote', 'if ($a ~ "x") {', 'word:if word:($a word:~ word:"x" word:) {:{'],
    [
      'Lua is one token',
      'content_by_lua_block { a = "}" -- }\n } b;',
      'word:content_by_lua_block {:{ lua: a = "}" -- }\n  }:} word:b ;:;',
    ],
    [
      'Lua behind an argument',
      'set_by_lua_block $a { return [[}]] } b;',
      'word:set_by_lua_block word:$a {:{ lua: return [[}]]  }:} word:b ;:;',
    ],
    ['a BOM is part of the first word', '\ufeffuser a;', 'word:\ufeffuser word:a ;:;'],
  ])('%s', (_, code, expected) => {
    expect(kindsOf(code)).toBe(expected);
  });

  const character = fc.constantFrom(...' \t\r\n\\"\'#;{}()$ab\ufeff\u00e9', '_by_lua_block', '--', '[[', ']]', 'é');
  test('joined give the text', () => {
    fc.assert(
      fc.property(fc.array(character), (parts) => {
        const code = parts.join('');
        expect(
          listTokens(code)
            .map(({ start, end }) => code.slice(start, end))
            .join(''),
        ).toBe(code);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
