import { UNBOUNDED, unsupported } from './ast';
import type { LookNode, Node, Parsed, RepeatNode } from './ast';
import { setOf } from './charset';
import type { CharSet } from './charset';
import { OP } from './instructions';
import type { Instruction, Loop, Program } from './instructions';
import { fixedLength, size, startsWith } from './shape';

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
