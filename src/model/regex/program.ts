import { UNBOUNDED, unsupported } from './ast';
import type { LookNode, Node, Parsed, RepeatNode } from './ast';
import { setOf } from './charset';
import type { CharSet } from './charset';
import { fixedLength, size, startsWith } from './shape';
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

/** PCRE2 refuses patterns that compile to more than 64K units; long before that they are no configuration. */
const SIZE_LIMIT = 60_000;
const NO_SET = setOf([]);

const ASSERT = {
  start: OP.start,
  'line-start': OP.lineStart,
  end: OP.end,
  'line-end': OP.lineEnd,
  'very-end': OP.veryEnd,
  word: OP.word,
  'not-word': OP.notWord,
} as const;

export function compileProgram(parsed: Parsed): Program {
  if (size(parsed.root) > SIZE_LIMIT) throw unsupported('too large');
  const compiler = new Compiler(parsed.groups);
  compiler.node(parsed.root);
  compiler.emit(OP.match);
  return {
    code: compiler.code,
    registers: compiler.registers,
    groups: parsed.groups,
    start: startsWith(parsed),
  };
}

class Compiler {
  readonly code: Instruction[] = [];
  registers: number;

  constructor(groups: number) {
    this.registers = 2 * (groups + 1);
  }

  emit(op: number, x = 0, y = 0, set: CharSet = NO_SET, loop: Loop | null = null): Instruction {
    const instruction = { op, x, y, set, loop };
    this.code.push(instruction);
    return instruction;
  }

  node(node: Node): void {
    switch (node.kind) {
      case 'char':
        this.emit(OP.char, node.code);
        break;
      case 'set':
        this.emit(OP.set, 0, 0, node.set);
        break;
      case 'sequence':
        for (const item of node.items) this.node(item);
        break;
      case 'alternation':
        this.branches(node.branches, (branch) => this.node(branch));
        break;
      case 'capture':
        this.capture(node.group, node.body);
        break;
      case 'atomic':
        this.atomic(() => this.node(node.body));
        break;
      case 'repeat':
        this.repeat(node);
        break;
      case 'assert':
        this.emit(ASSERT[node.what]);
        break;
      case 'look':
        this.look(node);
        break;
      case 'backref':
        this.emit(node.caseless ? OP.backrefCaseless : OP.backref, node.target.group);
        break;
      case 'keep':
        this.emit(OP.keep);
    }
  }

  private branches(branches: readonly Node[], body: (branch: Node) => void): void {
    const jumps: Instruction[] = [];
    for (const [index, branch] of branches.entries()) {
      const last = index === branches.length - 1;
      const split = last ? null : this.emit(OP.split);
      body(branch);
      if (split === null) continue;
      jumps.push(this.emit(OP.jump));
      split.x = this.code.length;
    }
    for (const jump of jumps) jump.x = this.code.length;
  }

  private capture(group: number, body: Node): void {
    const opened = this.registers++;
    this.emit(OP.store, opened);
    this.node(body);
    this.emit(OP.close, group, opened);
  }

  private atomic(body: () => void): void {
    const mark = this.registers++;
    this.emit(OP.mark, mark);
    body();
    this.emit(OP.cut, mark);
  }

  private repeat(node: RepeatNode): void {
    const { body, mode } = node;
    if (body.kind === 'char' || body.kind === 'set') {
      const set = body.kind === 'set' ? body.set : setOf([[body.code, body.code]]);
      this.emit(OP[mode], node.min, node.max, set);
    } else if (mode === 'possessive') this.atomic(() => this.loop(node));
    else if (node.min !== 1 || node.max !== 1) this.loop(node);
    else this.node(body);
  }

  private loop({ body, min, max, mode }: RepeatNode): void {
    const count = this.registers;
    this.registers += 2;
    const loop: Loop = { count, min, max, lazy: mode === 'lazy', body: 0, exit: 0 };
    this.emit(OP.loopStart, count);
    const test = this.code.length;
    this.emit(OP.loopTest, 0, 0, NO_SET, loop);
    loop.body = this.code.length;
    this.emit(OP.store, count + 1);
    this.node(body);
    this.emit(OP.loopNext, test, max === UNBOUNDED ? 1 : 0, NO_SET, loop);
    loop.exit = this.code.length;
  }

  private look(node: LookNode): void {
    const mark = this.registers++;
    const position = this.registers++;
    this.emit(OP.store, position);
    this.emit(OP.mark, mark);
    const split = node.negative ? this.emit(OP.split) : null;
    if (node.behind) this.behind(node.body);
    else this.node(node.body);
    this.emit(node.negative ? OP.refuse : OP.cut, mark);
    if (split === null) this.emit(OP.restore, position);
    else split.x = this.code.length;
  }

  /** Each alternative has a length of its own; within one, PCRE2 10.42 wants a single length and 10.43 does not. */
  private behind(body: Node): void {
    this.branches(body.kind === 'alternation' ? body.branches : [body], (branch) => {
      const length = fixedLength(branch);
      if (length === null) throw unsupported('a look-behind of variable length');
      this.emit(OP.back, length);
      this.node(branch);
    });
  }
}
