import type { Setting } from '../model/scope';
import { compileTemplate, wordBytes } from '../model/template';
import type { Template } from '../model/template';
import { isFilled, isKnown, unknown } from '../model/value';
import type { Value } from '../model/value';
import { variable } from '../model/variables';
import { chooseMatch, remember } from './matching';
import { step } from './run';
import type { Run } from './run';
import { expand } from './script';
import type { Engine } from './script';

/** The condition of an `if` (ngx_http_rewrite_if_condition). */
export interface Condition {
  /** `-f` and the like, `''` for a variable alone. */
  readonly operator: string;
  /** Lower-case name of the variable that is tested; empty for file tests. */
  readonly variable: string;
  readonly operand: Template;
}

const conditions = new WeakMap<Setting, Condition | null>();

/** null when nginx refuses the condition. */
export function conditionOf(setting: Setting): Condition | null {
  let condition = conditions.get(setting);
  if (condition === undefined) {
    condition = parseCondition(setting.directive.args.map((word) => wordBytes(setting, word)));
    conditions.set(setting, condition);
  }
  return condition;
}

function parseCondition(args: readonly string[]): Condition | null {
  const words = stripParentheses(args);
  const [first = '', second, third] = words ?? [];
  const operand = compileTemplate(third ?? '');
  if (words === null) return null;
  if (/^\$./.test(first)) {
    const name = first.slice(1).toLowerCase();
    if (second === undefined) return { operator: '', variable: name, operand };
    const valid = words.length === 3 && /^(?:=|!=|!?~\*?)$/.test(second);
    return valid ? { operator: second, variable: name, operand } : null;
  }
  if (words.length !== 2 || !/^!?-[fdex]$/.test(first)) return null;
  return { operator: first, variable: '', operand: compileTemplate(second ?? '') };
}

/** The parentheses are part of the first and last word, or words of their own. */
function stripParentheses(args: readonly string[]): readonly string[] | null {
  const words = [...args];
  const first = words[0] ?? '';
  if (!first.startsWith('(')) return null;
  if (first === '(') words.shift();
  else words[0] = first.slice(1);
  const last = words.at(-1) ?? '';
  if (!last.endsWith(')')) return null;
  if (last === ')') words.pop();
  else words[words.length - 1] = last.slice(0, -1);
  return words;
}

/** Whether the block of an `if` is entered. A condition that cannot be known becomes a choice of the run. */
export function holds(setting: Setting, run: Run, engine: Engine): boolean {
  const condition = conditionOf(setting);
  if (condition === null) return false;
  const text = `if ${setting.directive.args.join(' ')}`;
  const result = judge(condition, run, engine);
  if (typeof result === 'boolean') {
    step(run, `${text} is ${result ? 'true' : 'false'}`, setting);
    return result;
  }
  const decision = run.choices.decide(`${text}: ${result.unknown}`, false);
  step(run, `${text} is taken to be ${decision ? 'true' : 'false'}: ${result.unknown}`, setting);
  return decision;
}

function judge(condition: Condition, run: Run, engine: Engine): boolean | { readonly unknown: string } {
  const { operator } = condition;
  if (operator.includes('-')) {
    step(run, `assumes that no such file exists: ${condition.operand.source}`);
    return operator.startsWith('!');
  }
  const value = variable(condition.variable, run);
  if (operator === '') return isKnown(value) ? value !== '' && value !== '0' : value;
  if (operator.includes('~')) return matches(condition, value, run);
  const equal = sameValue(value, expand(condition.operand, run, engine.quote));
  return typeof equal === 'boolean' ? equal === (operator === '=') : equal;
}

function sameValue(one: Value, other: Value): boolean | { readonly unknown: string } {
  if (isKnown(one) && isKnown(other)) return one === other;
  if ((one === '' && isFilled(other)) || (other === '' && isFilled(one))) return false;
  return unknown(isKnown(one) ? (isKnown(other) ? '' : other.unknown) : one.unknown);
}

function matches(condition: Condition, value: Value, run: Run): boolean {
  const caseless = condition.operator.endsWith('*');
  const match = chooseMatch(run, condition.operand.source, caseless, value);
  if (match === null) run.captures = [];
  else remember(match, run);
  return (match !== null) !== condition.operator.startsWith('!');
}
