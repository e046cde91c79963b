import type { Effective, Scope, Setting } from './scope';

/** How a directive's value at an outer level reaches an inner one. */
export type Merge =
  /** Set at most once a level; the nearest level wins. */
  | 'scalar'
  /** All or nothing: any entry at a level discards every outer one (nginx merges the whole array by pointer). */
  | 'list'
  /** Never inherited: proxy_pass, return, try_files... */
  | 'none';

const LISTS: ReadonlySet<string> = new Set([
  'proxy_set_header',
  'add_header',
  'add_trailer',
  'proxy_hide_header',
  'proxy_pass_header',
  'proxy_cookie_domain',
  'proxy_cookie_path',
  'proxy_cookie_flags',
  'proxy_redirect',
  'proxy_cache_bypass',
  'proxy_no_cache',
  'proxy_cache_valid',
  'error_page',
  'allow',
  'deny',
  'limit_conn',
  'limit_req',
  'access_log',
  'error_log',
  'mirror',
  'sub_filter',
  'fastcgi_param',
  'uwsgi_param',
  'scgi_param',
  'grpc_set_header',
  'fastcgi_hide_header',
  'uwsgi_hide_header',
  'scgi_hide_header',
  'grpc_hide_header',
  'fastcgi_pass_header',
  'uwsgi_pass_header',
  'scgi_pass_header',
  'grpc_pass_header',
  'proxy_ssl_conf_command',
  'ssl_conf_command',
  'index',
  'auth_request_set',
]);

const NEVER: ReadonlySet<string> = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
  'return',
  'rewrite',
  'set',
  'if',
  'break',
  'try_files',
  'alias',
  'location',
  'listen',
  'server_name',
  'empty_gif',
  'stub_status',
  'limit_except',
]);

export function mergeOf(name: string): Merge {
  if (LISTS.has(name)) return 'list';
  return NEVER.has(name) ? 'none' : 'scalar';
}

const NOTHING: readonly Setting[] = [];

/**
 * What applies in a scope for one directive, and where it comes from. An include that was not read, at a level that
 * could still decide, makes it `unknown` (`settings` then holds what is known of that level); an enclosing block that
 * was not given makes it `assumed`.
 */
export function effective(scope: Scope, name: string): Effective {
  const merge = mergeOf(name);
  for (let level: Scope | null = scope; level !== null; level = outer(level)) {
    const own = level.own(name);
    if (level.unread.length > 0 && (own.length === 0 || merge === 'list')) return answer('unknown', own, level);
    if (own.length > 0) {
      const origin = level === scope ? 'set' : 'inherited';
      return { origin, settings: own, scope: level, hidden: merge === 'list' ? hiddenBy(level, name) : NOTHING };
    }
    if (level.assumed) return answer('assumed', NOTHING, null);
    if (merge === 'none') break;
  }
  return answer('default', NOTHING, null);
}

function answer(origin: Effective['origin'], settings: readonly Setting[], scope: Scope | null): Effective {
  return { origin, settings, scope, hidden: NOTHING };
}

/** Entries of the nearest outer level that has any. */
function hiddenBy(level: Scope, name: string): readonly Setting[] {
  for (let above = outer(level); above !== null; above = outer(above)) {
    const own = above.own(name);
    if (own.length > 0) return own;
  }
  return NOTHING;
}

/** The level that this one inherits from; http and stream inherit from nothing. */
export function outer(scope: Scope): Scope | null {
  const parent = scope.parent;
  return parent === null || parent.kind === 'main' ? null : parent;
}

/** The single setting that applies; null for none, and for unknown. The last one, should a level hold several. */
export function effectiveSetting(scope: Scope, name: string): Setting | null {
  return effective(scope, name).settings.at(-1) ?? null;
}
