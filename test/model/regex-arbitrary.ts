import type { Random } from '../live/random';

const ATOMS = [
  ...[
    'a',
    'b',
    'c',
    'A',
    '/',
    '-',
    '1',
    '\\.',
    '.',
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\h',
    '\\v',
    '\\D',
    '\\W',
    '\\S',
    '\\N',
  ],
  ...[
    '\\n',
    '\\x41',
    '\\x{62}',
    '\\101',
    '\\0',
    '\\cA',
    '[ab]',
    '[^a]',
    '[a-c]',
    '[]a]',
    '[^]a]',
    '[\\d_]',
    '[[:alpha:]]',
  ],
  ...[
    '[[:^digit:]x]',
    '[a\\-c]',
    '[-a]',
    '[\\Qa-]\\E]',
    '[[:upper:]]',
    '\\Qa.b\\E',
    '{',
    '}',
    '{a}',
    'x{',
    ' ',
    '#',
    ']',
    '\xe9',
  ],
  ...['[\x80-\xff]', '\\_', '[.]', '[a[:digit:]b]', '[[a]', '[a[:]'],
] as const;
const ASSERTIONS = ['^', '$', '\\A', '\\Z', '\\z', '\\b', '\\B', '\\G', '\\K'] as const;
const QUANTIFIERS = [
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '*+',
  '++',
  '?+',
  '{2}',
  '{0,2}',
  '{1,}',
  '{1,3}?',
  '{2}+',
  '{0}',
  '{1',
] as const;
const OPTIONS = ['(?i)', '(?s)', '(?m)', '(?x)', '(?-i)', '(?U)', '(?n)', '(?^)', '(?xx)', '(?^i)', '(?#c)'] as const;
const REFERENCES = ['\\1', '\\2', '\\12', '\\g{-1}', '\\g1', '\\k<n1>', '(?P=n1)', '\\k{n1}'] as const;
const FIXED = ['a', 'b', '/', '.', '\\d', '[ab]', '(?:a|b)', 'a{2}', '^', '\\b'] as const;
const PIECES = [
  'a',
  'b',
  'c',
  'A',
  'B',
  '/',
  '-',
  '1',
  '.',
  '_',
  ' ',
  '\n',
  '\r',
  '\xe9',
  'ab',
  '\x01',
  '*',
  '{',
  ']',
  '#',
  '[',
] as const;

/** Random patterns; most are valid, and most valid ones match something. */
export class Patterns {
  private groups = 0;

  constructor(private readonly random: Random) {}

  pattern(): string {
    this.groups = 0;
    return this.alternatives(3);
  }

  subject(): string {
    return Array.from({ length: this.random.int(8) }, () => this.random.pick(PIECES)).join('');
  }

  private alternatives(depth: number): string {
    return Array.from({ length: this.random.chance(0.3) ? 2 : 1 }, () => this.sequence(depth)).join('|');
  }

  private sequence(depth: number): string {
    const item = (): string => this.item(depth) + (this.random.chance(0.3) ? this.random.pick(QUANTIFIERS) : '');
    return Array.from({ length: this.random.int(4) }, item).join('');
  }

  private item(depth: number): string {
    const { random } = this;
    const inside = (): string => this.alternatives(depth - 1);
    const kinds: readonly (readonly [number, () => string])[] = [
      [6, () => random.pick(ATOMS)],
      [1, () => random.pick(ASSERTIONS)],
      [depth > 0 ? 3 : 0, () => this.capture(inside)],
      [depth > 0 ? 4 : 0, () => `${random.pick(['(?:', '(?i:', '(?>', '(?|', '(?=', '(?!'])}${inside()})`],
      [1, () => `${random.pick(['(?<=', '(?<!'])}${this.fixed()})`],
      [1, () => random.pick(OPTIONS)],
      [this.groups > 0 ? 1 : 0, () => random.pick(REFERENCES)],
    ];
    return random.weighted(kinds)();
  }

  private capture(inside: () => string): string {
    const name = `n${++this.groups}`;
    return `${this.random.pick(['(', '(', `(?<${name}>`, `(?P<${name}>`, `(?'${name}'`])}${inside()})`;
  }

  private fixed(): string {
    return Array.from({ length: this.random.int(4) }, () => this.random.pick(FIXED)).join('');
  }
}
