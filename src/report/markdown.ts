import type { Diagnostic, LintResult, RouteVerdict } from '../lint/result';
import type { Severity } from '../lint/rule';
import type { Place } from '../text/source';
import { countsOf, filesOf, outcomeOf, plural, routeCounts, unknownText } from './counts';
import { paint } from './color';
import { visible } from './display';
import { routeName } from './finding';
import { frame } from './frame';
import { fenced, markdownCode, markdownText } from './markdown-text';
import { miniDiff } from './mini-diff';
import { gravestFirst } from './ordered';
import type { Located } from './ordered';
import { masker, placeName, settingName } from './places';
import type { Report, ReportOptions } from './report';

/** A job summary of GitHub holds 1 MiB; what goes beyond is counted instead. UTF-8 takes at most three bytes a unit. */
const BUDGET = 220_000;
const ROUTE_BUDGET = 80_000;
const MOST_LINES = 50;

/** For job summaries, merge requests and issues: what was found, then every route with its handshake. */
export function markdown(report: Report, options: ReportOptions): string {
  const parts = [
    `## nginx-ws-lint`,
    headline(report),
    ...problems(report),
    ...routes(report, options),
    ...findings(report, options),
    ...notes(report),
    ...nextSteps(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

const MARKS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', info: 'ℹ️' };
const OUTCOMES = { switches: '✅ switches', fails: '❌ fails', unknown: '❔ unknown' } as const;

function headline({ results }: Report): string {
  const { errors, warnings, infos, ignored } = countsOf(results);
  const { all, websocket, switches, fails, unknown } = routeCounts(results);
  const found = [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'info')].join(', ');
  const aside = ignored > 0 ? ` (${ignored} more ignored)` : '';
  const judged =
    all === 0
      ? 'No route proxies.'
      : `${plural(all, 'proxying route')}, ${websocket} of them WebSocket: ${switches} switch, ${fails} fail, ${unknown} unknown.`;
  return `**${found}** in ${plural(filesOf(results), 'file')}${aside}. ${judged}`;
}

function problems({ results }: Report): readonly string[] {
  const rows = results
    .flatMap((result) => result.problems)
    .map(({ file, message }) => `- ❌ ${file === null ? '' : `${markdownCode(file)}: `}${markdownText(message)}`);
  return rows.length === 0 ? [] : ['### What could not be read', few(rows)];
}

function few(rows: readonly string[]): string {
  const more = rows.length > MOST_LINES ? [`- ${rows.length - MOST_LINES} more`] : [];
  return [...rows.slice(0, MOST_LINES), ...more].join('\n');
}

/** As many blocks as the budget holds, and how many it did not. */
function within(blocks: Iterable<string>, budget: number, total: number, more: (left: number) => string): string[] {
  const kept: string[] = [];
  let left = budget;
  for (const block of blocks) {
    left -= block.length;
    if (left < 0) return [...kept, more(total - kept.length)];
    kept.push(block);
  }
  return kept;
}

interface Row {
  readonly verdict: RouteVerdict;
  readonly result: LintResult;
}

/** Those that serve WebSocket; failing ones first. */
function routes({ results }: Report, options: ReportOptions): readonly string[] {
  const order = { fails: 0, unknown: 1, switches: 2 } as const;
  const rows = results
    .flatMap((result) => result.routes.map((verdict): Row => ({ verdict, result })))
    .filter(({ verdict }) => verdict.route.websocket.serves !== 'no')
    .sort((a, b) => order[outcomeOf(a.verdict)] - order[outcomeOf(b.verdict)]);
  if (rows.length === 0) return [];
  const cells = function* (): Iterable<string> {
    for (const row of rows) yield routeRow(row, options);
  };
  const more = (left: number): string => `| ${plural(left, 'more route')} | | | | |`;
  const table = [
    '| handshake | route | passed to | why | line |',
    '|---|---|---|---|---|',
    ...within(cells(), ROUTE_BUDGET, rows.length, more),
  ];
  return ['### WebSocket routes', table.join('\n')];
}

function routeRow({ verdict, result }: Row, options: ReportOptions): string {
  const { route, handshake, causes } = verdict;
  const mask = masker(options.showSecrets);
  const { name, args } = route.pass.directive;
  const outcome = outcomeOf(verdict);
  const detail = handshake?.faults[0]?.detail ?? '';
  const why = {
    switches: '',
    fails: [
      handshake?.status ?? '',
      ...causes.map(markdownCode),
      ...(causes.length === 0 ? [markdownText(mask(detail))] : []),
    ],
    unknown: [markdownText(mask(unknownText(verdict)))],
  }[outcome];
  const cells = [
    OUTCOMES[outcome],
    markdownCode(routeName(route, result)),
    markdownCode(mask(`${name} ${args.join(' ')}`)),
    typeof why === 'string' ? why : why.filter((part) => part !== '').join(' '),
    markdownText(settingName(route.pass)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function findings(report: Report, options: ReportOptions): readonly string[] {
  const located = gravestFirst(report.results, options.quiet);
  if (located.length === 0) return [];
  const blocks = function* (): Iterable<string> {
    for (const one of located) yield findingBlock(one, report, options);
  };
  const more = (left: number): string => `${plural(left, 'more finding')} not shown here.`;
  return ['### Findings', ...within(blocks(), BUDGET, located.length, more)];
}

/** Folded but for errors, so that a long list can be read. */
function findingBlock({ diagnostic, result }: Located, report: Report, options: ReportOptions): string {
  const { rule, severity, message } = diagnostic;
  const mask = masker(options.showSecrets);
  const docs = report.docs(rule);
  const named = docs === null ? markdownText(rule) : `<a href="${docs}">${markdownText(rule)}</a>`;
  const place = markdownText(placeName(result.sources, diagnostic));
  const head = `${MARKS[severity]} <strong>${markdownText(mask(message))}</strong> (${severity}, ${named})<br>${place}`;
  const open = severity === 'error' ? ' open' : '';
  return `<details${open}><summary>${head}</summary>\n\n${details(diagnostic, result, options).join('\n\n')}\n\n</details>`;
}

function details(diagnostic: Diagnostic, result: LintResult, options: ReportOptions): readonly string[] {
  const { why, notes, related, help, via } = diagnostic;
  const mask = masker(options.showSecrets);
  const said = (text: string): string => markdownText(mask(text));
  const named = (place: Place): string => markdownText(placeName(result.sources, place));
  return [
    ...codeFrame(diagnostic, result, options),
    ...(why === null ? [] : [said(why)]),
    ...notes.map((note) => `Note: ${said(note)}`),
    ...related.map((one) => `See ${named(one)}: ${said(one.message)}`),
    ...(via.length === 0 ? [] : [`Included from ${via.map(named).join(', from ')}`]),
    ...(help === null ? [] : [`**Help:** ${said(help)}`]),
    ...fixBlock(diagnostic, result, options),
  ];
}

/** Only of files that were given: others are named, not shown. */
function codeFrame(diagnostic: Diagnostic, { sources, given }: LintResult, { showSecrets }: ReportOptions): string[] {
  const source = sources.get(diagnostic.file);
  if (source === undefined || !given.has(diagnostic.file)) return [];
  const plain = (text: string): string => text;
  const look = { paint: paint(false), showSecrets, mark: plain, sign: '^', context: 2, label: '' } as const;
  return [fenced('', frame(source, diagnostic, look).split('\n'))];
}

function fixBlock({ fix }: Diagnostic, { sources }: LintResult, { showSecrets }: ReportOptions): readonly string[] {
  if (fix === null) return [];
  const how = fix.safety === 'safe' ? 'safe, <code>--fix</code>' : 'unsafe, <code>--fix --unsafe-fixes</code>';
  const lines = miniDiff(fix, sources, { paint: paint(false), showSecrets, most: 40 });
  return [`**Fix:** ${markdownText(fix.title)} (${how})`, fenced('diff', lines)];
}

function notes({ results }: Report): readonly string[] {
  const rows = results.flatMap((result) => result.notes).map((note) => `- ${markdownText(note)}`);
  return rows.length === 0 ? [] : ['### Notes', few(rows)];
}

function nextSteps({ next }: Report): readonly string[] {
  if (next.length === 0) return [];
  const lines = next.map(({ what, command }) => `${visible(command)}  # ${visible(what)}`);
  return ['### Next', fenced('sh', lines)];
}
