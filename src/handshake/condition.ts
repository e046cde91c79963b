import { conditionText } from '../model/condition-words';
import type { Setting } from '../model/scope';
import { isFilled, isKnown, unknown } from '../model/value';
import type { Value } from '../model/value';
import { variable } from '../model/variables';
import { conditionOf } from './condition-of';
import type { Condition } from './condition-of';
import { chooseMatch, remember } from './matching';
import { clientDecides } from './open';
import { step } from './run';
import type { Run } from './run';
import { expand } from './script';
import type { Engine } from './script';

/** Whether the block of an `if` is entered. A condition that cannot be known becomes a choice of the run. */
export function holds(setting: Setting, run: Run, engine: Engine): boolean {
  const condition = conditionOf(setting);
  if (condition === null) return false;
  const text = conditionText(setting.directive);
  const result = judge(condition, run, engine);
  if (typeof result === 'boolean') {
    if (run.request.open === true && clientDecides(run.configuration, condition.variable)) {
      const decision = run.choices.decide(`clients may send what ${text} tests`, result);
      step(run, `${text} is taken to be ${decision ? 'true' : 'false'}: clients may send what it tests`, setting);
      return decision;
    }
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
    // a switch that somebody sets by a file, rather than a file that is asked for
    if (operator.startsWith('!') && condition.operand.constant !== null) return unknown('whether the file exists');
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
