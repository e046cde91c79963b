import type { CharSet } from './charset';
import type { Start } from './shape';

/** Instructions of the matcher, by what `x` and `y` mean to each. */
export const OP = {
  match: 0,
  /** x: the byte. */
  char: 1,
  set: 2,
  /** x: the other branch, tried when this one fails. */
  split: 3,
  /** x: where to. */
  jump: 4,
  /** x: register that takes the position. */
  store: 5,
  /** x: group, y: register that holds where it opened. */
  close: 6,
  /** x: group. */
  backref: 7,
  backrefCaseless: 8,
  /** One-byte item; x: min, y: max. */
  greedy: 9,
  lazy: 10,
  possessive: 11,
  /** x: register that takes the height of the stack. */
  mark: 12,
  /** x: such a register: alternatives since then are given up, what was stored stays. */
  cut: 13,
  /** x: such a register: all since then is undone, and this way fails. */
  refuse: 14,
  /** x: register the position comes from. */
  restore: 15,
  /** x: bytes to step back. */
  back: 16,
  /** x: loop register (count), the next one holds where the round began. */
  loopStart: 17,
  /** One round more, or out: see Loop. */
  loopTest: 18,
  loopNext: 19,
  keep: 20,
  start: 21,
  lineStart: 22,
  end: 23,
  lineEnd: 24,
  veryEnd: 25,
  word: 26,
  notWord: 27,
} as const;

export interface Instruction {
  readonly op: number;
  x: number;
  y: number;
  readonly set: CharSet;
  readonly loop: Loop | null;
}

export interface Loop {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
  body: number;
  exit: number;
}

/** Registers: `2g` and `2g+1` are where group g begins and ends (-1: took no part), then the matcher's own. */
export interface Program {
  readonly code: readonly Instruction[];
  readonly registers: number;
  readonly groups: number;
  readonly start: Start;
}
