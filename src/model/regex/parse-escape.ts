import { invalid, unsupported } from './ast';
import type { Assertion, Node } from './ast';
import { complement, isLetter, NEWLINE, setOf, typeSet } from './charset';
import { literal } from './literal';
import type { Reader } from './reader';

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'start',
  // nginx starts every match at offset 0.
  G: 'start',
  Z: 'end',
  z: 'very-end',
  b: 'word',
  B: 'not-word',
};

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** What follows a backslash outside a class; the reader stands after the backslash. */
export function parseEscape(reader: Reader): Node {
  if (reader.done) throw invalid('\\ at end of pattern');
  const letter = reader.peek();
  if (letter >= '1' && letter <= '9') {
    const node = numberedReference(reader);
    if (node !== null) return node;
  }
  const special = specialEscape(reader, letter);
  if (special !== null) return special;
  return literal(readCode(reader), reader.flags);
}

function specialEscape(reader: Reader, letter: string): Node | null {
  const set = letter === 'N' ? notNewline(reader) : typeSet(letter);
  if (set !== null) return moved(reader, { kind: 'set', set, written: -1 });
  if (Object.hasOwn(ASSERTIONS, letter)) return moved(reader, { kind: 'assert', what: ASSERTIONS[letter] ?? 'start' });
  switch (letter) {
    case 'K':
      if (reader.looking > 0) throw unsupported('\\K in a look-around');
      return moved(reader, { kind: 'keep' });
    case 'g':
    case 'k':
      return namedReference(reader);
    // `\R`: PCRE2 takes `.` and it for disjoint when it makes repeats possessive by itself, though `.` matches CR.
    case 'R':
    case 'C':
    case 'X':
    case 'p':
    case 'P':
      throw unsupported(`\\${letter}`);
    default:
      return null;
  }
}

function moved(reader: Reader, node: Node): Node {
  reader.at++;
  return node;
}

function notNewline(reader: Reader): Uint8Array {
  if (reader.peek(1) === '{' && !/^N\{\d+(?:,\d*)?\}/.test(reader.text.slice(reader.at, reader.at + 20)))
    throw invalid('\\N{name} is not supported');
  return complement(setOf([[NEWLINE, NEWLINE]]));
}

/** `\1`: a reference below 10, or to as many groups as there are so far; otherwise null, and octal or a literal. */
function numberedReference(reader: Reader): Node | null {
  const digits = /^\d+/.exec(reader.text.slice(reader.at, reader.at + 12))?.[0] ?? '';
  const group = Number(digits);
  if (group >= 10 && digits < '8' && group > reader.groups) return null;
  reader.at += digits.length;
  return reference(reader, group, null);
}

function reference(reader: Reader, group: number, name: string | null): Node {
  const pending = { group, name, within: [...reader.open] };
  reader.references.push(pending);
  return { kind: 'backref', target: pending, caseless: reader.flags.i };
}

/** `\g1`, `\g{-1}`, `\g{name}`, `\k<name>`, `\k'name'`, `\k{name}`; `\g<` and `\g'` call a group. */
function namedReference(reader: Reader): Node {
  const letter = reader.next();
  const numbered = letter === 'g' ? reader.scan(/(?:\{([+-]?)(\d{1,5})\}|([+-]?)(\d{1,5}))/y) : null;
  if (numbered !== null) {
    const sign = numbered[1] ?? numbered[3] ?? '';
    const number = Number(numbered[2] ?? numbered[4]);
    if (sign !== '' && number === 0) throw invalid('a relative value of zero is not allowed');
    return reference(reader, absolute(reader.groups, sign, number), null);
  }
  const named = reader.scan(letter === 'k' ? /(?:<(\w+)>|'(\w+)'|\{(\w+)\})/y : /\{(\w+)\}/y);
  if (named !== null) return reference(reader, 0, named[1] ?? named[2] ?? named[3] ?? '');
  if (letter === 'g' && (reader.peek() === '<' || reader.peek() === "'")) throw unsupported('calling a group');
  throw unsupported(`\\${letter} with this name`);
}

function absolute(groups: number, sign: string, number: number): number {
  if (sign === '-') return groups - number + 1;
  return sign === '+' ? groups + number : number;
}

/** `(?P=name)`; the reader stands on the name. */
export function pythonReference(reader: Reader): Node {
  const named = reader.scan(/(\w+)\)/y);
  if (named === null) throw invalid('subpattern name expected');
  return reference(reader, 0, named[1] ?? '');
}

/** The byte an escape stands for, in a class as outside; the reader stands after the backslash. */
export function readCode(reader: Reader): number {
  const letter = reader.next();
  const code = letter.charCodeAt(0);
  if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter] ?? 0;
  if (letter === 'x') return readHex(reader);
  if (letter === 'o') return checked(parseInt(braced(reader, /\{([0-7]+)\}/y, '\\o'), 8));
  if (letter === 'c') return readControl(reader);
  if (letter >= '0' && letter <= '7') return readOctal(reader, letter);
  if (isLetter(code)) throw invalid(`unrecognized character follows \\: ${letter}`);
  return code;
}

function readHex(reader: Reader): number {
  if (reader.peek() === '{') return checked(parseInt(braced(reader, /\{([0-9A-Fa-f]+)\}/y, '\\x'), 16));
  return parseInt(`0${reader.scan(/[0-9A-Fa-f]{1,2}/y)?.[0] ?? ''}`, 16);
}

function braced(reader: Reader, pattern: RegExp, what: string): string {
  const found = reader.scan(pattern);
  // Spaces inside are allowed from PCRE2 10.43 on.
  if (found === null) throw unsupported(`${what} without its number in braces`);
  return found[1] ?? '';
}

function checked(code: number): number {
  if (!(code <= 0xff)) throw invalid('character code point value in \\x{} or \\o{} is too large');
  return code;
}

function readControl(reader: Reader): number {
  const code = reader.next().toUpperCase().charCodeAt(0);
  if (!(code >= 0x20 && code <= 0x7e)) throw invalid('\\c must be followed by a printable ASCII character');
  return code ^ 0x40;
}

/** `\0` and up to two more digits, or up to three digits: the lowest eight bits must hold it. */
function readOctal(reader: Reader, first: string): number {
  const rest = reader.scan(/[0-7]{1,2}/y)?.[0] ?? '';
  const code = parseInt(first + rest, 8);
  if (code > 0xff) throw invalid('octal value is greater than \\377 in 8-bit non-UTF-8 mode');
  return code;
}
