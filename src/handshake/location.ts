import { branchOf } from '../model/branches';
import type { Scope, Setting } from '../model/scope';
import { once } from '../text/once';
import type { Handler, Run } from './run';
import { isWritten } from './written';

/** Directives that make themselves the content handler of their block (`clcf->handler`). The last one in a block wins. */
export const HANDLERS: ReadonlySet<string> = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
  'tunnel_pass',
  'empty_gif',
  'stub_status',
  'flv',
  'mp4',
  'hls',
  'f4f',
  'api',
  'status',
  'upstream_conf',
  'perl',
  'js_content',
  'content_by_lua',
  'content_by_lua_block',
  'content_by_lua_file',
  'redis_pass',
  'redis2_pass',
  'drizzle_pass',
  'postgres_pass',
  'srcache_fetch',
  'echo',
  'rtmp_stat',
  'rtmp_control',
  'push_stream_publisher',
  'push_stream_subscriber',
  'nchan_publisher',
  'nchan_subscriber',
  'nchan_pubsub',
  'passenger_enabled',
  'vod',
]);

/** Modules whose pass an `if` and limit_except take over from the location around them. */
export const PASSES: ReadonlySet<string> = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
]);

/** The handler that this block itself has set: the last one that is there. */
function ownHandler(run: Run, scope: Scope): Handler | null {
  const found = handlersOf(scope);
  return found.find(({ setting }, index) => index === found.length - 1 || isWritten(run, setting)) ?? null;
}

const handlersOf = once((scope: Scope): readonly Handler[] =>
  scope.kind === 'limit_except' ? exceptHandlers(scope) : lastHandlers(scope),
);

/** The last one, and where a branch of a template may leave that out, those of other modules before it. */
function lastHandlers(scope: Scope): readonly Handler[] {
  const found: Handler[] = [];
  for (let index = scope.settings.length - 1; index >= 0; index--) {
    const setting = scope.settings[index];
    if (setting === undefined || !HANDLERS.has(setting.directive.name)) continue;
    if (found.at(-1)?.name !== setting.directive.name) found.push({ setting, name: setting.directive.name });
    if (branchOf(setting) === null) break;
  }
  return found;
}

/** limit_except without a handler of its own takes the pass of the location around it (`clcf->lmt_excpt`). */
function exceptHandlers(scope: Scope): readonly Handler[] {
  const own = lastHandlers(scope);
  if (own.length > 0 || scope.parent === null) return own;
  for (const name of PASSES) {
    const setting = passOf(scope.parent, name);
    if (setting !== null) return [{ setting, name }];
  }
  return [];
}

/** The pass of this module that applies in a block: its own, or in `if` and limit_except that of what encloses it. */
export function passOf(scope: Scope, name: string): Setting | null {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const own = level.own(name).at(-1);
    if (own !== undefined) return own;
    if (level.kind !== 'if' && level.kind !== 'limit_except') return null;
  }
  return null;
}

/** Makes a block the request's location (ngx_http_update_location_config). An `if` without handler keeps the former. */
export function enter(run: Run, scope: Scope): void {
  run.scope = exceptFor(scope, run.method) ?? scope;
  const handler = ownHandler(run, run.scope);
  if (handler !== null) run.handler = handler;
}

/** The limit_except block that takes this method; HEAD goes with GET. Blocks of `if` do not inherit it. */
function exceptFor(scope: Scope, method: string): Scope | null {
  const setting = scope.own('limit_except')[0];
  if (setting === undefined || setting.opens === null) return null;
  const allowed = setting.directive.args.map((name) => name.toUpperCase());
  return allowed.includes(method) || (method === 'HEAD' && allowed.includes('GET')) ? null : setting.opens;
}
