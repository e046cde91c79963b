import { nothingRead, shown } from './counts';
import { findingText } from './finding';
import type { Report, ReportOptions } from './report';
import { summaryText } from './summary';

/** For people at a terminal. */
export function pretty(report: Report, options: ReportOptions): string {
  if (nothingRead(report.results)) return '';
  const parts: string[] = [];
  for (const result of report.results) {
    const context = { report, result, options, evidenced: new Set<string>(), laidOut: new Map<string, string>() };
    for (const diagnostic of shown(result, options.quiet)) parts.push(findingText(diagnostic, context));
  }
  parts.push(summaryText(report, options));
  return parts.join('\n');
}
