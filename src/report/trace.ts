import type { Outcome, UpstreamHeader } from '../handshake/types';
import { maskHeader } from '../lint/secrets';
import type { Scope } from '../model/scope';
import { isKnown } from '../model/value';
import type { Value } from '../model/value';
import { formatVersion } from '../model/version';
import type { NginxVersion } from '../model/version';
import { paint } from './color';
import type { Paint } from './color';
import { visible, wrap } from './display';
import { failureText } from './failure';
import { firefoxJson, firefoxText } from './firefox';
import { jsonText } from './json-text';
import { locationJson, maskedUri, upstreamJson } from './json';
import { fileLine, masker, scopeLine, serverNames, settingName } from './places';
import type { FileLine } from './places';
import type { Report, ReportOptions } from './report';

/** What becomes of one URL. */
export interface Trace {
  /** As given. */
  readonly url: string;
  readonly outcome: Outcome;
  /** Why nginx does not load the configuration; then everything fails. */
  readonly refusal: Refusal | null;
  /** Firefox's, where it is another. */
  readonly firefox: Outcome | null;
  /** Unique in the report; null when no route of the tree takes it. */
  readonly route: string | null;
  readonly causes: readonly string[];
  /** Said before the steps: which port, which root, how versions differ. */
  readonly notes: readonly string[];
}

export interface Refusal extends FileLine {
  readonly message: string;
  /** What would become of the URL if it loaded. */
  readonly loaded: Outcome;
}

export function traceJson(
  { tool }: Pick<Report, 'tool'>,
  version: NginxVersion | null,
  traces: readonly Trace[],
  options: ReportOptions,
): string {
  const report = {
    schemaVersion: 1,
    tool,
    nginxVersion: version === null ? null : formatVersion(version),
    traces: traces.map((trace) => traceData(trace, options)),
  };
  return jsonText(report);
}

export function traceData(
  { url, outcome, firefox, refusal, route, causes, notes }: Trace,
  options: ReportOptions,
): object {
  const mask = masker(options.showSecrets);
  const steps = outcome.steps.map(({ what, setting }) => ({
    what: mask(what),
    ...(setting === null ? { file: null, line: null } : fileLine(setting)),
  }));
  const refusing =
    refusal === null ? [] : [{ what: mask(refusalText(refusal)), file: refusal.file, line: refusal.line }];
  return {
    url,
    server: outcome.server === null ? null : scopeLine(outcome.server),
    location: locationJson(outcome.location),
    route,
    outcome: outcome.outcome,
    status: outcome.status,
    ...firefoxJson(firefox),
    redirect: outcome.redirect !== null && isKnown(outcome.redirect) ? outcome.redirect : null,
    upstream: outcome.upstream === null ? null : upstreamJson(outcome.upstream, options.showSecrets, url),
    causes,
    faults: outcome.faults.map(({ detail, setting }) => ({
      what: mask(detail),
      ...(setting === null ? { file: null, line: null } : fileLine(setting)),
    })),
    unknowns: outcome.unknowns,
    steps: [...notes.map((what) => ({ what, file: null, line: null })), ...steps, ...refusing],
  };
}

function refusalText({ message }: Refusal): string {
  return `nginx refuses the configuration: ${message}`;
}

/** The way of each URL from the request to the verdict, with the line of each decision. */
export function traceText(traces: readonly Trace[], options: ReportOptions): string {
  const colors = paint(options.color);
  return traces.map((trace) => oneText(trace, options, colors)).join('\n');
}

function oneText(trace: Trace, options: ReportOptions, colors: Paint): string {
  const { outcome, refusal, notes } = trace;
  const rows: Row[] = [
    ...notes.map((what): Row => ({ what, where: '' })),
    ...outcome.steps.map(({ what, setting }) => ({
      what: named(what, outcome.server),
      where: setting === null ? '' : settingName(setting),
    })),
  ];
  const mask = masker(options.showSecrets);
  const lines = [
    colors.bold(visible(trace.url)),
    ...(refusal === null
      ? []
      : [`  ${visible(mask(refusalText(refusal)))} (${visible(refusal.file)}:${refusal.line})`]),
    ...columns(
      rows.map(({ what, where }) => ({ what: mask(what), where })),
      colors,
    ),
    ...upstreamRows(trace, options, colors),
    ...verdictRows(trace, options, colors),
  ];
  return `${lines.join('\n')}\n`;
}

interface Row {
  readonly what: string;
  readonly where: string;
}

/** The step that tells why this server takes it says which one that is. */
function named(what: string, server: Scope | null): string {
  if (server === null || !what.startsWith('server: ')) return what;
  const [name = ''] = serverNames(server);
  return name === '' ? what : `server ${name}: ${what.slice('server: '.length)}`;
}

const MOST_WIDTH = 72;

/** What on the left, where on the right. */
function columns(rows: readonly Row[], colors: Paint): readonly string[] {
  const width = Math.min(MOST_WIDTH, Math.max(0, ...rows.map(({ what }) => what.length)));
  return rows.map(({ what, where }) => {
    const text = visible(what);
    return where === '' ? `  ${text}` : `  ${text.padEnd(width)}  ${colors.dim(visible(where))}`;
  });
}

function upstreamRows(
  { outcome: { upstream, faults }, refusal, url }: Trace,
  options: ReportOptions,
  colors: Paint,
): readonly string[] {
  if (upstream === null) return [];
  const { method, uri, httpVersion, headers } = upstream;
  const unsent = faults.some(({ kind }) => kind === 'no-resolver');
  const head = `${shown(method)} ${shown(options.showSecrets ? uri : maskedUri(uri, url))} HTTP/${httpVersion}`;
  const rows = headers.map((header) => ({ what: headerText(header, options), where: originOf(header) }));
  return [
    '',
    colors.bold(`  the backend ${unsent || refusal !== null ? 'would receive' : 'receives'}`),
    `    ${visible(head)}`,
    ...columns(rows, colors).map((row) => `  ${row}`),
  ];
}

function headerText({ name, value, setting }: UpstreamHeader, options: ReportOptions): string {
  const masked = isKnown(value) && setting !== null && !options.showSecrets ? maskHeader(name, value) : value;
  return `${name}: ${shown(masked)}`;
}

function originOf({ setting }: UpstreamHeader): string {
  return setting === null ? '' : settingName(setting);
}

function shown(value: Value): string {
  return isKnown(value) ? value : `(${value.unknown})`;
}

function verdictRows(
  { outcome, firefox, refusal, causes }: Trace,
  options: ReportOptions,
  colors: Paint,
): readonly string[] {
  const rows = ['', `  ${verdict(outcome, refusal !== null, colors)}`];
  if (firefox !== null) rows.push(`    ${firefoxText(firefox)}`);
  const simulated = refusal?.loaded ?? outcome;
  const reasons = reasonRows(simulated, options);
  if (refusal === null) rows.push(...reasons);
  else rows.push(`    once it loads: ${wouldBe(simulated)}`, ...reasons.map((row) => `  ${row}`));
  for (const rule of causes) rows.push(`    ${colors.dim(`nginx-ws-lint explain ${rule}`)}`);
  return rows;
}

const OPEN = '101, the connection is open';

function wouldBe(loaded: Outcome): string {
  if (loaded.outcome === 'switches') return OPEN;
  return loaded.outcome === 'unknown' ? 'unknown' : failureText(loaded, false);
}

function reasonRows(outcome: Outcome, options: ReportOptions): readonly string[] {
  const mask = masker(options.showSecrets);
  const told =
    outcome.outcome === 'unknown'
      ? []
      : outcome.faults.map(({ detail, setting }) => {
          return setting === null ? mask(detail) : `${mask(detail)} (${settingName(setting)})`;
        });
  const rows = [...told, ...outcome.unknowns].map(
    (text) => `    ${wrap(visible(text), (options.columns ?? 100) - 6, '      ')}`,
  );
  return outcome.redirect === null ? rows : [`    Location: ${visible(shown(outcome.redirect))}`, ...rows];
}

function verdict(outcome: Outcome, refused: boolean, colors: Paint): string {
  if (outcome.outcome === 'switches') return colors.bold(colors.green(`switches: ${OPEN}`));
  if (outcome.outcome === 'unknown') return colors.bold(colors.yellow('unknown'));
  return colors.bold(colors.red(`fails: ${failureText(outcome, refused)}`));
}
