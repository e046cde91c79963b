import { invalid, unsupported } from './ast';
import type { Node } from './ast';
import { addAll, complement, foldCase, posixSet, setOf, typeSet } from './charset';
import type { CharSet } from './charset';
import { readCode } from './parse-escape';
import type { Reader } from './reader';

/** One element of a class: a byte, which may start a range, or a set, which may not. */
type Element = number | CharSet;

/** `[...]`; the reader stands after the bracket. */
export function parseClass(reader: Reader): Node {
  if (/^(?::[<>]:\]\])/.test(reader.text.slice(reader.at + 1, reader.at + 6)) && reader.peek() === '[')
    throw unsupported('[[:<:]] and [[:>:]]');
  if (posixEnd(reader.text, reader.at) >= 0) throw invalid('POSIX named classes are supported only within a class');
  const negated = reader.take('^');
  const set = setOf([]);
  let first = true;
  for (;;) {
    skipQuotes(reader);
    if (reader.done) throw invalid('missing terminating ] for character class');
    if (!first && !reader.quoted && reader.take(']')) break;
    first = false;
    readElements(reader, set);
  }
  const folded = reader.flags.i ? foldCase(set) : set;
  return { kind: 'set', set: negated ? complement(folded) : folded, written: -1 };
}

/** `\Q` and `\E`, and under `(?xx)` spaces and tabs. */
function skipQuotes(reader: Reader): void {
  for (;;) {
    if (reader.take('\\E')) reader.quoted = false;
    else if (!reader.quoted && reader.take('\\Q')) reader.quoted = true;
    else if (!reader.quoted && reader.flags.xx && (reader.peek() === ' ' || reader.peek() === '\t')) reader.at++;
    else return;
  }
}

function readElements(reader: Reader, set: CharSet): void {
  const from = readElement(reader);
  skipQuotes(reader);
  if (reader.quoted || reader.peek() !== '-') return add(set, from);
  const dash = reader.at++;
  skipQuotes(reader);
  if (reader.done || (!reader.quoted && reader.peek() === ']')) {
    reader.at = dash + 1;
    add(set, from);
    return add(set, 0x2d);
  }
  const to = readElement(reader);
  // A literal hyphen for PCRE 8 and Perl, an error for PCRE2.
  if (typeof from !== 'number' || typeof to !== 'number') throw unsupported('a hyphen beside a class in a class');
  if (to < from) throw invalid('range out of order in character class');
  addAll(set, setOf([[from, to]]));
}

function add(set: CharSet, element: Element): void {
  if (typeof element === 'number') set[element] = 1;
  else addAll(set, element);
}

function readElement(reader: Reader): Element {
  if (reader.quoted) return reader.next().charCodeAt(0);
  if (reader.peek() === '[') {
    const named = readPosix(reader);
    if (named !== null) return named;
  }
  if (reader.peek() !== '\\') return reader.next().charCodeAt(0);
  reader.at++;
  return readClassEscape(reader);
}

/**
 * Where `:]` stands that ends what begins with `:` at `at` (also `.` and `=`); -1 when that is no such thing. The rules
 * are those of PCRE2's check_posix_syntax: a bracket inside means it is none.
 */
function posixEnd(text: string, at: number): number {
  const mark = text[at] ?? '';
  if (mark !== ':' && mark !== '.' && mark !== '=') return -1;
  for (let end = at + 1; end + 1 < text.length; end++) {
    if (text[end] === '\\' && (text[end + 1] === ']' || text[end + 1] === '\\')) end++;
    else if (text[end] === ']' || (text[end] === '[' && text[end + 1] === mark)) return -1;
    else if (text[end] === mark && text[end + 1] === ']') return end;
  }
  return -1;
}

/** `[:alpha:]`, `[:^alpha:]`; null when this bracket is literal. */
function readPosix(reader: Reader): CharSet | null {
  const end = posixEnd(reader.text, reader.at + 1);
  if (end < 0) return null;
  if (reader.peek(1) !== ':') throw invalid('POSIX collating elements are not supported');
  const text = reader.text.slice(reader.at + 2, end);
  const set = posixSet(text.replace(/^\^/, ''), reader.flags.i);
  if (set === null) throw invalid('unknown POSIX class name');
  reader.at = end + 2;
  return text.startsWith('^') ? complement(set) : set;
}

function readClassEscape(reader: Reader): Element {
  if (reader.done) throw invalid('\\ at end of pattern');
  const letter = reader.peek();
  const set = typeSet(letter);
  if (set !== null) {
    reader.at++;
    return set;
  }
  if (letter === 'b') {
    reader.at++;
    return 8;
  }
  if ('pPgk'.includes(letter)) throw unsupported(`\\${letter}`);
  if ('BRXN'.includes(letter)) throw invalid(`escape sequence \\${letter} is invalid in character class`);
  return readCode(reader);
}
