import type { LogReport, LogReportGroup } from '../logs/report';
import { paint, type Paint } from './color';
import { visible } from './display';

const OPEN =
  'Plain requests leave lines of the kinds that may concern WebSocket, too: --conf tells which paths serve it, $http_upgrade in the access log which requests were handshakes.';

/** Explained logs as text: the groups, the gravest and most frequent first, then what was counted. */
export function logsText(report: LogReport, color: boolean): string {
  const colors = paint(color);
  const groups = report.groups.map((group) => groupLines(group, colors).join('\n'));
  const nothing = groups.length === 0 ? ['Nothing in it concerns WebSocket connections.'] : [];
  const open = report.groups.some(({ certain }) => !certain) ? [OPEN] : [];
  return `${[...groups, ...nothing, ...open, countsLine(report)].join('\n\n')}\n`;
}

function groupLines(group: LogReportGroup, colors: Paint): string[] {
  const title = group.certain ? group.title : `may concern WebSocket: ${group.title}`;
  const mark = group.weight === 'breaks' ? colors.red : group.weight === 'drops' ? colors.yellow : colors.dim;
  const lines = [`${colors.bold(`${group.count} x`)} ${mark(visible(title))}${where(group)}`];
  const level = group.level === null ? '' : ` [${group.level}]`;
  lines.push(colors.dim(`  ${group.file}:${group.line}${level}  ${visible(group.sample)}`));
  if (group.first !== null && group.last !== null && group.first !== group.last) {
    lines.push(colors.dim(`  from ${visible(group.first)} to ${visible(group.last)}`));
  }
  if (group.seconds !== null) lines.push(`  lasted ${lengths(group.seconds)} s`);
  lines.push(`  why   ${group.cause}`, `  do    ${group.fix}`);
  for (const place of group.places) lines.push(`  where ${visible(place)}`);
  for (const finding of group.findings) {
    lines.push(
      `  ${colors.cyan('lint')}  ${finding.file}:${finding.line} ${finding.rule}: ${visible(finding.message)}`,
    );
  }
  if (group.findings.length === 0 && group.rules.length > 0) {
    lines.push(
      `  rules ${group.rules.map(({ id }) => id).join(', ')} (nginx-ws-lint explain ${group.rules[0]?.id ?? ''})`,
    );
  }
  return lines;
}

function where(group: LogReportGroup): string {
  const parts = [group.path, group.host ?? group.server, group.upstream === null ? null : `to ${group.upstream}`];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? '' : `  ${visible(known.join('  '))}`;
}

function lengths({ least, most }: { readonly least: number; readonly most: number }): string {
  return least === most ? String(least) : `${least} to ${most}`;
}

function countsLine(report: LogReport): string {
  const { lines, errorLines, accessLines, unknownLines, switched, merged } = report;
  const parts = [
    `${lines} ${lines === 1 ? 'line' : 'lines'} read`,
    `${errorLines} of an error log`,
    `${accessLines} of an access log`,
    `${switched} WebSocket connections (101)`,
    `${unknownLines} not recognised`,
  ];
  return `${parts.join(', ')}.${merged ? ' Too many different places to list: the rest is counted together.' : ''}`;
}
