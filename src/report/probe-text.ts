import type { Beside } from '../doctor/beside';
import type { HopReport, HopStep, ProbeReport } from '../probe/types';
import { paint, type Paint } from './color';
import { visible } from './display';

/** A probe as text: each hop with its steps, then what follows from comparing them. */
export function probeText(report: ProbeReport, configuration: Beside | null, color: boolean): string {
  const colors = paint(color);
  const hops = report.hops.map((hop) => hopLines(hop, colors).join('\n'));
  const verdict = report.works ? colors.green('works') : colors.red('does not work');
  const summary = [
    `${colors.bold(visible(report.url))}: ${verdict}`,
    ...report.summary.map((line) => `  ${visible(line)}`),
  ];
  const limits = report.limits.map(({ product, text, source }) => `  ${product}: ${text}\n    ${colors.dim(source)}`);
  const known = limits.length === 0 ? [] : ['', 'What is known of the proxies seen on the way:', ...limits];
  return `${[...hops, '', ...summary, ...besideLines(configuration, colors), ...known].join('\n')}\n`;
}

function besideLines(configuration: Beside | null, colors: Paint): string[] {
  if (configuration === null) return [];
  const { place, outcome, explanation } = configuration;
  return [
    '',
    `${colors.bold('By the configuration')}: ${outcome}, ${visible(place)}`,
    ...explanation.map((line) => `  ${visible(line)}`),
  ];
}

function hopLines(hop: HopReport, colors: Paint): string[] {
  const verdict = hop.outcome === 'switches' ? colors.green('switches') : colors.red('fails');
  const lines = [`${colors.bold(hop.name)}  ${visible(hop.url)}  ${verdict}  ${colors.dim(`${hop.ms} ms`)}`];
  for (const step of hop.steps) lines.push(stepLine(step, colors));
  if (hop.products.length > 0) lines.push(`  seen   ${hop.products.join(', ')}`);
  if (hop.outcome === 'fails') lines.push(`  ${colors.red('cause')}  ${visible(hop.detail)}`);
  if (hop.held !== null) lines.push(`  held   ${hop.held} s`);
  if (hop.closed !== null) lines.push(`  closed with ${hop.closed.code} after ${hop.closed.afterSeconds} s`);
  return lines;
}

function stepLine({ step, ok, detail, ms }: HopStep, colors: Paint): string {
  const mark = ok ? colors.green('ok  ') : colors.red('FAIL');
  return `  ${mark} ${step.padEnd(9)} ${visible(detail)} ${colors.dim(`(${ms} ms)`)}`;
}
