import type { Diagnostic, LintResult, RouteVerdict } from '../lint/result';
import type { Route } from '../model/route';
import { jsonText } from './json-text';
import { masker, routeId, scopeLine, serverListens, serverNames, settingName } from './places';
import { paint } from './color';
import type { Paint } from './color';
import { filesOf, outcomeOf, plural, routeCounts } from './counts';
import { visible } from './display';
import { firefoxText } from './firefox';
import { commonVersion, routeJson } from './json';
import type { Report, ReportOptions } from './report';

/** Every proxying route with its verdict, server by server. */
export function routesText({ results }: Report, options: ReportOptions): string {
  const colors = paint(options.color);
  const rows: string[] = [];
  for (const result of results) {
    let server: object | null = null;
    const named = causesByRoute(result);
    for (const verdict of result.routes) {
      if (verdict.route.server !== server) rows.push(...serverRows(verdict, rows.length > 0, colors));
      server = verdict.route.server;
      rows.push(...routeRows(verdict, named.get(verdict.route) ?? [], options, colors));
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

function routeRows(
  verdict: RouteVerdict,
  named: readonly Diagnostic[],
  options: ReportOptions,
  colors: Paint,
): readonly string[] {
  const { route, url } = verdict;
  const { directive } = route.pass;
  const passed = masker(options.showSecrets)(`${directive.name} ${directive.args.join(' ')}`);
  const rows = [
    `  ${verdictWord(verdict, colors)}  ${visible(`${route.label} -> ${passed}`)}  ${colors.dim(visible(settingName(route.pass)))}`,
  ];
  const indent = ' '.repeat(11);
  rows.push(`${indent}${visible(url ?? 'no URL is known that reaches it')}`);
  rows.push(`${indent}WebSocket: ${visible(servesText(verdict))}`);
  for (const cause of causesOf(verdict, named, options)) rows.push(`${indent}${visible(cause)}`);
  if (verdict.firefox !== null) rows.push(`${indent}${firefoxText(verdict.firefox)}`);
  return rows;
}

function verdictWord(verdict: RouteVerdict, colors: Paint): string {
  const outcome = outcomeOf(verdict);
  if (outcome === 'switches') return colors.green('switches');
  if (outcome === 'unknown') return colors.yellow('unknown ');
  return colors.red('fails   ');
}

function servesText({ route: { websocket } }: RouteVerdict): string {
  const { serves, reasons, hints } = websocket;
  const why = serves === 'no' ? hints : reasons;
  return why.length === 0 ? serves : `${serves}, ${why.slice(0, 2).join('; ')}`;
}

function causesByRoute({ diagnostics }: LintResult): ReadonlyMap<Route, readonly Diagnostic[]> {
  const named = new Map<Route, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (!diagnostic.breaks) continue;
    for (const route of diagnostic.routes) {
      const known = named.get(route);
      if (known === undefined) named.set(route, [diagnostic]);
      else known.push(diagnostic);
    }
  }
  return named;
}

/** The findings that name a cause; without one, what the simulation says. */
function causesOf(verdict: RouteVerdict, named: readonly Diagnostic[], options: ReportOptions): readonly string[] {
  const { handshake } = verdict;
  const mask = masker(options.showSecrets);
  if (handshake === null) return [];
  if (handshake.outcome === 'unknown') return handshake.unknowns.slice(0, 2);
  if (handshake.outcome === 'switches') return [];
  if (named.length > 0) return named.map(({ rule, message }) => `${mask(message)} [${rule}]`);
  const status = handshake.status === null ? '' : `${handshake.status}: `;
  return handshake.faults.slice(0, 3).map(({ detail }) => status + mask(detail));
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
