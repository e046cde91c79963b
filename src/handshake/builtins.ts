import type { Builtin } from '../model/variables';
import { SINCE } from '../model/version';
import { isKnown, unknown } from '../model/value';
import type { Value } from '../model/value';
import { argument, cookie, headerValue } from './request-values';
import type { Run } from './run';

/** Variables that only the running server knows, and that are never empty. */
const RUNTIME: ReadonlySet<string> = new Set(
  (
    'remote_addr remote_port binary_remote_addr server_addr realip_remote_addr realip_remote_port document_root ' +
    'realpath_root request_filename connection connection_requests connection_time nginx_version hostname pid msec ' +
    'time_iso8601 time_local request_id request_length request_time pipe tcpinfo_rtt tcpinfo_rttvar tcpinfo_snd_cwnd ' +
    'tcpinfo_rcv_space connections_active connections_reading connections_writing connections_waiting ' +
    'proxy_add_x_forwarded_for date_gmt date_local'
  ).split(' '),
);

/** Variables that only the running server knows, and that may be empty. */
const RUNTIME_OR_EMPTY =
  /^(?:ssl_.*|geoip_.*|geoip2_.*|sent_http_.*|sent_trailer_.*|proxy_protocol_.*|jwt_.*|secure_link.*|slice_range|uid_.*|ancient_browser|modern_browser|msie|gzip_ratio|limit_.*|fastcgi_.*|secret_.*|quic_.*|otel_.*|request_body.*|status|bytes_sent|body_bytes_sent|request_completion|acme_.*|upload_.*|session_log_.*|mgmt_.*)$/;

/** Empty while a request goes out: there is no response yet. */
const NOT_YET = /^upstream_/;

type Reader = (run: Run, name: string) => Value;

/** Worked out anew at every use (NGX_HTTP_VAR_NOCACHEABLE), because redirects change them. */
const CHANGING: Readonly<Record<string, Reader>> = {
  uri: (run) => run.uri,
  document_uri: (run) => run.uri,
  args: (run) => run.args,
  query_string: (run) => run.args,
  is_args: (run) => (isKnown(run.args) ? (run.args === '' ? '' : '?') : unknown(run.args.unknown)),
  request_method: (run) => run.mainMethod ?? run.method,
  proxy_host: (run) => run.proxyHost ?? '',
  proxy_port: (run) => run.proxyPort ?? '',
  proxy_internal_body_length: (run) => headerValue(run, 'content_length') ?? '',
  proxy_internal_chunked: () => '',
};

const FIXED: Readonly<Record<string, Reader>> = {
  host: (run) => run.host ?? run.serverName,
  server_name: (run) => run.serverName,
  server_port: (run) => String(run.request.port),
  server_protocol: () => 'HTTP/1.1',
  scheme: (run) => run.request.scheme,
  https: (run) => (run.request.scheme === 'https' ? 'on' : ''),
  request_uri: (run) => run.unparsedUri,
  request: (run) => `${run.request.method} ${run.request.target} HTTP/1.1`,
  content_length: (run) => headerValue(run, 'content_length') ?? '',
  content_type: (run) => headerValue(run, 'content_type') ?? '',
  remote_user: (run) => (headerValue(run, 'authorization') === null ? '' : unknown('$remote_user of a request')),
  http2: () => '',
  http3: () => '',
  spdy: () => '',
  ssl_client_verify: (run) => (run.request.scheme === 'https' ? 'NONE' : ''),
  ssl_server_name: (run) => (run.request.scheme === 'https' ? (run.host ?? '') : ''),
  limit_rate: () => '0',
  invalid_referer: (run) => invalidReferer(run),
};

/** The variable that nginx or one of its modules provides under this lower-case name; null when there is none. */
export function builtin(run: Run, name: string): Builtin | null {
  if (Object.hasOwn(CHANGING, name)) return { value: CHANGING[name]?.(run, name) ?? '', cached: false };
  if (Object.hasOwn(FIXED, name)) return { value: FIXED[name]?.(run, name) ?? '', cached: true };
  if (name.startsWith('http_')) return { value: headerValue(run, name.slice(5)) ?? '', cached: true };
  if (name.startsWith('arg_')) return { value: argument(run.args, name.slice(4)), cached: false };
  if (name.startsWith('cookie_')) return { value: cookie(run, name.slice(7)), cached: true };
  if (name === 'request_port' || name === 'is_request_port') return requestPort(run, name);
  return lateVariable(run, name);
}

/** 1.29.3: the port of the Host header, and a colon when it has one. */
function requestPort(run: Run, name: string): Builtin | null {
  if (!run.nginx.since(SINCE.addHeaderInherit)) return null;
  const port = /:(\d{1,5})$/.exec(headerValue(run, 'host') ?? '')?.[1] ?? '';
  return { value: name === 'request_port' ? port : port === '' ? '' : ':', cached: true };
}

function lateVariable(run: Run, name: string): Builtin | null {
  if (RUNTIME.has(name)) return { value: unknown(`$${name} is known at run time only`, true), cached: true };
  if (NOT_YET.test(name)) return { value: '', cached: false };
  if (name.startsWith('ssl_') && run.request.scheme === 'http') return { value: '', cached: true };
  if (name.startsWith('ssl_client_')) return { value: '', cached: true };
  if (RUNTIME_OR_EMPTY.test(name)) return { value: unknown(`$${name} is known at run time only`), cached: true };
  return null;
}

/** ngx_http_referer_variable: `1` unless the Referer is one of those that valid_referers names at this level. */
function invalidReferer(run: Run): Value {
  for (let scope = run.scope; ;) {
    const lines = scope.own('valid_referers');
    if (lines.length > 0) {
      if (headerValue(run, 'referer') !== null) return unknown('$invalid_referer goes by the Referer');
      return lines.some((line) => line.directive.args.includes('none')) ? '' : '1';
    }
    if (scope.parent === null) return '';
    scope = scope.parent;
  }
}
