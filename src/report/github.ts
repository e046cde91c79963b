import type { Severity } from '../lint/rule';
import { countsOf, plural, routeCounts } from './counts';
import { visible } from './display';
import { gravestFirst } from './ordered';
import type { Located } from './ordered';
import { masker, placeName, positionIn } from './places';
import type { Report, ReportOptions } from './report';
import { storyLines } from './story';
import { inRepository } from './uri';

/** GitHub shows ten annotations of a kind per step and drops the others without a word (actions/toolkit, problem-matchers.md). */
const MOST_OF_A_KIND = 10;

const KINDS: readonly { readonly severity: Severity; readonly command: string; readonly word: string }[] = [
  { severity: 'error', command: 'error', word: 'error' },
  { severity: 'warning', command: 'warning', word: 'warning' },
  { severity: 'info', command: 'notice', word: 'info' },
];

/** Workflow commands: an annotation for each finding as far as GitHub shows them, the others as lines of the log. */
export function github(report: Report, options: ReportOptions): string {
  const located = gravestFirst(report.results, options.quiet);
  let text = problems(report);
  for (const { severity, command, word } of KINDS) {
    const all = located.filter(({ diagnostic }) => diagnostic.severity === severity);
    for (const one of all.slice(0, MOST_OF_A_KIND)) text += annotation(command, one, report, options);
    text += inLog(all.slice(MOST_OF_A_KIND), word, options);
  }
  return text + summary(report);
}

function problems({ results }: Report): string {
  return results
    .flatMap((result) => result.problems)
    .slice(0, MOST_OF_A_KIND)
    .map(({ file, message }) => {
      const where = file === null ? '' : ` file=${property(file)},title=cannot be read`;
      return `::error${where}::${data(visible(message))}\n`;
    })
    .join('');
}

function annotation(command: string, { diagnostic, result }: Located, report: Report, options: ReportOptions): string {
  const { file, rule, message } = diagnostic;
  const mask = masker(options.showSecrets);
  const docs = report.docs(rule);
  const lines = [visible(mask(message)), ...storyLines(diagnostic, result, mask), ...(docs === null ? [] : [docs])];
  const properties = { file: inRepository(file, options), ...region({ diagnostic, result }), title: rule };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${command} ${listed.join(',')}::${data(lines.join('\n'))}\n`;
}

/** GitHub refuses columns where the lines differ (and then shows no place at all). */
function region({ diagnostic, result }: Located): Readonly<Record<string, number>> {
  const { file, start, end } = diagnostic;
  const from = positionIn(result.sources, file, start);
  const to = positionIn(result.sources, file, end);
  if (from.line !== to.line) return { line: from.line, endLine: to.line };
  return { line: from.line, endLine: to.line, col: from.column, endColumn: to.column };
}

function inLog(rest: readonly Located[], word: string, options: ReportOptions): string {
  if (rest.length === 0) return '';
  const mask = masker(options.showSecrets);
  const rows = rest.map(({ diagnostic, result }) => {
    const { rule, severity, message } = diagnostic;
    return `- ${visible(`${placeName(result.sources, diagnostic)}: ${severity}: ${mask(message)} [${rule}]`)}\n`;
  });
  const many = rest.length === 1 ? word : `${word}s`;
  const head = `${rest.length} more ${many} (GitHub shows ${MOST_OF_A_KIND} of a kind as annotations)`;
  return `::group::${head}\n${rows.join('')}::endgroup::\n`;
}

function summary({ results }: Report): string {
  const { errors, warnings, infos, ignored } = countsOf(results);
  const { websocket, switches, fails, unknown } = routeCounts(results);
  const found = [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'info')].join(', ');
  const aside = ignored > 0 ? ` (${ignored} more ignored)` : '';
  const routes = `${plural(websocket, 'WebSocket route')}: ${switches} switch, ${fails} fail, ${unknown} unknown`;
  return `nginx-ws-lint: ${found}${aside}; ${routes}\n`;
}

/** After `::`. The runner undoes these three (actions/toolkit, command.ts). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
