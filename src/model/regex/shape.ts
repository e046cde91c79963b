import { UNBOUNDED } from './ast';
import type { Node, Parsed } from './ast';
import { addAll, NEWLINE, setOf } from './charset';
import type { CharSet } from './charset';

/** Where a match can begin at all: a search tries no other place. */
export interface Start {
  /** `subject`: at offset 0 only; `line`: there and after newlines; `anywhere`. */
  readonly at: 'subject' | 'line' | 'anywhere';
  /** Bytes a match can begin with; null when it may be empty or begin with anything. */
  readonly first: CharSet | null;
}

export function startsWith({ root, references }: Parsed): Start {
  const first = firstBytes(root);
  return { at: anchor(root, !references), first: first.nullable ? null : first.set };
}

/** The length of everything the node matches, in bytes; null when it varies. */
export function fixedLength(node: Node): number | null {
  switch (node.kind) {
    case 'char':
    case 'set':
      return 1;
    case 'sequence':
      return node.items.reduce<number | null>((sum, item) => add(sum, fixedLength(item)), 0);
    case 'alternation':
      return node.branches.map(fixedLength).reduce((common, length) => (common === length ? common : null));
    case 'capture':
    case 'atomic':
      return fixedLength(node.body);
    case 'repeat': {
      const length = node.min === node.max ? fixedLength(node.body) : null;
      return length === null ? null : length * node.min;
    }
    case 'assert':
    case 'look':
      return 0;
    case 'backref':
    case 'keep':
      return null;
  }
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** About how large PCRE2's compiled form is: it writes counted groups out. */
export function size(node: Node): number {
  switch (node.kind) {
    case 'set':
      return 33;
    case 'sequence':
      return node.items.reduce((sum, item) => sum + size(item), 0);
    case 'alternation':
      return node.branches.reduce((sum, branch) => sum + 3 + size(branch), 6);
    case 'capture':
    case 'atomic':
    case 'look':
      return 8 + size(node.body);
    case 'repeat':
      return repeatSize(size(node.body), node.body.kind === 'char' || node.body.kind === 'set', node);
    default:
      return 3;
  }
}

function repeatSize(body: number, single: boolean, { min, max }: { min: number; max: number }): number {
  const copies = max === UNBOUNDED ? Math.max(min, 1) : Math.max(max, 1);
  return single ? body + 6 : (body + 6) * copies;
}

interface First {
  readonly set: CharSet;
  readonly nullable: boolean;
}

const NOTHING: First = { set: setOf([]), nullable: true };

function firstBytes(node: Node): First {
  switch (node.kind) {
    case 'char':
      return { set: setOf([[node.code, node.code]]), nullable: false };
    case 'set':
      return { set: node.set, nullable: false };
    case 'sequence':
      return firstOfSequence(node.items);
    case 'alternation':
      return union(node.branches.map(firstBytes));
    case 'capture':
    case 'atomic':
      return firstBytes(node.body);
    case 'repeat': {
      const { set, nullable } = firstBytes(node.body);
      return { set, nullable: nullable || node.min === 0 };
    }
    case 'backref':
      return { set: setOf([[0, 255]]), nullable: true };
    default:
      return NOTHING;
  }
}

function firstOfSequence(items: readonly Node[]): First {
  const set = setOf([]);
  for (const item of items) {
    const first = firstBytes(item);
    addAll(set, first.set);
    if (!first.nullable) return { set, nullable: false };
  }
  return { set, nullable: true };
}

function union(all: readonly First[]): First {
  const set = setOf([]);
  for (const first of all) addAll(set, first.set);
  return { set, nullable: all.some((first) => first.nullable) };
}

/** `free`: a leading `.*` may serve as an anchor, for nothing refers back to it and nothing keeps it from giving back. */
function anchor(node: Node, free: boolean): Start['at'] {
  switch (node.kind) {
    case 'assert':
      return node.what === 'start' ? 'subject' : node.what === 'line-start' ? 'line' : 'anywhere';
    case 'sequence':
      return node.items[0] === undefined ? 'anywhere' : anchor(node.items[0], free);
    case 'alternation':
      return loosest(node.branches.map((branch) => anchor(branch, free)));
    case 'capture':
      return anchor(node.body, free);
    case 'atomic':
      return anchor(node.body, false);
    case 'repeat': {
      if (!free || node.body.kind !== 'set' || node.max !== UNBOUNDED || node.mode === 'possessive') return 'anywhere';
      return node.min === 0 ? reach(node.body.set) : 'anywhere';
    }
    default:
      return 'anywhere';
  }
}

/** What a leading `x*` skips over: everything, everything in a line, or less. */
function reach(set: CharSet): Start['at'] {
  const missing = set.reduce((count, flag) => count + (flag === 1 ? 0 : 1), 0);
  if (missing === 0) return 'subject';
  return missing === 1 && set[NEWLINE] === 0 ? 'line' : 'anywhere';
}

function loosest(all: readonly Start['at'][]): Start['at'] {
  if (all.includes('anywhere')) return 'anywhere';
  return all.includes('line') ? 'line' : 'subject';
}
