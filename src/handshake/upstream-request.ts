import { effective, effectiveSetting } from '../model/effective';
import type { Setting } from '../model/scope';
import { argument, argumentTemplate, compileTemplate } from '../model/template';
import { concatenate, isKnown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { SINCE } from '../model/version';
import type { NginxVersion } from '../model/version';
import { escapeUri } from './escape';
import type { Run } from './run';
import { locationName } from './target-url';
import type { BackendUrl } from './target-url';
import type { UpstreamHeader, UpstreamRequest } from './types';

/** The request that ngx_http_proxy_create_request makes for the location of the run. */
export function upstreamRequest(run: Run, pass: Setting, url: BackendUrl): UpstreamRequest {
  run.proxyHost = url.host;
  run.proxyPort = url.port;
  return {
    method: proxyMethod(run),
    uri: proxyUri(run, pass, url),
    httpVersion: proxyVersion(run),
    headers: proxyHeaders(run, url),
  };
}

export function isCached(run: Run): boolean {
  const setting = effectiveSetting(run.scope, 'proxy_cache');
  return setting !== null && setting.directive.args[0] !== 'off' && (run.method === 'GET' || run.method === 'HEAD');
}

/** HEAD becomes GET when the answer may be cached, unless proxy_cache_convert_head is off. */
function proxyMethod(run: Run): Value {
  if (run.method === 'HEAD' && isCached(run)) {
    if (effectiveSetting(run.scope, 'proxy_cache_convert_head')?.directive.args[0] !== 'off') return 'GET';
  }
  const setting = effectiveSetting(run.scope, 'proxy_method');
  return setting === null ? run.method : evaluate(argumentTemplate(setting, 0), run);
}

/** 1.1 by default from 1.29.7 on, 1.0 before. */
export function proxyVersion(run: Run): UpstreamRequest['httpVersion'] {
  const value = effectiveSetting(run.scope, 'proxy_http_version')?.directive.args[0];
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
  readonly value: string;
}

const NEVER_PASSED = ['TE', 'Keep-Alive', 'Expect', 'Upgrade'].map((name) => ({ name, value: '' }));
const BODY = [
  { name: 'Content-Length', value: '$proxy_internal_body_length' },
  { name: 'Transfer-Encoding', value: '$proxy_internal_chunked' },
];
/** What an answer for the cache must not depend on: never passed on with proxy_cache. */
const CONDITIONS = ['If-Modified-Since', 'If-Unmodified-Since', 'If-None-Match', 'If-Match', 'Range', 'If-Range'].map(
  (name) => ({ name, value: '' }),
);

const defaults = new Map<string, readonly DefaultHeader[]>();

/** nginx's own header table (ngx_http_proxy_headers), which proxy_set_header overrides name by name. */
function defaultHeaders(version: NginxVersion, cached: boolean): readonly DefaultHeader[] {
  const key = `${version} ${cached}`;
  let table = defaults.get(key);
  if (table === undefined) {
    table = [
      { name: 'Host', value: version >= SINCE.hostAlwaysSent ? '' : '$proxy_host' },
      { name: 'Connection', value: version >= SINCE.http11Default ? '' : 'close' },
      ...(version >= SINCE.proxyConnectionDropped ? [{ name: 'Proxy-Connection', value: '' }] : []),
      ...BODY,
      ...NEVER_PASSED,
      ...(cached ? CONDITIONS : []),
    ];
    defaults.set(key, table);
  }
  return table;
}

/** Own lines in their order, then nginx's defaults for names they leave out, then the client's other headers. */
function proxyHeaders(run: Run, url: BackendUrl): readonly UpstreamHeader[] {
  const { settings } = effective(run.scope, 'proxy_set_header');
  const hostFirst = run.version >= SINCE.hostAlwaysSent;
  const taken = new Set<string>();
  const headers: UpstreamHeader[] = [];
  let host: UpstreamHeader | null = null;
  for (const setting of settings) {
    const header = { name: argument(setting, 0), value: evaluate(argumentTemplate(setting, 1), run), setting };
    taken.add(header.name.toLowerCase());
    if (hostFirst && header.name.toLowerCase() === 'host') host = header;
    else headers.push(header);
  }
  for (const { name, value } of defaultHeaders(run.version, isCached(run))) {
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    headers.push({ name, value: defaultValue(run, name, value), setting: null });
  }
  if (hostFirst) headers.unshift(hostHeader(run, host, url));
  if (effectiveSetting(run.scope, 'proxy_pass_request_headers')?.directive.args[0]?.toLowerCase() !== 'off') {
    for (const [name, value] of run.headers) {
      if (!taken.has(name.toLowerCase())) headers.push({ name, value, setting: null });
    }
  }
  return headers.filter(({ value }) => value !== '');
}

/** From 1.31.4 on: the last Host line, or $proxy_host when there is none or it is empty (HTTP/1.1 alone). */
function hostHeader(run: Run, own: UpstreamHeader | null, url: BackendUrl): UpstreamHeader {
  const replaced = own === null || (own.value === '' && proxyVersion(run) === '1.1');
  return { name: 'Host', value: replaced ? url.host : own.value, setting: own?.setting ?? null };
}

/** The length of proxy_set_body replaces that of the client's body. */
function defaultValue(run: Run, name: string, value: string): Value {
  const body = name === 'Content-Length' ? effectiveSetting(run.scope, 'proxy_set_body') : null;
  if (body === null) return evaluate(compileTemplate(value), run);
  const text = evaluate(argumentTemplate(body, 0), run);
  return isKnown(text) ? String(text.length) : text;
}

/** The lines of this name that are sent, and those that may be empty. */
export function linesOf(request: UpstreamRequest, name: string): readonly UpstreamHeader[] {
  return request.headers.filter((header) => header.name.toLowerCase() === name);
}
