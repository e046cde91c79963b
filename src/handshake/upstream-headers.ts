import { spend } from '../model/effort';
import type { Setting } from '../model/scope';
import { argumentTemplate, compileTemplate } from '../model/template';
import type { Template } from '../model/template';
import { isKnown } from '../model/value';
import { evaluate } from '../model/variables';
import { SINCE } from '../model/version';
import { settingHere } from './flags';
import { linesHere, tableFor } from './header-table';
import type { Line, Table } from './header-table';
import type { Run } from './run';
import type { BackendUrl } from './target-url';
import type { Header, UpstreamHeader, UpstreamRequest } from './types';

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
  const level = linesHere(run);
  const { settings } = level;
  const table = tableFor(run, level, cached);
  spend(table.lines.length);
  const headers: UpstreamHeader[] = [];
  if (run.nginx.since(SINCE.hostAlwaysSent)) headers.push(...hostLine(run, table, settings, url, httpVersion));
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
    if (taken.has(header[0].toLowerCase()) && !run.invalidHeaders.has(header)) continue;
    let sent = asSent.get(header);
    if (sent === undefined) asSent.set(header, (sent = { name: header[0], value: header[1], setting: null }));
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
