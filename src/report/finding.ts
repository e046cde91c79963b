import type { Diagnostic, LintResult } from '../lint/result';
import type { Route } from '../model/route';
import { positionAt } from '../text/source';
import type { Place } from '../text/source';
import { once } from '../text/once';
import { paint } from './color';
import type { Paint } from './color';
import { visible, wrap } from './display';
import { frame } from './frame';
import { miniDiff } from './mini-diff';
import { masker, placeName, serverNames } from './places';
import type { Report, ReportOptions } from './report';

export interface FindingContext {
  readonly report: Report;
  readonly result: LintResult;
  readonly options: ReportOptions;
  /** Sets of routes whose evidence has been shown. */
  readonly evidenced: Set<string>;
  /** Details as they were laid out: many findings say the same. */
  readonly laidOut: Map<string, string>;
}

/** What is wrong, where, why, what to do: one finding for people. */
export function findingText(diagnostic: Diagnostic, context: FindingContext): string {
  const { options } = context;
  const colors = paint(options.color);
  const mask = masker(options.showSecrets);
  const rows = [heading(diagnostic, colors, mask), ...located(diagnostic, diagnostic, context, colors, mask)];
  for (const related of diagnostic.related) rows.push(...located(related, null, context, colors, mask));
  rows.push(...details(diagnostic, context, mask).map(([name, text]) => detail(name, text, context, colors)));
  rows.push(...fixRows(diagnostic, context, colors));
  const docs = context.report.docs(diagnostic.rule);
  if (docs !== null) rows.push(detail('docs', docs, context, colors));
  return `${rows.join('\n')}\n`;
}

export function markOf(severity: Diagnostic['severity'], colors: Paint): (text: string) => string {
  return severity === 'error' ? colors.red : severity === 'warning' ? colors.yellow : colors.cyan;
}

function heading(diagnostic: Diagnostic, colors: Paint, mask: (text: string) => string): string {
  const { severity, rule, message } = diagnostic;
  const label = colors.bold(markOf(severity, colors)(`${severity}[${rule}]`));
  return `${label}${colors.bold(`: ${visible(mask(message))}`)}`;
}

/** The place, and its lines when the file was given: others are named and not shown. */
function located(
  place: Place & { readonly message: string },
  main: Diagnostic | null,
  context: FindingContext,
  colors: Paint,
  mask: (text: string) => string,
): readonly string[] {
  const { sources, given } = context.result;
  const source = sources.get(place.file);
  const label = main === null ? visible(mask(place.message)) : '';
  const arrow = colors.blue(main === null ? ':::' : '-->');
  const name = visible(placeName(sources, place));
  const inFrame = source !== undefined && given.has(place.file);
  const gutter = ' '.repeat(inFrame ? String(positionAt(source, place.start).line).length : 1);
  const row = `${gutter}${arrow} ${name}${label !== '' && !inFrame ? `: ${label}` : ''}`;
  if (!inFrame) return [row];
  const mark = main === null ? colors.blue : markOf(main.severity, colors);
  const sign = main === null ? '-' : '^';
  const options = { paint: colors, showSecrets: context.options.showSecrets, mark, sign, label } as const;
  return [row, frame(source, place, { ...options, context: main === null ? 0 : 2 })];
}

type Detail = readonly [name: string, text: string];

function details(diagnostic: Diagnostic, context: FindingContext, mask: (text: string) => string): readonly Detail[] {
  const { sources } = context.result;
  const rows: Detail[] = [];
  if (diagnostic.via.length > 0) {
    const chain = diagnostic.via.map((place) => placeName(sources, place));
    rows.push(['included from', visible(chain.join(', from '))]);
  }
  if (diagnostic.why !== null) rows.push(['why', visible(mask(diagnostic.why))]);
  for (const note of diagnostic.notes) rows.push(['note', visible(mask(note))]);
  rows.push(...routeDetails(diagnostic, context));
  if (diagnostic.help !== null) rows.push(['help', visible(mask(diagnostic.help))]);
  return rows;
}

const MOST_ROUTES = 4;

/** The routes concerned; the first time, how it is known that they serve WebSocket, and how to say otherwise. */
function routeDetails(diagnostic: Diagnostic, context: FindingContext): readonly Detail[] {
  const { routes } = diagnostic;
  if (routes.length === 0) return [];
  const rows: Detail[] = [];
  const { names, key } = namesOf(routes, context.result);
  if (diagnostic.refuses) rows.push(['breaks', 'every route: nginx does not load the configuration']);
  rows.push([diagnostic.breaks && !diagnostic.refuses ? 'breaks' : 'routes', visible(names)]);
  const first = routes.find(({ websocket }) => websocket.serves !== 'no');
  if (first === undefined || context.evidenced.has(key)) return rows;
  context.evidenced.add(key);
  return [...rows, ['websocket', evidenceText(first)]];
}

/** What names a list of routes, and what tells it from others. */
interface Named {
  readonly names: string;
  readonly key: string;
}

const named = new WeakMap<readonly Route[], Named>();

/** Thousands of findings may concern all routes, thousands of them. */
function namesOf(routes: readonly Route[], result: LintResult): Named {
  let found = named.get(routes);
  if (found === undefined) {
    const names = [...new Set(routes.map((route) => routeName(route, result)))];
    const more = names.length > MOST_ROUTES ? ` and ${names.length - MOST_ROUTES} more` : '';
    found = { names: names.slice(0, MOST_ROUTES).join(', ') + more, key: routes.map(({ id }) => id).join(' ') };
    named.set(routes, found);
  }
  return found;
}

function evidenceText(route: Route): string {
  const { serves, reasons } = route.websocket;
  const sure = serves === 'yes' ? 'yes' : 'likely';
  const how = 'write # nginx-ws-lint: not-websocket into the location';
  return `${sure}: ${visible(reasons.slice(0, 2).join('; '))}; if it is none, ${how}`;
}

const ofSeveralServers = once(
  (routes: LintResult['routes']): boolean => new Set(routes.map((verdict) => verdict.route.server)).size > 1,
);

/** `location /ws of example.com`; the server is named where there are several. */
export function routeName(route: Route, { routes }: Pick<LintResult, 'routes'>): string {
  const [name] = route.names ?? serverNames(route.server);
  return ofSeveralServers(routes) && name !== undefined && name !== '' ? `${route.label} of ${name}` : route.label;
}

/** `  = why: ...`, wrapped; later lines stand under the name. */
function detail(name: string, text: string, { options, laidOut }: FindingContext, colors: Paint): string {
  const key = `${name} ${text}`;
  let rows = laidOut.get(key);
  if (rows === undefined) {
    rows = layOut(name, text, options, colors);
    laidOut.set(key, rows);
  }
  return rows;
}

function layOut(name: string, text: string, options: ReportOptions, colors: Paint): string {
  const head = `= ${name}:`;
  const [first = '', ...rest] = wrap(`${head} ${text}`, (options.columns ?? 100) - 4, '    ').split('\n');
  const body = [first.slice(head.length), ...rest].join('\n');
  return `  ${colors.blue('=')} ${colors.bold(`${name}:`)}${body}`;
}

function fixRows(diagnostic: Diagnostic, context: FindingContext, colors: Paint): readonly string[] {
  const { fix } = diagnostic;
  if (fix === null) return [];
  const how = fix.safety === 'safe' ? 'safe, --fix' : 'unsafe, --fix --unsafe-fixes';
  const { showSecrets } = context.options;
  const lines = miniDiff(fix, context.result.sources, { paint: colors, showSecrets, most: 12 });
  return [detail('fix', `${visible(fix.title)} (${how})`, context, colors), ...lines.map((row) => `      ${row}`)];
}
