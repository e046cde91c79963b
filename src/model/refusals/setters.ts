import type { Context } from '../directives';
import type { Setter } from './check';
import { isHttp } from './check';
import * as core from './core';
import { listen } from './listen';
import { location } from './locations';
import * as proxy from './proxy';
import * as rewrite from './rewrite';
import * as upstreams from './upstreams';
import * as zones from './zones';

type Setters = Readonly<Record<string, Setter>>;

const MAIN: Setters = {
  error_log: core.errorLog,
  load_module: core.loadModule,
  use: core.use,
  worker_connections: core.workerConnections,
  worker_processes: core.workerProcesses,
};

const CACHING = ['proxy', 'fastcgi', 'uwsgi', 'scgi'];
const BINDING = [...CACHING, 'grpc', 'memcached', 'tunnel'];

/** `proxy_bind`, `fastcgi_bind`...: one setter for all. */
function alike(modules: readonly string[], name: string, setter: Setter): Setters {
  return Object.fromEntries(modules.map((module) => [`${module}_${name}`, setter]));
}

const HTTP: Setters = {
  ...alike(BINDING, 'bind', proxy.bind),
  ...alike(CACHING, 'cache', zones.cache),
  ...alike(CACHING, 'cache_path', zones.cachePath),
  ...alike(CACHING, 'store', zones.store),
  access_log: core.accessLog,
  add_header: core.addHeader,
  add_trailer: core.addHeader,
  aio: core.aio,
  alias: core.root,
  allow: core.access,
  auth_request_set: rewrite.definesVariable(0),
  deny: core.access,
  directio: core.directio,
  error_log: core.errorLog,
  error_page: core.errorPage,
  expires: core.expires,
  fastcgi_pass: upstreams.passWithScheme(null),
  geo: rewrite.definesVariable(-1),
  grpc_pass: upstreams.passWithScheme(/^grpcs?:\/\//i),
  if: rewrite.condition,
  keepalive_timeout: core.keepaliveTimeout,
  limit_conn: zones.limitConnections,
  limit_conn_zone: zones.limitZone(zones.noOther),
  limit_except: core.limitExcept,
  limit_req: zones.limitRequests,
  limit_req_zone: zones.limitZone(zones.requestRate),
  listen,
  location,
  log_format: core.logFormat,
  map: rewrite.definesVariable(1),
  memcached_pass: upstreams.passWithScheme(null),
  mirror: proxy.mirror,
  open_file_cache: core.openFileCache,
  proxy_cookie_domain: proxy.cookieRewrite,
  proxy_cookie_flags: proxy.cookieRewrite,
  proxy_cookie_path: proxy.cookieRewrite,
  proxy_pass: upstreams.proxyPass,
  proxy_redirect: proxy.redirect,
  resolver: core.resolver,
  return: rewrite.returnCode,
  rewrite: rewrite.rewrite,
  root: core.root,
  scgi_pass: upstreams.passWithScheme(null),
  server_name: core.serverName,
  set: rewrite.definesVariable(0),
  split_clients: rewrite.definesVariable(1),
  ssl_session_cache: core.sessionCache,
  try_files: core.tryFiles,
  upstream: upstreams.upstream,
  uwsgi_pass: upstreams.passWithScheme(/^s?uwsgi:\/\//i),
};

const consistent = (args: readonly string[]): number | null => (args.length < 2 || args[1] === 'consistent' ? null : 2);
const two = (args: readonly string[]): number | null => {
  if (args.length > 0 && args[0] !== 'two') return 1;
  return args[1] === undefined || /^least_(?:conn|time=(?:header|last_byte))$/.test(args[1]) ? null : 2;
};
const anyArguments = (): null => null;

const UPSTREAM: Setters = {
  hash: upstreams.balancing(consistent),
  ip_hash: upstreams.balancing(anyArguments),
  keepalive: upstreams.keepalive,
  least_conn: upstreams.balancing(anyArguments),
  random: upstreams.balancing(two),
  resolver: core.resolver,
  server: upstreams.upstreamServer,
  zone: upstreams.zone,
};

const STREAM: Setters = {
  access_log: core.accessLog,
  allow: core.access,
  deny: core.access,
  error_log: core.errorLog,
  geo: rewrite.definesVariable(-1),
  limit_conn: zones.limitConnections,
  limit_conn_zone: zones.limitZone(zones.noOther),
  listen,
  log_format: core.logFormat,
  map: rewrite.definesVariable(1),
  proxy_bind: proxy.bind,
  proxy_pass: upstreams.streamPass,
  resolver: core.resolver,
  server_name: core.serverName,
  set: rewrite.definesVariable(0),
  split_clients: rewrite.definesVariable(1),
  ssl_session_cache: core.sessionCache,
  upstream: upstreams.upstream,
};

/** The check of a directive that has a setter of its own; null when its generic setter says all. */
export function setterOf(name: string, context: Context): Setter | null {
  const setters = settersIn(context);
  return Object.hasOwn(setters, name) ? (setters[name] ?? null) : null;
}

function settersIn(context: Context): Setters {
  if (context === 'main' || context === 'events') return MAIN;
  if (context === 'upstream' || context === 'stream upstream') return UPSTREAM;
  if (context === 'stream' || context === 'stream server') return STREAM;
  return isHttp(context) ? HTTP : {};
}
