import type { Configuration, Scope, Setting } from './scope';

/** What tells one server from others like it, the files that it serves, or the port of its backend. */
const TELLING =
  /\$\{?(?:host|http_host|server_name|ssl_server_name|ssl_preread_server_name|http_origin|http_referer|document_root|realpath_root|request_filename|proxy_host|proxy_port)\b/i;

/** Directives in which such a variable decides nothing: what is sent along, logged, or where files are looked for. */
const HARMLESS: ReadonlySet<string> = new Set([
  'access_log',
  'add_header',
  'add_trailer',
  'alias',
  'error_log',
  'fastcgi_param',
  'log_format',
  'proxy_cache_key',
  'proxy_cookie_domain',
  'proxy_cookie_path',
  'proxy_redirect',
  'proxy_set_header',
  'proxy_ssl_name',
  'return',
  'root',
  'scgi_param',
  'ssl_certificate',
  'ssl_certificate_key',
  'sub_filter',
  'uwsgi_param',
]);

/** Whether something may go by what servers are called, or by where their files are: a map, an `if`, a proxy_pass. */
export function dependsOnNames(configuration: Configuration): boolean {
  const pending: Scope[] = [configuration.main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (scope.settings.some(tells)) return true;
    for (const child of scope.children) pending.push(child);
  }
  return false;
}

function tells({ directive }: Setting): boolean {
  const { name, args } = directive;
  if (HARMLESS.has(name)) return false;
  // Which files exist is never known.
  if (name === 'if' && /^\(?!?-[fdex]$/.test(args[0] ?? '')) return false;
  return args.some((word) => word.includes('$') && TELLING.test(word));
}
