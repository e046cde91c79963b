import type { DoctorReport } from '../doctor/types';
import { visible } from './display';

const MARKS = { pass: '✅ pass', fail: '❌ fail', unknown: '❔ unknown' } as const;

/** A report to paste into an issue or a job summary. */
export function doctorMarkdown(report: DoctorReport): string {
  const lines = [
    `## WebSocket check of ${code(report.url)}`,
    report.healthy ? 'Nothing fails.' : '**Something fails.**',
    table(
      ['', 'Check', 'Evidence'],
      report.checks.map(({ status, title, evidence }) => [MARKS[status], title, evidence.map(text).join('<br>')]),
    ),
  ];
  if (report.problems.length > 0) lines.push('### What is wrong, where, what to do', problems(report));
  if (report.configuration !== null) {
    const { place, explanation } = report.configuration;
    lines.push(
      '### Configuration and reality',
      `${text(place)}:`,
      explanation.map((each) => `- ${text(each)}`).join('\n'),
    );
  }
  const limits = report.probe.limits.map(
    ({ product, text: said, source }) => `- ${product}: ${text(said)} ([source](${source}))`,
  );
  if (limits.length > 0) lines.push('### Known of the proxies on the way', limits.join('\n'));
  if (report.missing.length > 0) lines.push(`Not looked at: ${report.missing.map(text).join('; ')}.`);
  return `${lines.join('\n\n')}\n`;
}

function problems(report: DoctorReport): string {
  return report.problems
    .map(({ severity, what, where, todo, rule, docs }) => {
      const named = rule === null ? '' : docs === null ? ` (${rule})` : ` ([${rule}](${docs}))`;
      return `- **${severity}** ${text(what)}${named}\n  - where: ${text(where)}\n  - do: ${text(todo)}`;
    })
    .join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that others wrote: no markup, no table cells, no mentions. */
function text(value: string): string {
  return visible(value)
    .replace(/[\\`*_[\]<>|#]/g, '\\$&')
    .replace(/@/g, '&#64;');
}

function code(value: string): string {
  return `\`${visible(value).replace(/`/g, "'")}\``;
}
