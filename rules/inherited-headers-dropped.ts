import { causeOf } from '../src/lint/causes';
import { enumerate } from '../src/lint/enumerate';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effective } from '../src/model/effective';
import { headersOf } from '../src/model/headers';
import type { HeaderSetting } from '../src/model/headers';
import type { Route } from '../src/model/route';
import { locationLabel } from '../src/model/routes';
import type { Scope, Setting } from '../src/model/scope';

export default {
  id: 'inherited-headers-dropped',
  severity: 'error',
  summary: 'A proxy_set_header at a lower level discards all those set above it.',
  nginx: `\`proxy_set_header\` is inherited all or nothing: a level that has one line of its own, also through an include, gets
none of the lines of the levels above (ngx_http_proxy_merge_loc_conf takes the whole array of the outer level, or none of it).
So \`proxy_set_header Host $host;\` in a location throws away the Upgrade and Connection set for the server, and the
handshake fails. There is no directive that changes this in any version.`,
  exceptions:
    'Lines of one level accumulate, in any order and through any number of includes. `proxy_http_version` and timeouts are inherited each on its own.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_merge_loc_conf (headers_source)',
    'measured on nginx 1.22.1 to 1.31.4',
  ],
  fix: 'safe or unsafe',
  fixSafety:
    'Restating Upgrade and Connection leaves plain requests as they were: safe. Restating the other headers changes what plain requests send: unsafe.',
  explains: ['upgrade-missing', 'connection-missing'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const lost = lostByCause(context, route);
      if (lost.length > 0) yield handshakeLost(route, lost);
      else yield* othersLost(route);
    }
  },
} satisfies Rule;

function lostByCause(context: RuleContext, route: Route): readonly HeaderSetting[] {
  const lost: HeaderSetting[] = [];
  for (const header of ['Upgrade', 'Connection'] as const) {
    const cause = causeOf(context, route, header);
    if (cause?.kind === 'dropped') lost.push(cause.lost);
  }
  return lost;
}

function handshakeLost(route: Route, lost: readonly HeaderSetting[]): Finding {
  const { level, first, outer } = levels(route);
  const keys = lost.map(({ name }) => name);
  return {
    at: first ?? route.pass,
    message: `proxy_set_header in ${levelName(level)} discards ${keys.join(' and ')} set in ${levelName(outer)}`,
    why: 'a level with any proxy_set_header of its own inherits none, so the backend sees a plain request',
    help: `repeat ${keys.join(' and ')} here`,
    related: lost.map(({ name, setting }) => ({ at: setting, message: `${name} is set here, and lost` })),
    routes: [route],
    breaks: true,
    repairs: {
      title: `restate ${keys.join(' and ')}`,
      safety: 'safe',
      repairs: [{ kind: 'restate', scope: level ?? route.scope, list: 'proxy_set_header', keys }],
    },
  };
}

/** Host, X-Forwarded-For... go missing while the handshake itself switches. */
function* othersLost(route: Route): Generator<Finding> {
  const { settings, hidden } = effective(route.scope, 'proxy_set_header');
  const own = new Set(headersOf(settings).map(({ key }) => key));
  const lost = headersOf(hidden).filter(({ key, value }) => value !== '' && !own.has(key));
  if (lost.length === 0) return;
  const { level, first, outer } = levels(route);
  const names = enumerate(lost.map(({ name }) => name));
  yield {
    at: first ?? route.pass,
    message: `proxy_set_header in ${levelName(level)} discards ${names} set in ${levelName(outer)}`,
    why: 'a level with any proxy_set_header of its own inherits none: the backend sees its own address as Host, or no client address',
    help: 'repeat them here, or include the same file at this level too',
    related: lost.slice(0, 3).map(({ name, setting }) => ({ at: setting, message: `${name} is set here, and lost` })),
    routes: [route],
    severity: 'warning',
    repairs: {
      title: `restate ${names}`,
      safety: 'unsafe',
      repairs: [{ kind: 'restate', scope: level ?? route.scope, list: 'proxy_set_header', keys: 'all' }],
    },
  };
}

interface Levels {
  /** The level whose own lines discard the others. */
  readonly level: Scope | null;
  readonly first: Setting | undefined;
  readonly outer: Scope | null;
}

function levels(route: Route): Levels {
  const { settings, hidden, scope } = effective(route.scope, 'proxy_set_header');
  return { level: scope, first: settings[0], outer: hidden[0]?.scope ?? null };
}

function levelName(scope: Scope | null): string {
  if (scope === null) return 'an outer level';
  return scope.kind === 'location' ? locationLabel(scope) : `the ${scope.kind} block`;
}
