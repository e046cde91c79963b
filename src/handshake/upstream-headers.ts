import { spend } from '../model/effort';
import { effective } from '../model/effective';
import type { Configuration, Effective, Scope, Setting } from '../model/scope';
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
import type { Header, UpstreamHeader, UpstreamRequest } from './types';

/** A header that nginx works out for the request: a line of proxy_set_header, or a default. */
interface Line {
  readonly name: string;
  readonly value: Template;
  /** Its place among the lines of its level; null for a default. */
  readonly own: number | null;
}

const NOTHING_SET: Pick<Effective, 'settings' | 'scope'> = { settings: [], scope: null };

/** The lines of one level, ready for requests. All levels that hold the same words share one. */
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

/** What the lines of a level say, with the tables that were made of it: by version, and whether answers are cached. */
interface Content {
  readonly words: readonly (readonly [name: string, value: string])[];
  readonly tables: Map<string, Table>;
}

const contents = new WeakMap<Configuration, Map<string, Content>>();
/** The same few lines stand in thousands of locations: a table for each was a tenth of all memory for 2,000 servers. */
const contentOf = new WeakMap<Scope, Content>();

function tableFor(run: Run, settings: readonly Setting[], scope: Scope | null, cached: boolean): Table {
  let content = scope === null ? undefined : contentOf.get(scope);
  if (content === undefined) {
    content = contentIn(run.configuration, settings);
    if (scope !== null) contentOf.set(scope, content);
  }
  const key = `${run.version} ${cached}`;
  let table = content.tables.get(key);
  if (table === undefined) content.tables.set(key, (table = makeTable(content.words, run, cached)));
  return table;
}

function contentIn(configuration: Configuration, settings: readonly Setting[]): Content {
  let known = contents.get(configuration);
  if (known === undefined) contents.set(configuration, (known = new Map()));
  const words = settings.map((setting) => [argument(setting, 0), argument(setting, 1)] as const);
  const key = JSON.stringify(words);
  let content = known.get(key);
  if (content === undefined) known.set(key, (content = { words, tables: new Map() }));
  return content;
}

/** Own lines in their order, then nginx's defaults for names they leave out. */
function makeTable(words: Content['words'], { version, configuration }: Run, cached: boolean): Table {
  const sources = variableSources(configuration);
  const hostFirst = version >= SINCE.hostAlwaysSent;
  const own = words.map(([name, value], index): Line => ({ name, value: compileTemplate(value), own: index }));
  const taken = new Set(own.map(({ name }) => name.toLowerCase()));
  const lines = hostFirst ? own.filter(({ name }) => name.toLowerCase() !== 'host') : [...own];
  for (const [name, value] of defaultHeaders(version, cached)) {
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    // A default without a value only keeps the client's header back.
    if (value !== '') lines.push({ name, value: compileTemplate(value), own: null });
  }
  const host = hostFirst ? (own.findLast(({ name }) => name.toLowerCase() === 'host') ?? null) : null;
  const isCapture = (part: Part): boolean =>
    part.kind === 'capture' || (part.kind === 'variable' && sources.get(part.name)?.kind === 'empty');
  const captures = lines.some(({ value }) => value.parts.some(isCapture));
  return { lines, taken, host, captures };
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
  const { settings, scope } = run.names.has('proxy_set_header')
    ? effective(run.scope, 'proxy_set_header')
    : NOTHING_SET;
  const table = tableFor(run, settings, scope, cached);
  spend(table.lines.length);
  const headers: UpstreamHeader[] = [];
  if (run.version >= SINCE.hostAlwaysSent) headers.push(...hostLine(run, table, settings, url, httpVersion));
  const before = headers.length;
  // Lengths first, then texts: a regex map among them may change $1 for all of them in between.
  const room = table.captures ? roomFor(readLines(run, table, settings)) : null;
  for (const header of readLines(run, table, settings)) headers.push(header);
  if (room !== null && roomFor(headers.slice(before)) > room) return null;
  if (settingHere(run, 'proxy_pass_request_headers')?.directive.args[0]?.toLowerCase() !== 'off') {
    addClientHeaders(run, table.taken, headers);
  }
  return headers;
}

/** What is sent on for a header of the client's: most of a browser's headers are the same in every request. */
const asSent = new WeakMap<Header, UpstreamHeader>();

/** An empty header of the client's is passed on, unlike an empty line of the configuration. */
function addClientHeaders(run: Run, taken: ReadonlySet<string>, headers: UpstreamHeader[]): void {
  for (const header of run.headers) {
    const [name, value] = header;
    if (taken.has(name.toLowerCase()) && !run.invalidHeaders.has(header)) continue;
    let sent = asSent.get(header);
    if (sent === undefined) asSent.set(header, (sent = { name, value, setting: null }));
    headers.push(sent);
  }
}

/** What every request gets, where nothing varies: thousands of routes may share thousands of lines. */
const constants = new WeakMap<Setting, UpstreamHeader>();

/** The lines that come out filled. */
function readLines(run: Run, { lines }: Table, settings: readonly Setting[]): UpstreamHeader[] {
  const read: UpstreamHeader[] = [];
  for (const line of lines) {
    const setting = line.own === null ? null : (settings[line.own] ?? null);
    const header =
      setting !== null && line.value.constant !== null ? constantLine(line, setting) : readLine(run, line, setting);
    if (header.value !== '') read.push(header);
  }
  return read;
}

function constantLine({ name, value }: Line, setting: Setting): UpstreamHeader {
  let header = constants.get(setting);
  if (header === undefined) constants.set(setting, (header = { name, value: value.constant ?? '', setting }));
  return header;
}

function readLine(run: Run, { name, value }: Line, setting: Setting | null): UpstreamHeader {
  return { name, value: evaluate((setting === null ? bodyLength(run, name) : null) ?? value, run), setting };
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
function hostLine(
  run: Run,
  { host }: Table,
  settings: readonly Setting[],
  url: BackendUrl,
  httpVersion: UpstreamRequest['httpVersion'],
): readonly UpstreamHeader[] {
  const own = host === null ? '' : evaluate(host.value, run);
  const value = host === null || (own === '' && httpVersion === '1.1') ? url.host : own;
  const setting = host?.own == null ? null : (settings[host.own] ?? null);
  return value === '' ? [] : [{ name: 'Host', value, setting }];
}
