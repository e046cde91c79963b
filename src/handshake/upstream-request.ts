import type { Setting } from '../model/scope';
import { argumentTemplate } from '../model/template';
import { concatenate } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { SINCE } from '../model/version';
import { cacheUse } from './cache';
import { settingHere } from './flags';
import { escapeUri } from './escape';
import { upstreamHeaders } from './upstream-headers';
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
  const httpVersion = proxyVersion(run);
  const headers = upstreamHeaders(run, url, httpVersion, isCached(run));
  return headers === null ? null : { method, uri, httpVersion, headers, cache: cacheUse(run, uri) };
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
  return run.nginx.since(SINCE.http11Default) ? '1.1' : '1.0';
}

/** A pass without URI sends the target as it came, unless something changed it; otherwise the location is replaced. */
export function proxyUri(run: Run, pass: Setting, url: BackendUrl): Value {
  if (url.variable && url.uri !== '') return url.uri;
  if (url.uri === '' && run.validUnparsedUri) return run.unparsedUri;
  const cut = run.validLocation && url.uri !== '' ? locationName(pass.scope).length : 0;
  const rest = run.uri.slice(cut);
  const escaped = run.quotedUri || run.internal ? escapeUri(rest, run.nginx.version) : rest;
  const query = run.args === '' ? '' : concatenate(['?', run.args]);
  return concatenate([run.validLocation ? url.uri : '', escaped, query]);
}

/** The lines of this name (in lower case), those among them that may be empty too. */
export function linesOf(request: UpstreamRequest, name: string): readonly UpstreamHeader[] {
  return request.headers.filter((header) => header.name.length === name.length && header.name.toLowerCase() === name);
}
