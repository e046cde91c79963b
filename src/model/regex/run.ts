import { spend } from '../effort';
import { holds } from './assertions';
import { lower, NEWLINE } from './charset';
import { OP } from './instructions';
import type { Instruction, Loop, Program } from './instructions';

/** Steps granted to one match: a floor, and more for long subjects, so that what is linear always ends. */
const STEPS = 200_000;
const STEPS_PER_BYTE = 20;

/** The bound of an entry that is no repeat. */
const PLAIN = -1;

/** Registers of the first match in the subject, null when there is none, `unknown` when the steps ran out. */
export function run(program: Program, subject: string): Int32Array | null | 'unknown' {
  const machine = new Machine(program, subject);
  const found = search(machine, program, subject);
  spend(1 + (machine.steps >> 5));
  return found;
}

function search(machine: Machine, program: Program, subject: string): Int32Array | null | 'unknown' {
  const { at, first } = program.start;
  for (let start = 0; start <= subject.length; start++) {
    if (at === 'line' && start > 0 && subject.charCodeAt(start - 1) !== NEWLINE) continue;
    if (first !== null && first[subject.charCodeAt(start)] !== 1) {
      if (at === 'subject') break;
      continue;
    }
    const verdict = machine.matchAt(start);
    if (verdict !== false) return verdict === 'unknown' ? verdict : machine.registers;
    if (at === 'subject') break;
  }
  return null;
}

/**
 * A backtracking matcher whose stack is its own. An entry is three numbers: `(pc, position, bound)` is a way not yet
 * tried, `(~register, value, PLAIN)` undoes a store. `bound` serves repeats of one byte: how far they may give back, or go.
 */
class Machine {
  readonly registers: Int32Array;
  private readonly code: readonly Instruction[];
  private stack: number[] = [];
  steps = 0;
  private readonly limit: number;
  private pc = 0;
  private at = 0;

  constructor(
    private readonly program: Program,
    private readonly subject: string,
  ) {
    this.code = program.code;
    this.registers = new Int32Array(program.registers);
    this.limit = STEPS + STEPS_PER_BYTE * subject.length;
  }

  matchAt(start: number): boolean | 'unknown' {
    this.registers.fill(-1);
    this.registers[0] = start;
    this.stack = [];
    this.pc = 0;
    this.at = start;
    for (;;) {
      if (++this.steps > this.limit) return 'unknown';
      const instruction = this.code[this.pc];
      if (instruction === undefined || instruction.op === OP.match) break;
      if (!this.execute(instruction) && !this.backtrack()) return false;
    }
    this.registers[1] = this.at;
    return true;
  }

  /** Moves on by one instruction; false when it fails here. */
  private execute(instruction: Instruction): boolean {
    this.pc++;
    const { op, x, y } = instruction;
    switch (op) {
      case OP.char:
        return this.subject.charCodeAt(this.at++) === x;
      case OP.set:
        return instruction.set[this.subject.charCodeAt(this.at++)] === 1;
      case OP.split:
        this.stack.push(x, this.at, PLAIN);
        return true;
      case OP.jump:
        this.pc = x;
        return true;
      case OP.store:
        return this.store(x, this.at);
      case OP.close:
        this.store(2 * x, this.registers[y] ?? -1);
        return this.store(2 * x + 1, this.at);
      case OP.backref:
      case OP.backrefCaseless:
        return this.refer(x, op === OP.backrefCaseless);
      case OP.greedy:
      case OP.lazy:
      case OP.possessive:
        return this.repeat(instruction);
      case OP.mark:
        // What undoes the mark itself must stay below it.
        return this.store(x, this.stack.length + 3);
      case OP.cut:
        return this.cut(this.registers[x] ?? 0);
      case OP.refuse:
        return this.refuse(this.registers[x] ?? 0);
      case OP.restore:
        this.at = this.registers[x] ?? 0;
        return true;
      case OP.back:
        this.at -= x;
        return this.at >= 0;
      case OP.loopStart:
        return this.store(x, 0);
      case OP.loopTest:
        return instruction.loop !== null && this.loopTest(instruction.loop);
      case OP.loopNext:
        return instruction.loop !== null && this.loopNext(instruction.loop, x, y === 1);
      case OP.keep:
        return this.store(0, this.at);
      default:
        return holds(op, this.subject, this.at);
    }
  }

  private store(register: number, value: number): boolean {
    this.stack.push(~register, this.registers[register] ?? -1, PLAIN);
    this.registers[register] = value;
    return true;
  }

  /** Takes the latest way not yet tried; false when there is none. */
  private backtrack(): boolean {
    const { stack } = this;
    while (stack.length > 0) {
      const bound = stack.pop() ?? 0;
      const at = stack.pop() ?? 0;
      const pc = stack.pop() ?? 0;
      if (pc < 0) this.registers[~pc] = at;
      else if (this.resume(pc, at, bound)) return true;
    }
    return false;
  }

  private resume(pc: number, at: number, bound: number): boolean {
    const instruction = this.code[pc];
    this.pc = pc;
    this.at = at;
    if (bound === PLAIN) return true;
    if (instruction?.op === OP.greedy) {
      if (at > bound) this.stack.push(pc, at - 1, bound);
      this.pc++;
    } else if (instruction?.op === OP.lazy) {
      if (instruction.set[this.subject.charCodeAt(at)] !== 1) return false;
      this.at++;
      if (this.at < bound) this.stack.push(pc, this.at, bound);
      this.pc++;
    }
    return true;
  }

  private repeat({ op, x: min, y: max, set }: Instruction): boolean {
    const start = this.at;
    const most = Math.min(op === OP.lazy ? min : max, this.subject.length - start);
    let taken = 0;
    while (taken < most && set[this.subject.charCodeAt(start + taken)] === 1) taken++;
    this.steps += taken >> 3;
    if (taken < min) return false;
    this.at = start + taken;
    if (op === OP.greedy && taken > min) this.stack.push(this.pc - 1, this.at - 1, start + min);
    if (op === OP.lazy && max > min) this.stack.push(this.pc - 1, this.at, start + max);
    return true;
  }

  private cut(height: number): boolean {
    const { stack } = this;
    let kept = height;
    for (let entry = height; entry < stack.length; entry += 3) {
      if ((stack[entry] ?? 0) >= 0) continue;
      for (let part = 0; part < 3; part++) stack[kept++] = stack[entry + part] ?? 0;
    }
    this.steps += (stack.length - height) >> 3;
    stack.length = kept;
    return true;
  }

  private refuse(height: number): false {
    const { stack } = this;
    while (stack.length > height) {
      stack.pop();
      const value = stack.pop() ?? 0;
      const pc = stack.pop() ?? 0;
      if (pc < 0) this.registers[~pc] = value;
    }
    return false;
  }

  private refer(group: number, caseless: boolean): boolean {
    const from = this.registers[2 * group] ?? -1;
    const to = this.registers[2 * group + 1] ?? -1;
    if (from < 0 || to < 0) return false;
    this.steps += (to - from) >> 3;
    for (let at = from; at < to; at++) {
      const wanted = this.subject.charCodeAt(at);
      const found = this.subject.charCodeAt(this.at++);
      if (caseless ? lower(wanted) !== lower(found) : wanted !== found) return false;
    }
    return true;
  }

  private loopTest(loop: Loop): boolean {
    const count = this.registers[loop.count] ?? 0;
    if (count < loop.min) this.pc = loop.body;
    else if (count >= loop.max) this.pc = loop.exit;
    else {
      this.stack.push(loop.lazy ? loop.body : loop.exit, this.at, PLAIN);
      this.pc = loop.lazy ? loop.exit : loop.body;
    }
    return true;
  }

  /** After a round: an empty one ends a loop without upper limit, as PCRE does it, and only there. */
  private loopNext(loop: Loop, test: number, unbounded: boolean): boolean {
    const count = (this.registers[loop.count] ?? 0) + 1;
    const idle = unbounded && count >= loop.min && this.at === this.registers[loop.count + 1];
    this.store(loop.count, count);
    this.pc = idle ? loop.exit : test;
    return true;
  }
}
