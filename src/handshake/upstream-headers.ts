import { spend } from '../model/effort';
import { effective } from '../model/effective';
import type { Scope, Setting } from '../model/scope';
import { argument, argumentTemplate, compileTemplate } from '../model/template';
import type { Part, Template } from '../model/template';
import { isKnown } from '../model/value';
import { variableSources } from '../model/variable-sources';
import { evaluate } from '../model/variables';
import { SINCE } from '../model/version';
import type { NginxVersion } from '../model/version';
import { settingHere } from './flags';
import type { Run } from './run';
import type { BackendUrl } from './target-url';
import type { UpstreamHeader, UpstreamRequest } from './types';

/** A header that nginx works out for the request: a line of proxy_set_header, or a default. */
interface Line {
  readonly name: string;
  readonly value: Template;
  readonly setting: Setting | null;
  /** What every request gets, where nothing varies: thousands of routes may share thousands of lines. */
  readonly constant: UpstreamHeader | null;
}

/** The lines of one level, ready for requests. */
interface Table {
  readonly lines: readonly Line[];
  /** Names in lower case: none of them is taken from the client. */
  readonly taken: ReadonlySet<string>;
  /** The Host line that counts where only one does. */
  readonly host: Line | null;
  /** Some value holds `$1`... or a named capture: a regex map among the others may change it. */
  readonly captures: boolean;
}

const NEVER_PASSED = ['TE', 'Keep-Alive', 'Expect', 'Upgrade'];
/** What an answer for the cache must not depend on: never passed on with proxy_cache. */
const CONDITIONS = ['If-Modified-Since', 'If-Unmodified-Since', 'If-None-Match', 'If-Match', 'Range', 'If-Range'];

/** nginx's own header table (ngx_http_proxy_headers), which proxy_set_header overrides name by name. */
function defaultHeaders(version: NginxVersion, cached: boolean): readonly (readonly [string, string])[] {
  return [
    ['Host', version >= SINCE.hostAlwaysSent ? '' : '$proxy_host'],
    ['Connection', version >= SINCE.http11Default ? '' : 'close'],
    ...(version >= SINCE.proxyConnectionDropped ? ([['Proxy-Connection', '']] as const) : []),
    ['Content-Length', '$proxy_internal_body_length'],
    ['Transfer-Encoding', '$proxy_internal_chunked'],
    ...NEVER_PASSED.map((name) => [name, ''] as const),
    ...(cached ? CONDITIONS.map((name) => [name, ''] as const) : []),
  ];
}

const tables = new WeakMap<object, Map<string, Table>>();
/** Stands for the level where nothing is set. */
const NOWHERE = {};

function tableFor(run: Run, cached: boolean): Table {
  const { settings, scope } = run.names.has('proxy_set_header')
    ? effective(run.scope, 'proxy_set_header')
    : { settings: [], scope: null };
  const byVersion = tablesAt(scope);
  const key = `${run.version} ${cached}`;
  let table = byVersion.get(key);
  if (table === undefined) {
    table = makeTable(settings, run, cached);
    byVersion.set(key, table);
  }
  return table;
}

function tablesAt(scope: Scope | null): Map<string, Table> {
  let found = tables.get(scope ?? NOWHERE);
  if (found === undefined) {
    found = new Map();
    tables.set(scope ?? NOWHERE, found);
  }
  return found;
}

/** Own lines in their order, then nginx's defaults for names they leave out. */
function makeTable(settings: readonly Setting[], { version, configuration }: Run, cached: boolean): Table {
  const sources = variableSources(configuration);
  const hostFirst = version >= SINCE.hostAlwaysSent;
  const own: Line[] = settings.map((setting) => lineOf(argument(setting, 0), argumentTemplate(setting, 1), setting));
  const taken = new Set(own.map(({ name }) => name.toLowerCase()));
  const lines = hostFirst ? own.filter(({ name }) => name.toLowerCase() !== 'host') : [...own];
  for (const [name, value] of defaultHeaders(version, cached)) {
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    // A default without a value only keeps the client's header back.
    if (value !== '') lines.push(lineOf(name, compileTemplate(value), null));
  }
  const host = hostFirst ? (own.findLast(({ name }) => name.toLowerCase() === 'host') ?? null) : null;
  const isCapture = (part: Part): boolean =>
    part.kind === 'capture' || (part.kind === 'variable' && sources.get(part.name)?.kind === 'empty');
  const captures = lines.some(({ value }) => value.parts.some(isCapture));
  return { lines, taken, host, captures };
}

function lineOf(name: string, value: Template, setting: Setting | null): Line {
  const constant = setting === null || value.constant === null ? null : { name, value: value.constant, setting };
  return { name, value, setting, constant };
}

/**
 * Own lines, defaults, then what the client sent. null when the values turn out longer than the room that nginx has
 * made for them: it answers 500.
 */
export function upstreamHeaders(
  run: Run,
  url: BackendUrl,
  httpVersion: UpstreamRequest['httpVersion'],
  cached: boolean,
): readonly UpstreamHeader[] | null {
  const table = tableFor(run, cached);
  spend(table.lines.length);
  const headers: UpstreamHeader[] = [];
  if (run.version >= SINCE.hostAlwaysSent) addHost(run, table, url, httpVersion, headers);
  const before = headers.length;
  // Lengths first, then texts: a regex map among them may change $1 for all of them in between.
  const room = table.captures ? roomFor(readLines(run, table)) : null;
  for (const header of readLines(run, table)) if (header.value !== '') headers.push(header);
  if (room !== null && roomFor(headers.slice(before)) > room) return null;
  if (settingHere(run, 'proxy_pass_request_headers')?.directive.args[0]?.toLowerCase() !== 'off') {
    addClientHeaders(run, table.taken, headers);
  }
  return headers;
}

/** An empty header of the client's is passed on, unlike an empty line of the configuration. */
function addClientHeaders(run: Run, taken: ReadonlySet<string>, headers: UpstreamHeader[]): void {
  for (const header of run.headers) {
    const [name, value] = header;
    if (taken.has(name.toLowerCase()) && !run.invalidHeaders.has(header)) continue;
    headers.push({ name, value, setting: null });
  }
}

function readLines(run: Run, { lines }: Table): UpstreamHeader[] {
  return lines.map(({ name, value, setting, constant }) => {
    if (constant !== null) return constant;
    return { name, value: evaluate((setting === null ? bodyLength(run, name) : null) ?? value, run), setting };
  });
}

/** The length of proxy_set_body replaces that of the client's body. */
function bodyLength(run: Run, name: string): Template | null {
  const body = name === 'Content-Length' ? settingHere(run, 'proxy_set_body') : null;
  if (body === null) return null;
  const text = evaluate(argumentTemplate(body, 0), run);
  return isKnown(text) ? compileTemplate(String(text.length)) : null;
}

/** Unknown values count for nothing: they are the same both times. */
function roomFor(headers: readonly UpstreamHeader[]): number {
  let room = 0;
  for (const { name, value } of headers) if (isKnown(value) && value !== '') room += name.length + value.length + 4;
  return room;
}

/** From 1.31.4 on: the last Host line, or $proxy_host when there is none or it is empty (HTTP/1.1 alone). */
function addHost(
  run: Run,
  { host }: Table,
  url: BackendUrl,
  httpVersion: UpstreamRequest['httpVersion'],
  headers: UpstreamHeader[],
): void {
  const own = host === null ? '' : evaluate(host.value, run);
  const value = host === null || (own === '' && httpVersion === '1.1') ? url.host : own;
  if (value !== '') headers.push({ name: 'Host', value, setting: host?.setting ?? null });
}
