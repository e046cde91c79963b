import type { Setting } from '../model/scope';
import { argument, argumentTemplate, compileTemplate } from '../model/template';
import type { Template } from '../model/template';
import { concatenate, isKnown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { SINCE } from '../model/version';
import type { NginxVersion } from '../model/version';
import { settingHere, settingsHere } from './flags';
import { escapeUri } from './escape';
import type { Run } from './run';
import { locationName } from './target-url';
import type { BackendUrl } from './target-url';
import type { UpstreamHeader, UpstreamRequest } from './types';

/**
 * The request that ngx_http_proxy_create_request makes for the location of the run; null when nginx answers 500 because
 * a regex map has changed what `$1` in the headers stands for.
 */
export function upstreamRequest(run: Run, pass: Setting, url: BackendUrl): UpstreamRequest | null {
  run.proxyHost = url.host;
  run.proxyPort = url.port;
  const method = proxyMethod(run);
  const uri = proxyUri(run, pass, url);
  const headers = proxyHeaders(run, url);
  return headers === null ? null : { method, uri, httpVersion: proxyVersion(run), headers };
}

export function isCached(run: Run): boolean {
  const setting = settingHere(run, 'proxy_cache');
  return setting !== null && setting.directive.args[0] !== 'off' && (run.method === 'GET' || run.method === 'HEAD');
}

/** HEAD becomes GET when the answer may be cached, unless proxy_cache_convert_head is off. */
function proxyMethod(run: Run): Value {
  if (run.method === 'HEAD' && isCached(run)) {
    if (settingHere(run, 'proxy_cache_convert_head')?.directive.args[0] !== 'off') return 'GET';
  }
  const setting = settingHere(run, 'proxy_method');
  return setting === null ? run.method : evaluate(argumentTemplate(setting, 0), run);
}

/** 1.1 by default from 1.29.7 on, 1.0 before. */
export function proxyVersion(run: Run): UpstreamRequest['httpVersion'] {
  const value = settingHere(run, 'proxy_http_version')?.directive.args[0];
  if (value === '1.0' || value === '1.1' || value === '2') return value;
  return run.version >= SINCE.http11Default ? '1.1' : '1.0';
}

/** A pass without URI sends the target as it came, unless something changed it; otherwise the location is replaced. */
function proxyUri(run: Run, pass: Setting, url: BackendUrl): Value {
  if (url.variable && url.uri !== '') return url.uri;
  if (url.uri === '' && run.validUnparsedUri) return run.unparsedUri;
  const cut = run.validLocation && url.uri !== '' ? locationName(pass.scope).length : 0;
  const rest = run.uri.slice(cut);
  const escaped = run.quotedUri || run.internal ? escapeUri(rest, run.version) : rest;
  const query = run.args === '' ? '' : concatenate(['?', run.args]);
  return concatenate([run.validLocation ? url.uri : '', escaped, query]);
}

interface DefaultHeader {
  readonly name: string;
  readonly value: Template;
}

function byDefault(name: string, value = ''): DefaultHeader {
  return { name, value: compileTemplate(value) };
}

const NEVER_PASSED = ['TE', 'Keep-Alive', 'Expect', 'Upgrade'];
/** What an answer for the cache must not depend on: never passed on with proxy_cache. */
const CONDITIONS = ['If-Modified-Since', 'If-Unmodified-Since', 'If-None-Match', 'If-Match', 'Range', 'If-Range'];

const defaults = new Map<string, readonly DefaultHeader[]>();

/** nginx's own header table (ngx_http_proxy_headers), which proxy_set_header overrides name by name. */
function defaultHeaders(version: NginxVersion, cached: boolean): readonly DefaultHeader[] {
  const key = `${version} ${cached}`;
  let table = defaults.get(key);
  if (table === undefined) {
    table = [
      byDefault('Host', version >= SINCE.hostAlwaysSent ? '' : '$proxy_host'),
      byDefault('Connection', version >= SINCE.http11Default ? '' : 'close'),
      ...(version >= SINCE.proxyConnectionDropped ? [byDefault('Proxy-Connection')] : []),
      byDefault('Content-Length', '$proxy_internal_body_length'),
      byDefault('Transfer-Encoding', '$proxy_internal_chunked'),
      ...NEVER_PASSED.map((name) => byDefault(name)),
      ...(cached ? CONDITIONS.map((name) => byDefault(name)) : []),
    ];
    defaults.set(key, table);
  }
  return table;
}

/** A header that nginx works out for the request: a line of proxy_set_header, or a default. */
interface Line {
  readonly name: string;
  readonly value: Template;
  readonly setting: Setting | null;
}

/** Own lines in their order, then nginx's defaults for names they leave out. */
function headerLines(run: Run): readonly Line[] {
  const settings = settingsHere(run, 'proxy_set_header');
  const lines: Line[] = settings.map((setting) => ({
    name: argument(setting, 0),
    value: argumentTemplate(setting, 1),
    setting,
  }));
  const taken = new Set(lines.map(({ name }) => name.toLowerCase()));
  for (const { name, value } of defaultHeaders(run.version, isCached(run))) {
    if (!taken.has(name.toLowerCase())) lines.push({ name, value: bodyLength(run, name) ?? value, setting: null });
  }
  return lines;
}

/** The length of proxy_set_body replaces that of the client's body. */
function bodyLength(run: Run, name: string): Template | null {
  const body = name === 'Content-Length' ? settingHere(run, 'proxy_set_body') : null;
  if (body === null) return null;
  const text = evaluate(argumentTemplate(body, 0), run);
  return isKnown(text) ? compileTemplate(String(text.length)) : null;
}

/** null when the values turn out longer than the room that nginx has made for them: it answers 500. */
function proxyHeaders(run: Run, url: BackendUrl): readonly UpstreamHeader[] | null {
  const lines = headerLines(run);
  const hostFirst = run.version >= SINCE.hostAlwaysSent;
  const host = hostFirst ? hostHeader(run, lines, url) : null;
  const own = hostFirst ? lines.filter(({ name }) => name.toLowerCase() !== 'host') : lines;
  // Lengths first, then texts: a regex map among them may change $1 for all of them in between.
  const room = roomFor(readLines(run, own));
  const sent = readLines(run, own);
  if (roomFor(sent) > room) return null;
  const headers = sent.filter(({ value }) => value !== '');
  if (host !== null && host.value !== '') headers.unshift(host);
  if (settingHere(run, 'proxy_pass_request_headers')?.directive.args[0]?.toLowerCase() !== 'off') {
    const taken = new Set(lines.map(({ name }) => name.toLowerCase()));
    for (const header of run.headers) {
      const [name, value] = header;
      if (taken.has(name.toLowerCase()) && !run.invalidHeaders.has(header)) continue;
      headers.push({ name, value, setting: null });
    }
  }
  return headers;
}

function readLines(run: Run, lines: readonly Line[]): UpstreamHeader[] {
  return lines.map(({ name, value, setting }) => ({ name, value: evaluate(value, run), setting }));
}

/** Unknown values count for nothing: they are the same both times. */
function roomFor(headers: readonly UpstreamHeader[]): number {
  let room = 0;
  for (const { name, value } of headers) if (isKnown(value) && value !== '') room += name.length + value.length + 4;
  return room;
}

/** From 1.31.4 on: the last Host line, or $proxy_host when there is none or it is empty (HTTP/1.1 alone). */
function hostHeader(run: Run, lines: readonly Line[], url: BackendUrl): UpstreamHeader {
  const own = lines.findLast(({ name, setting }) => setting !== null && name.toLowerCase() === 'host');
  const value = own === undefined ? '' : evaluate(own.value, run);
  const replaced = own === undefined || (value === '' && proxyVersion(run) === '1.1');
  return { name: 'Host', value: replaced ? url.host : value, setting: own?.setting ?? null };
}

/** The lines of this name that are sent, and those that may be empty. */
export function linesOf(request: UpstreamRequest, name: string): readonly UpstreamHeader[] {
  return request.headers.filter((header) => header.name.toLowerCase() === name);
}
