import { shown } from './counts';
import { visible } from './display';
import { masker, placeName } from './places';
import type { Report, ReportOptions } from './report';

/** One finding a line, as compilers write them: `file:line:column: severity: message [rule]`. */
export function compact(report: Report, options: ReportOptions): string {
  const mask = masker(options.showSecrets);
  let text = '';
  for (const result of report.results) {
    for (const diagnostic of shown(result, options.quiet)) {
      const place = placeName(result.sources, diagnostic);
      const { severity, message, rule } = diagnostic;
      text += `${visible(`${place}: ${severity}: ${mask(message)} [${rule}]`)}\n`;
    }
  }
  return text;
}
