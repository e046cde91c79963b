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
    const plain = `${id.padEnd(width)}  ${severity.padEnd(7)}  ${(fix ?? '-').padEnd(14)}  `;
    const head =
      colors.bold(id.padEnd(width)) +
      markOf(severity, colors)(plain.slice(width, width + 11)) +
      plain.slice(width + 11);
    return head + wrap(summary, Math.max(40, (options.columns ?? 160) - plain.length), ' '.repeat(plain.length));
  });
  return `${rows.join('\n')}\n`;
}
