import type { Directive } from '../syntax/nodes';
import { MASK, isSecretName } from '../text/secret-names';

/** What stands in the parentheses, which are part of the first and last word, or words of their own; null without. */
export function conditionWords(args: readonly string[]): readonly string[] | null {
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

/** An `if` as nginx reads it. What is compared with a secret is one. */
export function conditionText({ args }: Directive): string {
  const [first = '', ...others] = conditionWords(args) ?? [];
  const operands = others.map((word, index) => (index > 0 && isSecretName(first) ? MASK : quoted(word)));
  return `if (${[first, ...operands].join(' ')})`;
}

function quoted(word: string): string {
  return word === '' || /[\s"'();{}]/.test(word) ? JSON.stringify(word) : word;
}

/** The `if` of a route: its words one after the other, by which baselines know it, unless they tell a secret. */
export function conditionLabel(directive: Directive): string {
  const [first = ''] = conditionWords(directive.args) ?? [];
  return isSecretName(first) ? conditionText(directive) : `if ${directive.args.join(' ')}`;
}
