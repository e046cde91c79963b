import { conditionWords } from '../model/condition-words';
import type { Setting } from '../model/scope';
import { compileTemplate, wordBytes } from '../model/template';
import type { Template } from '../model/template';
import { once } from '../text/once';

/** The condition of an `if` (ngx_http_rewrite_if_condition). */
export interface Condition {
  /** `-f` and the like, `''` for a variable alone. */
  readonly operator: string;
  /** Lower-case name of the variable that is tested; empty for file tests. */
  readonly variable: string;
  readonly operand: Template;
}

/** null when nginx refuses the condition. */
export const conditionOf = once((setting: Setting): Condition | null =>
  parseCondition(setting.directive.args.map((word) => wordBytes(setting, word))),
);

function parseCondition(args: readonly string[]): Condition | null {
  const words = conditionWords(args);
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
