import type { Check, DoctorProblem, DoctorReport } from '../doctor/types';
import { paint, type Paint } from './color';
import { visible } from './display';

export function doctorText(report: DoctorReport, color: boolean): string {
  const colors = paint(color);
  const verdict = report.healthy ? colors.green('nothing fails') : colors.red('something fails');
  const parts = [
    [`${colors.bold(visible(report.url))}: ${verdict}`],
    report.checks.map((check) => checkLine(check, colors)),
    report.problems.flatMap((problem) => problemLines(problem, colors)),
    configurationLines(report, colors),
    report.probe.limits.map(({ product, text, source }) => `${product}: ${text}\n  ${colors.dim(source)}`),
    report.missing.map((text) => `not looked at: ${text}`),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const MARKS = { pass: 'ok     ', fail: 'FAIL   ', unknown: 'unknown' } as const;

function checkLine({ status, title, evidence }: Check, colors: Paint): string {
  const color = { pass: colors.green, fail: colors.red, unknown: colors.yellow }[status];
  const [first = '', ...rest] = evidence.map(visible);
  const more = rest.map((text) => `\n${' '.repeat(40)}${text}`).join('');
  return `${color(MARKS[status])} ${title.padEnd(30)}  ${first}${more}`;
}

function problemLines({ from, severity, what, where, todo, rule }: DoctorProblem, colors: Paint): string[] {
  const mark = severity === 'error' ? colors.red(severity) : colors.yellow(severity);
  return [
    `${mark} ${colors.bold(visible(what))}${rule === null ? '' : colors.dim(` [${rule}]`)}`,
    `  where  ${visible(where)} (${from})`,
    `  do     ${visible(todo)}`,
  ];
}

function configurationLines({ configuration }: DoctorReport, colors: Paint): string[] {
  if (configuration === null) return [];
  return [
    `${colors.bold('By the configuration')}: ${visible(configuration.place)}`,
    ...configuration.explanation.map((text) => `  ${visible(text)}`),
  ];
}
