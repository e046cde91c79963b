import { rules } from '../../../rules';
import { paint } from '../../report/color';
import { wrap } from '../../report/display';
import { markOf } from '../../report/finding';
import type { ReportOptions } from '../../report/report';
import { rulesJson } from '../../report/rules-json';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { UsageError } from '../usage-error';

export function rulesCommand(call: Invocation, io: Io): number {
  if (call.operands.length > 0) throw new UsageError('rules takes no path; nginx-ws-lint explain RULE tells of one');
  for (const output of outputsOf(call, 'pretty')) {
    const text = output.format === 'json' ? rulesJson(rules) : table(reportOptions(call, io, output, 'stdout'));
    writeOutput(io, output, text, 'stdout');
  }
  return 0;
}

function table(options: ReportOptions): string {
  const colors = paint(options.color);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const rows = rules.map(({ id, severity, fix, summary }) => {
    const head = `${id.padEnd(width)}  ${severity.padEnd(7)}  ${(fix ?? '-').padEnd(14)}  `;
    const indent = ' '.repeat(head.length);
    const text = wrap(indent + summary, options.columns ?? 140, indent).slice(head.length);
    return `${colors.bold(id.padEnd(width))}  ${markOf(severity, colors)(severity.padEnd(7))}  ${head.slice(width + 11)}${text}`;
  });
  return `${rows.join('\n')}\n`;
}
