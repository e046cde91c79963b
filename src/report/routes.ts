import type { LintResult, RouteVerdict } from '../lint/result';
import { jsonText } from './json-text';
import { masker, routeId, scopeLine, serverListens, serverNames, settingName } from './places';
import { paint } from './color';
import type { Paint } from './color';
import { filesOf, nothingRead, outcomeOf, plural, routeCounts } from './counts';
import { visible } from './display';
import { firefoxText } from './firefox';
import { commonVersion, routeJson } from './json';
import type { Report, ReportOptions } from './report';

/** Every proxying route with its verdict, server by server. */
export function routesText({ results }: Report, options: ReportOptions): string {
  if (nothingRead(results)) return '';
  const colors = paint(options.color);
  const rows: string[] = [];
  for (const result of results) {
    let server: object | null = null;
    for (const verdict of result.routes) {
      if (verdict.route.server !== server) rows.push(...serverRows(verdict, rows.length > 0, colors));
      server = verdict.route.server;
      rows.push(...routeRows(verdict, options, colors));
    }
    for (const note of result.notes) rows.push(`note: ${visible(note)}`);
  }
  rows.push(...(rows.length > 0 ? [''] : []), tally(results));
  return `${rows.join('\n')}\n`;
}

function serverRows({ route: { server } }: RouteVerdict, gap: boolean, colors: Paint): readonly string[] {
  const names = serverNames(server).join(' ');
  const listens = serverListens(server);
  const place = scopeLine(server);
  const where = place === null ? '' : `  ${place.file}:${place.line}`;
  const heard = listens.length === 0 ? '' : `  listen ${listens.join(', ')}`;
  const named = names === '' ? 'server without a name' : `server ${names}`;
  return [...(gap ? [''] : []), colors.bold(visible(named)) + visible(heard) + colors.dim(visible(where))];
}

function routeRows(verdict: RouteVerdict, options: ReportOptions, colors: Paint): readonly string[] {
  const { route, url } = verdict;
  const { directive } = route.pass;
  const passed = masker(options.showSecrets)(`${directive.name} ${directive.args.join(' ')}`);
  const rows = [
    `  ${verdictWord(verdict, colors)}  ${visible(`${route.label} -> ${passed}`)}  ${colors.dim(visible(settingName(route.pass)))}`,
  ];
  const indent = ' '.repeat(11);
  rows.push(`${indent}${visible(url ?? 'no URL is known that reaches it')}`);
  rows.push(`${indent}WebSocket: ${visible(servesText(verdict))}`);
  for (const cause of causesOf(verdict, options)) rows.push(`${indent}${visible(cause)}`);
  if (verdict.firefox !== null) rows.push(`${indent}${firefoxText(verdict.firefox)}`);
  return rows;
}

function verdictWord(verdict: RouteVerdict, colors: Paint): string {
  if (isPlain(verdict)) return colors.dim('plain   ');
  const outcome = outcomeOf(verdict);
  if (outcome === 'switches') return colors.green('switches');
  if (outcome === 'unknown') return colors.yellow('unknown ');
  return colors.red('fails   ');
}

/** An ordinary page: that no handshake gets through there is nothing wrong. */
function isPlain({ route }: RouteVerdict): boolean {
  return route.websocket.serves === 'no';
}

function servesText({ route: { websocket } }: RouteVerdict): string {
  const { serves, reasons, hints } = websocket;
  const why = serves === 'no' ? hints : reasons;
  return why.length === 0 ? serves : `${serves}, ${why.slice(0, 2).join('; ')}`;
}

/** The findings that name a cause; without one, what the simulation says. Of an ordinary page in one line. */
function causesOf(verdict: RouteVerdict, options: ReportOptions): readonly string[] {
  const { handshake, because, causes } = verdict;
  const mask = masker(options.showSecrets);
  const outcome = outcomeOf(verdict);
  if (outcome === 'switches') return isPlain(verdict) ? ['a handshake would switch'] : [];
  const said = because.map(({ rule, message }) => `${mask(message)} [${rule}]`);
  if (outcome === 'unknown') return [...(handshake?.unknowns.slice(0, 2).map(mask) ?? []), ...said];
  if (isPlain(verdict)) return [`a handshake would fail: ${causes.join(', ') || faults(verdict).map(mask).join(', ')}`];
  return said.length > 0 ? said : faults(verdict).map(mask);
}

function faults({ handshake }: RouteVerdict): readonly string[] {
  const status = handshake?.status == null ? '' : `${handshake.status}: `;
  return handshake?.faults.slice(0, 3).map(({ detail }) => status + detail) ?? [];
}

function tally(results: readonly LintResult[]): string {
  const { all, websocket, switches, fails, unknown } = routeCounts(results);
  if (all === 0) return `no proxying route in ${plural(filesOf(results), 'file')}`;
  return `${plural(all, 'proxying route')}, ${websocket} of them WebSocket: ${switches} switch, ${fails} fail, ${unknown} unknown`;
}

/** As the `routes` of `lint --format json`, with the same head. */
export function routesJson({ tool, results }: Report, options: ReportOptions): string {
  const report = {
    schemaVersion: 1,
    tool,
    nginxVersion: commonVersion(results),
    roots: results.map(({ root }) => root),
    files: filesOf(results),
    notes: results.flatMap(({ notes }) => notes),
    problems: results.flatMap(({ problems }) => problems),
    routes: results.flatMap((result, index) =>
      result.routes.map((verdict) => routeJson(verdict, routeId(results, index, verdict.route.id), options)),
    ),
  };
  return jsonText(report);
}
