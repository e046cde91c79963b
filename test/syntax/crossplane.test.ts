import { crossplanePayload } from '../../src/syntax/crossplane';
import { parse } from '../../src/syntax/parse';
import { createSource } from '../../src/text/source';

const payloadOf = (text: string, comments = false) =>
  crossplanePayload([parse(createSource('nginx.conf', text))], { comments, includesOf: () => [1] });
const parsedOf = (text: string, comments = false) => payloadOf(text, comments).config[0]?.parsed;

describe("crossplane's payload", () => {
  test('directives, blocks and lines', () => {
    expect(parsedOf('http {\n  server { listen "80"; }\n}')).toEqual([
      {
        directive: 'http',
        line: 1,
        args: [],
        block: [{ directive: 'server', line: 2, args: [], block: [{ directive: 'listen', line: 2, args: ['80'] }] }],
      },
    ]);
  });

  test('an if loses its parentheses', () => {
    expect(parsedOf('if ($a = b) { }')).toEqual([{ directive: 'if', line: 1, args: ['$a', '=', 'b'], block: [] }]);
  });

  test('Lua is the last argument', () => {
    expect(parsedOf('content_by_lua_block { x }')).toEqual([
      { directive: 'content_by_lua_block', line: 1, args: [' x '] },
    ]);
  });

  test('an include names its files by index', () => {
    expect(parsedOf('include a.conf;')).toEqual([{ directive: 'include', line: 1, args: ['a.conf'], includes: [1] }]);
  });

  test('comments, the ones between words after their directive', () => {
    expect(
      parsedOf('# one\na # two\n b;\n{ } # three', true)?.map(({ directive, comment }) => comment ?? directive),
    ).toEqual([' one', 'a', ' two', '', ' three']);
  });

  test('faults make it failed', () => {
    expect(payloadOf('a {')).toMatchObject({
      status: 'failed',
      errors: [{ file: 'nginx.conf', line: 1, error: 'unexpected end of file, expecting "}" in nginx.conf:1' }],
    });
  });
});
