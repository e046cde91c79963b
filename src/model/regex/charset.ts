/** A set of bytes: 256 flags. */
export type CharSet = Uint8Array;

export const NEWLINE = 0x0a;

type Range = readonly [from: number, to: number];

export function setOf(ranges: readonly Range[]): CharSet {
  const set = new Uint8Array(256);
  for (const [from, to] of ranges) set.fill(1, from, to + 1);
  return set;
}

export function complement(set: CharSet): CharSet {
  return set.map((flag) => 1 - flag);
}

export function addAll(target: CharSet, more: CharSet): void {
  for (let code = 0; code < 256; code++) if (more[code] === 1) target[code] = 1;
}

/** Both cases of an ASCII letter; PCRE's built-in tables know no other letters (the C locale). */
export function foldCase(set: CharSet): CharSet {
  const folded = set.slice();
  for (let code = 0x41; code <= 0x5a; code++) {
    if (set[code] === 1 || set[code + 32] === 1) folded[code] = folded[code + 32] = 1;
  }
  return folded;
}

export function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x5f;
}

/** White space that `(?x)` skips, and that `\s` matches. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

export function lower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 32 : code;
}

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const UPPER: readonly Range[] = [[0x41, 0x5a]];
const LOWER: readonly Range[] = [[0x61, 0x7a]];
const ALPHA: readonly Range[] = [...UPPER, ...LOWER];
const WORD: readonly Range[] = [...ALPHA, ...DIGIT, [0x5f, 0x5f]];
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

/** `\h` and `\v` hold Latin-1's own even without UTF mode (pcre2pattern, "Generic character types"). */
const TYPES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  h: [
    [0x09, 0x09],
    [0x20, 0x20],
    [0xa0, 0xa0],
  ],
  v: [
    [0x0a, 0x0d],
    [0x85, 0x85],
  ],
};

/** `\d`, `\D`...: the set of a generic character type, null when the letter names none. */
export function typeSet(letter: string): CharSet | null {
  const small = letter.toLowerCase();
  if (!Object.hasOwn(TYPES, small)) return null;
  const set = setOf(TYPES[small] ?? []);
  return letter === small ? set : complement(set);
}

const POSIX: Readonly<Record<string, readonly Range[]>> = {
  alnum: [...ALPHA, ...DIGIT],
  alpha: ALPHA,
  ascii: [[0x00, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0x00, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: DIGIT,
  graph: [[0x21, 0x7e]],
  lower: LOWER,
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: SPACE,
  upper: UPPER,
  word: WORD,
  xdigit: [...DIGIT, [0x41, 0x46], [0x61, 0x66]],
};

/** `[:name:]`; without regard to case, upper and lower mean alpha. */
export function posixSet(name: string, caseless: boolean): CharSet | null {
  if (!Object.hasOwn(POSIX, name)) return null;
  const ranges = caseless && (name === 'upper' || name === 'lower') ? ALPHA : (POSIX[name] ?? []);
  return setOf(ranges);
}
