import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule } from '../src/lint/rule';
import { effective, effectiveSetting } from '../src/model/effective';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

const KEEP_OUT = ['proxy_cache_bypass', 'proxy_no_cache'] as const;

export default {
  id: 'cached-handshake',
  severity: 'warning',
  summary: 'A handshake may be answered from the cache, or has to wait for another one.',
  nginx: `A handshake is a GET request and has the same cache key as a plain one. Once a plain 200 for that URI is in the
cache (or, with \`proxy_cache_valid any\`, a 426), the client gets it instead of a 101. \`proxy_cache_bypass $http_upgrade\` with
\`proxy_no_cache $http_upgrade\` keeps handshakes out. \`proxy_cache_lock on\` makes concurrent handshakes for one URI wait for each
other in steps of 500 ms.`,
  exceptions: 'Without `proxy_cache` the two directives do nothing, and are not asked for.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
    'src/http/ngx_http_upstream.c, ngx_http_upstream_cache',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'a list of conditions that is inherited so far is replaced',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const cache = effectiveSetting(route.scope, 'proxy_cache');
      if (cache === null || cache.directive.args[0] === 'off' || route.pass.directive.name !== 'proxy_pass') continue;
      yield* answeredFromCache(route, cache);
      yield* locked(route);
    }
  },
} satisfies Rule;

function* answeredFromCache(route: Route, cache: Setting): Generator<Finding> {
  const missing = KEEP_OUT.filter((name) => {
    const { origin, settings } = effective(route.scope, name);
    return (
      origin !== 'unknown' &&
      !settings.some(({ directive }) => directive.args.some((word) => /\$\{?http_(upgrade|connection)\b/i.test(word)))
    );
  });
  if (missing.length === 0) return;
  const scope = settingsScope(route);
  yield {
    at: cache,
    message: `handshakes of ${route.label} may be answered from the cache ${cache.directive.args[0] ?? ''}`,
    why: 'a handshake has the cache key of a plain GET: once that answer is cached, no client gets a 101',
    help: `set ${missing.map((name) => `${name} $http_upgrade`).join(' and ')}, or proxy_cache off for this location`,
    related: [{ at: route.pass, message: 'this route uses it' }],
    routes: [route],
    repairs: {
      title: 'keep handshakes out of the cache',
      safety: 'unsafe',
      repairs: missing.map(
        (name) =>
          ({
            kind: 'insert',
            scope,
            text: `${name} $http_upgrade;`,
            near: route.inner === null ? route.pass : null,
            where: 'after',
          }) as const,
      ),
    },
  };
}

function* locked(route: Route): Generator<Finding> {
  const lock = effectiveSetting(route.scope, 'proxy_cache_lock');
  if (lock?.directive.args[0] !== 'on') return;
  yield {
    at: lock,
    message: `proxy_cache_lock makes handshakes of ${route.label} wait for each other`,
    why: 'only one request for a cache key goes to the backend at a time; the others look again every 500 ms',
    help: 'set proxy_cache_lock off for this location',
    routes: [route],
    repairs: {
      title: 'set proxy_cache_lock off',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: settingsScope(route), name: 'proxy_cache_lock', args: ['off'] }],
    },
  };
}
