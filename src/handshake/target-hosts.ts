import { compileRegex, isRegex } from '../model/regex/regex';
import { samplesFor } from '../model/regex/sample';
import type { Scope } from '../model/scope';
import { once } from '../text/once';
import { conditionOf } from './condition-of';
import type { Condition } from './condition-of';

const MOST_CONDITIONS = 10;

/** Hosts that a block's condition lets in: `if ($host = a.example)`. */
export function hostsInside(block: Scope | null): readonly string[] {
  const condition = block?.kind === 'if' && block.opener !== null ? conditionOf(block.opener) : null;
  return condition === null || condition.operator.startsWith('!') ? [] : hostsIn(condition);
}

/** Hosts that a server does not turn away: `if ($host != www.a.example) { return 301 ...; }`. */
export const hostsLetBy = once((server: Scope): readonly string[] => {
  const conditions = server.own('if').slice(0, MOST_CONDITIONS).map(conditionOf);
  return conditions.flatMap((condition) => (condition?.operator.startsWith('!') === true ? hostsIn(condition) : []));
});

function hostsIn({ operator, variable, operand }: Condition): readonly string[] {
  if (variable !== 'host' && variable !== 'http_host') return [];
  const names = accepted(operator.replace(/^!/, ''), operand.source);
  return names.filter((name) => /^[\w.-]+$/.test(name)).map(wholeName);
}

/** Values that make a comparison true: `=` with one, `~` with a regex. */
export function accepted(operator: string, operand: string): readonly string[] {
  if (operator === '=') return [operand];
  const regex = compileRegex(operand, operator.endsWith('*'));
  return isRegex(regex) ? samplesFor(regex, 2) : [];
}

/** A name may not end in a dot, where a regex leaves its end open: `^ws\d+\.`. */
export function wholeName(sample: string): string {
  return sample.endsWith('.') ? `${sample}example` : sample;
}
