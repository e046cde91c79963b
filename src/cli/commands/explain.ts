import { rules } from '../../../rules';
import { rulePage } from '../../report/rule-docs';
import type { Invocation } from '../invocation';
import { oneOf } from '../invocation';
import type { Io } from '../io';
import { outputsOf, writeOutput } from '../outputs';
import { ruleJson } from '../../report/rules-json';
import { UsageError } from '../usage-error';

/** What a rule says, why, when it is silent, and from which source. */
export function explainCommand(call: Invocation, io: Io): number {
  const [id, ...rest] = call.operands;
  if (id === undefined || rest.length > 0)
    throw new UsageError('explain takes one rule; nginx-ws-lint rules lists them');
  oneOf(
    'explain',
    id,
    rules.map((rule) => rule.id),
  );
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new RangeError(`no rule ${id}`);
  for (const output of outputsOf(call, 'pretty')) {
    const text = output.format === 'json' ? `${JSON.stringify(ruleJson(rule, true), null, 2)}\n` : rulePage(rule);
    writeOutput(io, output, text, 'stdout');
  }
  return 0;
}
