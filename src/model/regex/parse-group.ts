import { EMPTY, invalid, unsupported } from './ast';
import type { Node } from './ast';
import { pythonReference } from './parse-escape';
import { NO_FLAGS } from './reader';
import type { Flags, Reader } from './reader';

const NAME_LIMIT = 32;

/** Reads alternatives up to, not including, the closing parenthesis. */
type Inside = (reader: Reader, branchReset?: boolean) => Node;

/** What follows `(`; null for an option setting that goes on to the end of the enclosing group. */
export function parseGroup(reader: Reader, inside: Inside): Node | null {
  if (reader.peek() === '*') throw unsupported('a verb (*...)');
  if (!reader.take('?')) return reader.flags.n ? wrapped(enclosed(reader, inside)) : capture(reader, inside, null);
  if (reader.take(':')) return wrapped(enclosed(reader, inside));
  if (reader.take('|')) return wrapped(enclosed(reader, inside, true));
  if (reader.take('>')) return atomic(enclosed(reader, inside));
  if (reader.take('=')) return look(reader, inside, false, false);
  if (reader.take('!')) return look(reader, inside, false, true);
  if (reader.take('<=')) return look(reader, inside, true, false);
  if (reader.take('<!')) return look(reader, inside, true, true);
  if (reader.take('P=')) return pythonReference(reader);
  if (/^(?:[R(&C*]|[+-]?\d|P>|<\*)/.test(reader.text.slice(reader.at, reader.at + 2)))
    throw unsupported(`(?${reader.peek()}`);
  if (reader.looksAt('<') || reader.looksAt('P<') || reader.looksAt("'")) return named(reader, inside);
  return options(reader, inside);
}

function named(reader: Reader, inside: Inside): Node {
  const found = reader.scan(/(?:P?<(\w*)>|'(\w*)')/y);
  const name = found?.[1] ?? found?.[2] ?? '';
  if (found === null || name === '' || /^\d/.test(name)) throw invalid('subpattern name expected');
  if (name.length > NAME_LIMIT) throw invalid('subpattern name is too long (maximum 32 code units)');
  return capture(reader, inside, name);
}

function capture(reader: Reader, inside: Inside, name: string | null): Node {
  const group = ++reader.groups;
  if (name !== null) declare(reader, name, group);
  reader.open.push(group);
  const body = enclosed(reader, inside);
  reader.open.pop();
  return { kind: 'capture', group, body };
}

/** In `(?|` several groups share a number: then they share their name too. */
function declare(reader: Reader, name: string, group: number): void {
  const known = reader.names.get(name);
  if (known === group) return;
  if (known !== undefined) throw invalid('two named subpatterns have the same name (PCRE2_DUPNAMES not set)');
  if ([...reader.names.values()].includes(group))
    throw invalid('different names for subpatterns of the same number are not allowed');
  reader.names.set(name, group);
}

/** Alternatives up to the closing parenthesis; options set inside end with it. */
function enclosed(reader: Reader, inside: Inside, branchReset = false): Node {
  const flags = reader.flags;
  const body = inside(reader, branchReset);
  if (!reader.take(')')) throw invalid('missing closing parenthesis');
  reader.flags = flags;
  return body;
}

/** PCRE2 10.42 does not match `b` with `b?(?>|a)b`: it takes what stands before for possessive. */
function atomic(body: Node): Node {
  const branches = body.kind === 'alternation' ? body.branches.slice(0, -1) : [];
  if (branches.includes(EMPTY)) throw unsupported('an atomic group with an empty alternative before others');
  return { kind: 'atomic', body };
}

function look(reader: Reader, inside: Inside, behind: boolean, negative: boolean): Node {
  reader.looking++;
  const body = enclosed(reader, inside);
  reader.looking--;
  return { kind: 'look', behind, negative, body };
}

/** `(?i)` and `(?i:...)`. */
function options(reader: Reader, inside: Inside): Node | null {
  const found = reader.scan(/(\^?)([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y);
  if (found === null) throw invalid('unrecognized character after (? or (?-');
  if (found[1] === '^' && found[3] !== undefined) throw invalid('invalid hyphen in option setting');
  const outer = reader.flags;
  const base = found[1] === '^' ? { ...NO_FLAGS, U: outer.U } : outer;
  const set = switched(base, found[2] ?? '', true);
  reader.flags = switched(set, found[3] ?? '', false);
  if (found[4] === ')') return null;
  const body = enclosed(reader, inside);
  reader.flags = outer;
  return wrapped(body);
}

/** Keeps a group's alternatives from being taken for those of a look-behind around it. */
function wrapped(body: Node): Node {
  return { kind: 'sequence', items: [body] };
}

function switched(flags: Flags, letters: string, on: boolean): Flags {
  let result = flags;
  for (const [index, letter] of [...letters].entries()) {
    if (letter === 'J') throw unsupported('(?J)');
    if (!'imsxnU'.includes(letter)) throw invalid('unrecognized character after (? or (?-');
    result = { ...result, [letter]: on };
    if (letter === 'x') result = { ...result, xx: on && (letters[index - 1] === 'x' || letters[index + 1] === 'x') };
  }
  return result;
}
