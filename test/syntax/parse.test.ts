import fc from 'fast-check';
import { parse } from '../../src/syntax/parse';
import type { Directive } from '../../src/syntax/nodes';
import { createSource } from '../../src/text/source';

const read = (text: string) => parse(createSource('nginx.conf', text));
const faultsOf = (text: string) => read(text).faults.map(({ message, line }) => `${line}: ${message}`);
type Tree = readonly (readonly [string, ...unknown[]])[];
const shape = (directives: readonly Directive[]): Tree =>
  directives.map(({ name, args, block }) =>
    block === null ? [name, ...args] : [name, ...args, shape(block.directives)],
  );

describe('values', () => {
  test.each([
    ['"a\\tb\\"c\\d"', 'a\tb"c\\d'],
    ["'a\\'b'", "a'b"],
    ['\\$http_upgrade', '\\$http_upgrade'],
    ['a\\\\b', 'a\\b'],
    ['""', ''],
    ['b\\;c', 'b\\;c'],
  ])('%s', (word, value) => {
    expect(read(`a ${word};`).directives[0]?.args).toEqual([value]);
  });
});

describe('structure', () => {
  test('blocks nest', () => {
    expect(shape(read('http { server { listen 80; } } a b;').directives)).toEqual([
      ['http', [['server', [['listen', '80']]]]],
      ['a', 'b'],
    ]);
  });

  test('nesting is bounded by memory alone', () => {
    const deep = read('a {'.repeat(50_000) + '}'.repeat(50_000));
    expect(deep.faults).toEqual([]);
  });

  test('a directive knows its span, its words and its block', () => {
    const [directive] = read('  map $a "b" { }').directives;
    expect(directive).toMatchObject({
      start: 2,
      end: 16,
      words: [
        { start: 2, end: 5 },
        { start: 6, end: 8 },
        { start: 9, end: 12, quote: '"' },
      ],
      block: { open: 13, close: 15 },
    });
  });
});

describe("faults, in nginx's words and with its line", () => {
  test.each([
    ['a b', ['1: unexpected end of file, expecting ";" or "}"']],
    ['a {\nb c }', ['2: unexpected "}"']],
    ['a {\n b;\n', ['3: unexpected end of file, expecting "}"']],
    ['}', ['1: unexpected "}"']],
    ['a b;;', ['1: unexpected ";"']],
    ['{ }', ['1: unexpected "{"']],
    ['"b"c;', ['1: unexpected "c"']],
    ['a "b;\nc;', ['2: unexpected end of file, expecting ";" or "}"']],
    [`a ${'x'.repeat(4096)};`, ['1: too long parameter "xxxxxxxxxx..." started']],
    [`a ${'x'.repeat(4095)};`, []],
    [`a "${'x'.repeat(4096)}";`, ['1: too long parameter, probably missing terminating """ character']],
    [`a "${'x'.repeat(4095)}";`, []],
    [`#${'x'.repeat(4095)}\na;`, ['1: too long parameter "#xxxxxxxxx..." started']],
    [`#${'x'.repeat(4094)}\na;`, []],
    [`a ${'é'.repeat(2048)};`, ['1: too long parameter "éééééééééé..." started']],
  ])('%j', (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test('what could be understood is kept', () => {
    expect(shape(read('a { b c } d e;').directives)).toEqual([
      ['a', [['b', 'c']]],
      ['d', 'e'],
    ]);
  });
});

test('never throws, and spans stay inside the text', () => {
  const characters = fc.string({ unit: fc.constantFrom(...' \n\\"\'#;{}$ab)é'), maxLength: 60 });
  fc.assert(
    fc.property(characters, (text) => {
      const tree = read(text);
      for (const { start, end } of [...tree.faults, ...tree.comments, ...tree.directives]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
    { seed: 2, numRuns: 3000 },
  );
});

test('nothing is left over from the text that was read before', () => {
  read('} '.repeat(20)); // closing braces, where the next text has none
  for (const text of ['x;', 'content_by_lua_block {', 'a; content_by_lua_block { x', 'a {', 'a b']) {
    const { directives } = read(text);
    for (const { end } of directives) expect(end).toBeLessThanOrEqual(text.length);
  }
});
