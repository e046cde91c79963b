import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { definingSettings } from '../src/model/defining-settings';
import { variablesIn } from '../src/model/template';
import { effectiveHeaders } from '../src/model/headers';
import type { Route } from '../src/model/route';
import { servesPlainRequests } from '../src/lint/traffic';
import type { Setting } from '../src/model/scope';
import { upstreamOf } from '../src/model/upstreams';
import { SINCE } from '../src/model/version';

export default {
  id: 'upstream-keepalive',
  severity: 'info',
  summary: "The map sends `Connection: close` with plain requests, which turns the upstream's keepalive off.",
  nginx: `\`keepalive\` in an upstream block, which is on by default for upstream blocks since 1.29.7, keeps connections to the
backend open between requests. The usual map says \`'' close\`, so every plain request on the same route closes its connection:
six requests took six connections, where \`'' ''\` took one. An upgraded connection never returns to the pool.`,
  exceptions:
    'The default keepalive counts only where plain requests are to be expected, not in a location for WebSocket alone.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
    'nginx 1.29.7, CHANGES',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'plain requests then carry no Connection header, and connections to the backend stay open',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const upstream = upstreamOf(context.configuration, route);
      if (upstream === null || !keepsAlive(upstream.own('keepalive'), context, route)) continue;
      const closing = closingEntry(context, route);
      if (closing !== null) yield finding(route, closing, upstream.opener);
    }
  },
} satisfies Rule;

function keepsAlive(keepalive: readonly Setting[], context: RuleContext, route: Route): boolean {
  const stated = keepalive[0]?.directive.args[0];
  if (stated !== undefined) return stated !== '0';
  return context.version !== null && context.version >= SINCE.http11Default && servesPlainRequests(route);
}

/** The map's entry for plain requests, when it says close. */
function closingEntry(context: RuleContext, route: Route): Setting | null {
  const line = effectiveHeaders(route.scope).find(({ key }) => key === 'connection');
  const variable = line === undefined ? undefined : variablesIn(line.value)[0];
  if (variable === undefined) return null;
  const map = definingSettings(context.configuration, variable).findLast(({ directive }) => directive.name === 'map');
  const entries = map?.opens?.settings ?? [];
  return entries.find(({ directive }) => directive.name === '' && directive.args[0]?.toLowerCase() === 'close') ?? null;
}

function finding(route: Route, entry: Setting, upstream: Setting | null): Finding {
  return {
    at: entry,
    message: `plain requests to ${route.label} close the connection that the upstream keeps open`,
    why: 'Connection: close ends it after each request, so keepalive does nothing here',
    help: "write '' '' in the map: then nginx sends no Connection header with plain requests",
    ...(upstream === null
      ? {}
      : { related: [{ at: upstream, message: 'connections to this upstream are kept alive' }] }),
    routes: [route],
    repairs: {
      title: 'send no Connection header with plain requests',
      safety: 'unsafe',
      repairs: [{ kind: 'word', setting: entry, index: 1, text: "''" }],
    },
  };
}
