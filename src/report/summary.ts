import type { LintResult } from '../lint/result';
import { paint } from './color';
import type { Paint } from './color';
import { countsOf, filesOf, outcomeOf, plural, routeCounts, unknownText } from './counts';
import type { Counts } from './counts';
import { visible } from './display';
import { refusalText } from './failure';
import { routeName } from './finding';
import { masker, settingName } from './places';
import type { Report, ReportOptions } from './report';

/** At the end: how much was found, what was judged and what was not, what was done, and what comes next. */
export function summaryText(report: Report, options: ReportOptions): string {
  const colors = paint(options.color);
  const counts = countsOf(report.results);
  const rows = [
    ...fixesDone(report.results, colors),
    headline(report.results, counts, colors),
    judged(report.results),
    ...hiddenRefusals(report.results, options),
    ...inFirefox(report.results),
    ...unknowns(report.results, options),
    ...fixable(counts),
    ...report.results.flatMap(({ notes }) => notes.map((note) => `note: ${visible(note)}`)),
    ...nextSteps(report, colors),
  ];
  return `${rows.join('\n')}\n`;
}

function headline(results: readonly LintResult[], counts: Counts, colors: Paint): string {
  const { errors, warnings, infos, ignored } = counts;
  const found = [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'info')].join(', ');
  const files = plural(filesOf(results), 'file');
  const aside = ignored > 0 ? ` (${ignored} more ignored)` : '';
  const text = `${found} in ${files}${aside}`;
  return colors.bold(errors > 0 ? colors.red(text) : warnings > 0 ? colors.yellow(text) : colors.green(text));
}

function judged(results: readonly LintResult[]): string {
  const { all, websocket, switches, fails, unknown } = routeCounts(results);
  if (all === 0) return 'no route proxies: there is no WebSocket handshake to judge';
  const routes = plural(all, 'proxying route');
  if (websocket === 0) return `${routes}, none known to serve WebSocket (--websocket PATTERN says which do)`;
  return `${routes}, ${websocket} of them WebSocket: ${switches} switch, ${fails} fail, ${unknown} unknown`;
}

/** What the count of routes, which goes by Chrome, does not tell. */
function inFirefox(results: readonly LintResult[]): readonly string[] {
  const counts = { switches: 0, fails: 0, unknown: 0 };
  for (const { routes, alike = [] } of results) {
    for (const { verdicts, times } of [{ verdicts: routes, times: 1 }, ...alike]) {
      for (const verdict of verdicts) {
        const firefox = verdict.route.websocket.serves === 'no' ? null : verdict.firefox;
        if (firefox !== null) counts[firefox.outcome] += times;
      }
    }
  }
  const { switches, fails, unknown } = counts;
  const told = [`${switches} switch`, `${fails} fail`, `${unknown} unknown`].filter((text) => !text.startsWith('0 '));
  return told.length === 0 ? [] : [`in Firefox, unlike in Chrome: ${told.join(', ')}`];
}

const MOST = 5;

function unknowns(results: readonly LintResult[], { showSecrets }: ReportOptions): readonly string[] {
  const mask = masker(showSecrets);
  const rows: string[] = [];
  for (const result of results) {
    for (const verdict of result.routes) {
      const { route } = verdict;
      if (route.websocket.serves === 'no' || outcomeOf(verdict) !== 'unknown') continue;
      const why = visible(mask(unknownText(verdict)));
      rows.push(`unknown: ${visible(routeName(route, result))} (${visible(settingName(route.pass))}): ${why}`);
    }
  }
  if (rows.length <= MOST) return rows;
  return [...rows.slice(0, MOST), `unknown: ${rows.length - MOST} more (nginx-ws-lint routes lists them)`];
}

/** All handshakes fail, and no finding that is shown says why: the rule is off, or what it found is ignored. */
function hiddenRefusals(results: readonly LintResult[], { showSecrets }: ReportOptions): readonly string[] {
  return results.flatMap((result) => {
    if (!result.routes.some(({ route }) => route.websocket.serves !== 'no')) return [];
    if (result.diagnostics.some(({ refuses, ignored }) => refuses && ignored === null)) return [];
    const [refusal] = result.refusals();
    return refusal === undefined ? [] : [`fails: ${visible(masker(showSecrets)(refusalText(refusal, result)))}`];
  });
}

function fixable({ fixable: { safe, unsafe } }: Counts): readonly string[] {
  if (safe === 0 && unsafe === 0) return [];
  if (unsafe === 0) return [`${safe} fixable with --fix`];
  if (safe === 0) return [`${unsafe} fixable with --fix --unsafe-fixes`];
  return [`${safe} fixable with --fix, ${unsafe} more with --unsafe-fixes`];
}

function fixesDone(results: readonly LintResult[], colors: Paint): readonly string[] {
  const rows: string[] = [];
  for (const { rule, title, file, files, state, reason, proof } of results.flatMap((result) => result.fixes)) {
    const where = files.length === 0 ? file : files.join(', ');
    const what = visible(`${where}: ${title} [${rule}]`);
    if (state === 'applied')
      rows.push(`${colors.green('fixed')} ${what}${proof === null ? '' : `: ${visible(proof)}`}`);
    if (state === 'available' && proof !== null)
      rows.push(`${colors.green('in the patch:')} ${what}: ${visible(proof)}`);
    if (state === 'discarded')
      rows.push(`${colors.yellow('not fixed')} ${what}: ${visible(reason ?? 'it proved nothing')}`);
  }
  return rows;
}

function nextSteps(report: Report, colors: Paint): readonly string[] {
  return report.next.map(({ what, command }) => `next: ${colors.bold(visible(command))}  (${what})`);
}
