import type { Diagnostic, LintResult } from '../lint/result';
import { shown } from './counts';
import { masker, positionIn } from './places';
import type { Report, ReportOptions } from './report';
import { xmlAttributes, XML_HEAD } from './xml';

/** Checkstyle's XML, which reviewdog, Jenkins' warnings plugin and many others read. One element per file with findings. */
export function checkstyle(report: Report, options: ReportOptions): string {
  const files = new Map<string, string[]>();
  for (const result of report.results) {
    for (const diagnostic of shown(result, options.quiet)) {
      const rows = files.get(diagnostic.file) ?? [];
      if (rows.length === 0) files.set(diagnostic.file, rows);
      rows.push(errorElement(diagnostic, result, options));
    }
  }
  const elements = [...files].map(([name, rows]) => `  <file${xmlAttributes({ name })}>\n${rows.join('')}  </file>\n`);
  return `${XML_HEAD}<checkstyle version="10.0">\n${elements.join('')}</checkstyle>\n`;
}

function errorElement(diagnostic: Diagnostic, { sources }: LintResult, options: ReportOptions): string {
  const { file, start, severity, message, rule } = diagnostic;
  const { line, column } = positionIn(sources, file, start);
  const attributes = {
    line,
    column,
    severity,
    message: masker(options.showSecrets)(message),
    source: `nginx-ws-lint.${rule}`,
  };
  return `    <error${xmlAttributes(attributes)}/>\n`;
}
