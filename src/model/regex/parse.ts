import { alternation, EMPTY, invalid, sequence, UNBOUNDED, unsupported } from './ast';
import type { Node, Parsed, RepeatMode } from './ast';
import { complement, NEWLINE, setOf } from './charset';
import { literal } from './literal';
import { parseClass } from './parse-class';
import { parseEscape } from './parse-escape';
import { parseGroup } from './parse-group';
import { Reader } from './reader';

/** PCRE2's own limit (PARENS_NEST_LIMIT); it also bounds every recursion here. */
const NEST_LIMIT = 250;
const REPEAT_LIMIT = 65_535;
const NOT_REPEATABLE = 'quantifier does not follow a repeatable item';

const ANY = setOf([[0, 255]]);
const NOT_NEWLINE = complement(setOf([[NEWLINE, NEWLINE]]));

/** Parses a byte string as PCRE2 10.42 does, without UTF mode. Throws RegexFault. */
export function parsePattern(pattern: string, caseless: boolean): Parsed {
  if (/[^\x00-\xff]/.test(pattern)) throw unsupported('not a byte string');
  const reader = new Reader(pattern, caseless);
  const root = parseAlternatives(reader);
  if (!reader.done) throw invalid('unmatched closing parenthesis');
  resolveReferences(reader);
  return { root, groups: reader.groups, names: reader.names, references: reader.references.length > 0 };
}

function resolveReferences(reader: Reader): void {
  for (const reference of reader.references) {
    if (reference.name !== null) reference.group = reader.names.get(reference.name) ?? 0;
    // PCRE2 10.42 gets the least length of `A(x|\\1?)` wrong.
    if (reference.within.includes(reference.group)) throw unsupported('a reference to a group from within');
    if (reference.group < 1 || reference.group > reader.groups) throw invalid('reference to non-existent subpattern');
  }
}

/** Alternatives up to `)` or the end. `branchReset`: each one's groups start from the same number, as in `(?|`. */
function parseAlternatives(reader: Reader, branchReset = false): Node {
  if (++reader.depth > NEST_LIMIT + 1) throw invalid('parentheses are too deeply nested');
  const before = reader.groups;
  let most = before;
  const branches: Node[] = [];
  do {
    if (branchReset) reader.groups = before;
    branches.push(parseSequence(reader));
    most = Math.max(most, reader.groups);
  } while (reader.take('|'));
  reader.groups = most;
  reader.depth--;
  return alternation(branches);
}

function parseSequence(reader: Reader): Node {
  const items: Node[] = [];
  for (;;) {
    reader.skipIgnorable();
    if (reader.done || (!reader.quoted && (reader.peek() === '|' || reader.peek() === ')'))) break;
    const atom = parseAtom(reader);
    if (atom !== null) items.push(withQuantifier(reader, atom));
  }
  return items.length === 0 ? EMPTY : sequence(items);
}

/** Null for an option setting, which is no item. */
function parseAtom(reader: Reader): Node | null {
  if (reader.quoted) return literal(reader.next().charCodeAt(0), reader.flags);
  const character = reader.next();
  switch (character) {
    case '\\':
      return parseEscape(reader);
    case '[':
      return parseClass(reader);
    case '(':
      return parseGroup(reader, parseAlternatives);
    case '.':
      return { kind: 'set', set: reader.flags.s ? ANY : NOT_NEWLINE, written: -1 };
    case '^':
      return { kind: 'assert', what: reader.flags.m ? 'line-start' : 'start' };
    case '$':
      return { kind: 'assert', what: reader.flags.m ? 'line-end' : 'end' };
    case '*':
    case '+':
    case '?':
      throw invalid(NOT_REPEATABLE);
    default:
      return braceOrLiteral(reader, character);
  }
}

function braceOrLiteral(reader: Reader, character: string): Node {
  if (character === '{') {
    reader.at--;
    if (readBraces(reader) !== null) throw invalid(NOT_REPEATABLE);
    reader.at++;
  }
  return literal(character.charCodeAt(0), reader.flags);
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function withQuantifier(reader: Reader, atom: Node): Node {
  reader.skipIgnorable();
  if (reader.quoted) return atom;
  const bounds = readBounds(reader);
  if (bounds === null) return atom;
  if (atom.kind === 'assert' || atom.kind === 'keep') throw invalid(NOT_REPEATABLE);
  if (atom.kind === 'look') throw unsupported('a quantifier on a look-around');
  const mode = readMode(reader);
  if (atom.kind !== 'char' && atom.kind !== 'set' && atom.kind !== 'backref') checkGroup(bounds, mode);
  return { kind: 'repeat', body: atom, ...bounds, mode };
}

/**
 * Where PCRE2 10.42 is wrong by its own documentation: `a+(?:x)?+a` does not match `aaa` (it makes `a+` possessive as if
 * nothing stood between), and `(?:|(^)){0}b` not `ab` (it takes the pattern for an anchored one).
 */
function checkGroup({ min, max }: Bounds, mode: RepeatMode): void {
  if (max === 0) throw unsupported('a group repeated no times');
  if (min === 0 && mode === 'possessive') throw unsupported('an optional possessive group');
}

function readMode(reader: Reader): RepeatMode {
  const start = reader.at;
  reader.skipIgnorable();
  const sign = reader.quoted ? '' : reader.peek();
  if (sign !== '+' && sign !== '?') return reader.flags.U ? 'lazy' : 'greedy';
  // PCRE2 releases differ on what may stand between a quantifier and its suffix.
  if (reader.at !== start) throw unsupported('something between a quantifier and its + or ?');
  reader.at++;
  if (sign === '+') return 'possessive';
  return reader.flags.U ? 'greedy' : 'lazy';
}

function readBounds(reader: Reader): Bounds | null {
  if (reader.take('*')) return { min: 0, max: UNBOUNDED };
  if (reader.take('+')) return { min: 1, max: UNBOUNDED };
  if (reader.take('?')) return { min: 0, max: 1 };
  return reader.peek() === '{' ? readBraces(reader) : null;
}

/** `{n}`, `{n,}`, `{n,m}`; anything else in braces is literal text. */
function readBraces(reader: Reader): Bounds | null {
  // A quantifier from PCRE2 10.43 on, literal text before.
  if (/\{ *(?:,\d+|\d+(?: *, *\d*)?) *\}/y.test(atBrace(reader)) && !/^\{\d+(?:,\d*)?\}/.test(atBrace(reader)))
    throw unsupported('braces that are a quantifier for some releases of PCRE2 only');
  const found = reader.scan(/\{(\d+)(,?)(\d*)\}/y);
  if (found === null) return null;
  const min = Number(found[1]);
  const max = found[2] === '' ? min : found[3] === '' ? UNBOUNDED : Number(found[3]);
  if (min > REPEAT_LIMIT || (max > REPEAT_LIMIT && max !== UNBOUNDED)) throw invalid('number too big in {} quantifier');
  if (min > max) throw invalid('numbers out of order in {} quantifier');
  return { min, max };
}

function atBrace(reader: Reader): string {
  return reader.text.slice(reader.at, reader.at + 40);
}
