import { SINCE, type NginxVersion } from './version';

/**
 * Defaults of the directives that decide about a WebSocket proxy, as nginx's documentation writes them. Sizes that
 * follow the memory page are given for 4k pages.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  absolute_redirect: 'on',
  add_header_inherit: 'on',
  client_body_timeout: '60s',
  client_header_timeout: '60s',
  client_max_body_size: '1m',
  fastcgi_read_timeout: '60s',
  grpc_read_timeout: '60s',
  grpc_send_timeout: '60s',
  http2: 'off',
  ignore_invalid_headers: 'on',
  keepalive_timeout: '75s',
  merge_slashes: 'on',
  port_in_redirect: 'on',
  proxy_buffer_size: '4k',
  proxy_buffering: 'on',
  proxy_buffers: '8 4k',
  proxy_busy_buffers_size: '8k',
  proxy_cache: 'off',
  proxy_cache_lock: 'off',
  proxy_connect_timeout: '60s',
  proxy_ignore_client_abort: 'off',
  proxy_intercept_errors: 'off',
  proxy_max_temp_file_size: '1024m',
  proxy_next_upstream: 'error timeout',
  proxy_pass_request_body: 'on',
  proxy_pass_request_headers: 'on',
  proxy_read_timeout: '60s',
  proxy_redirect: 'default',
  proxy_request_buffering: 'on',
  proxy_send_timeout: '60s',
  proxy_socket_keepalive: 'off',
  proxy_ssl_name: '$proxy_host',
  proxy_ssl_server_name: 'off',
  proxy_ssl_session_reuse: 'on',
  proxy_ssl_verify: 'off',
  proxy_ssl_verify_depth: '1',
  // Of stream, where it is the idle clock.
  proxy_timeout: '10m',
  recursive_error_pages: 'off',
  resolver_timeout: '30s',
  satisfy: 'all',
  scgi_read_timeout: '60s',
  send_timeout: '60s',
  server_name_in_redirect: 'off',
  ssi: 'off',
  ssl_verify_client: 'off',
  tcp_nodelay: 'on',
  underscores_in_headers: 'off',
  uwsgi_read_timeout: '60s',
  worker_connections: '512',
};

/** What applies when a directive is set nowhere; undefined when there is nothing to say, or it does not matter here. */
export function defaultValue(name: string, version: NginxVersion): string | undefined {
  if (name === 'proxy_http_version') return version >= SINCE.http11Default ? '1.1' : '1.0';
  return Object.hasOwn(DEFAULTS, name) ? DEFAULTS[name] : undefined;
}
