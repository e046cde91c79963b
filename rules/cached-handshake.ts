import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { mayShare } from '../src/handshake/cache';
import type { CacheUse } from '../src/handshake/types';
import { effectiveSetting } from '../src/model/effective';
import type { Route } from '../src/model/route';

const KEEP_OUT = ['proxy_cache_bypass', 'proxy_no_cache'] as const;

export default {
  id: 'cached-handshake',
  severity: 'warning',
  summary: 'A handshake may be answered from the cache, or has to wait for another one.',
  nginx: `A handshake is a GET request and has the same cache key as a plain one. Once a plain 200 for that URI is in the
cache (or, with \`proxy_cache_valid any\`, a 426), the client gets it instead of a 101. \`proxy_cache_bypass $http_upgrade\`
leads handshakes past the cache; \`proxy_no_cache $http_upgrade\` alone does not, it keeps what a backend refuses them with out of it.
\`proxy_cache_lock on\` makes concurrent handshakes for one URI wait for each other in steps of 500 ms, unless they are bypassed.`,
  exceptions: `What counts are the values that the directives have in a handshake, whatever variables and maps make them. Silent
where \`proxy_cache_key\` differs between a handshake and a plain GET, or plain answers are not kept either.`,
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
    'src/http/ngx_http_upstream.c, ngx_http_upstream_cache',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'a list of conditions that is inherited so far is replaced',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const use = context.handshake(route).upstream?.cache ?? null;
      if (use?.bypassed !== false) continue;
      yield* answeredFromCache(context, route, use);
      yield* locked(route);
    }
  },
} satisfies Rule;

/** Plain GETs of the same URL leave something under the key of handshakes. */
function* answeredFromCache(context: RuleContext, route: Route, use: CacheUse): Generator<Finding> {
  const plain = context.plainGet(route)?.upstream?.cache ?? null;
  if (plain === null || plain.kept === false || !mayShare(use, plain)) return;
  const cache = use.setting;
  const missing = use.kept === false ? (['proxy_cache_bypass'] as const) : KEEP_OUT;
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
