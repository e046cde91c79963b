import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { locationWords } from '../src/model/location-words';
import type { Route } from '../src/model/route';
import { locationLabel } from '../src/model/routes';
import type { Scope } from '../src/model/scope';

export default {
  id: 'unreachable-location',
  severity: 'warning',
  summary: 'A location without a regex stands inside a regex location, where no request ever reaches it.',
  nginx: `nginx takes regex locations apart before it builds the trees in which prefixes and exact matches are looked up, so
that it builds none for what a regex location holds: inside \`location ~ /app { ... }\` only nested regexes are tried.
\`nginx -t\` says nothing, and the outer location answers, with its own headers and timeouts. It is an error where the
handshake fails there.`,
  exceptions: 'Only for locations that serve WebSocket, or hold one that does.',
  sources: [
    'src/http/ngx_http.c, ngx_http_init_locations and ngx_http_init_static_location_trees',
    'measured on nginx 1.22.1 and 1.31.4: prefix and exact locations are passed over, a nested regex is taken',
  ],
  fix: null,

  *check(context) {
    for (const route of context.websocketRoutes) {
      const dead = deadLocation(route.location);
      if (dead !== null) yield explain(context, route, dead);
    }
  },
} satisfies Rule;

interface Dead {
  readonly location: Scope;
  readonly outer: Scope;
}

/** The innermost level on the way out at which a static location stands inside a regex one. */
function deadLocation(location: Scope | null): Dead | null {
  for (let level = location; level?.parent?.kind === 'location'; level = level.parent) {
    const { modifier } = locationWords(level);
    if (level.opener === null || modifier.startsWith('~') || modifier === '@') continue;
    if (locationWords(level.parent).modifier.startsWith('~')) return { location: level, outer: level.parent };
  }
  return null;
}

function explain(context: RuleContext, route: Route, { location, outer }: Dead): Finding {
  const { pattern } = locationWords(location);
  const fails = context.handshakeAt(route.server, pattern).outcome === 'fails';
  return {
    at: location.opener ?? route.pass,
    message: `${locationLabel(location)} is never reached: it stands inside ${locationLabel(outer)}`,
    why: fails
      ? 'inside a regex location nginx tries regexes alone; the outer one answers, and the handshake fails there'
      : 'inside a regex location nginx tries regexes alone; the outer one answers',
    help: 'put it beside the regex location, with ^~ so that the regex does not take its requests',
    ...(outer.opener === null ? {} : { related: [{ at: outer.opener, message: 'this one answers' }] }),
    routes: [route],
    ...(fails ? { severity: 'error' as const, breaks: true } : {}),
  };
}
