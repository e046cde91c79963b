import type { CharSet } from './charset';

export type Assertion = 'start' | 'line-start' | 'end' | 'line-end' | 'very-end' | 'word' | 'not-word';

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

/** A parsed pattern. Depth is bounded by PCRE's own limit on nested parentheses. */
export type Node =
  | CharNode
  | SetNode
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'alternation'; readonly branches: readonly Node[] }
  | { readonly kind: 'capture'; readonly group: number; readonly body: Node }
  | { readonly kind: 'atomic'; readonly body: Node }
  | RepeatNode
  | { readonly kind: 'assert'; readonly what: Assertion }
  | LookNode
  | { readonly kind: 'backref'; readonly target: Reference; readonly caseless: boolean }
  | { readonly kind: 'keep' };

/** A reference to a group, by number once all groups are known. */
export interface Reference {
  readonly group: number;
}

export interface CharNode {
  readonly kind: 'char';
  readonly code: number;
}

export interface SetNode {
  readonly kind: 'set';
  readonly set: CharSet;
  /** The letter as written, for a literal that ignores case; -1 for a class. */
  readonly written: number;
}

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly body: Node;
  readonly min: number;
  /** `UNBOUNDED` when there is no upper limit. */
  readonly max: number;
  readonly mode: RepeatMode;
}

export interface LookNode {
  readonly kind: 'look';
  readonly behind: boolean;
  readonly negative: boolean;
  readonly body: Node;
}

export const UNBOUNDED = 0x7fffffff;

export const EMPTY: Node = { kind: 'sequence', items: [] };

export function sequence(items: readonly Node[]): Node {
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
}

export function alternation(branches: readonly Node[]): Node {
  return branches.length === 1 && branches[0] !== undefined ? branches[0] : { kind: 'alternation', branches };
}

/** Parsed pattern with what its groups are called. */
export interface Parsed {
  readonly root: Node;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** Whether something refers back to a group. */
  readonly references: boolean;
}

/** Why a pattern cannot be compiled: PCRE refuses it, or this implementation does not cover it. Internal. */
export class RegexFault extends Error {
  constructor(
    readonly verdict: 'invalid' | 'unsupported',
    message: string,
  ) {
    super(message);
  }
}

export function invalid(message: string): RegexFault {
  return new RegexFault('invalid', message);
}

export function unsupported(message: string): RegexFault {
  return new RegexFault('unsupported', message);
}
