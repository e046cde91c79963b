import { isIfOf } from '../src/lint/if-block';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { selectLocation } from '../src/model/select-location';
import { strongSegment } from '../src/model/endpoints';
import { locationWords } from '../src/model/location-words';
import { proxyPassAddress } from '../src/model/pass-address';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

export default {
  id: 'redirected-handshake',
  severity: 'info',
  summary: 'A handshake is answered with a redirect, which WebSocket clients do not follow.',
  nginx: `Browsers and libraries do not follow redirects in a handshake: they report "Unexpected response code: 301". nginx
redirects by itself when \`location /ws/\` passes requests on and the client asks for \`/ws\`. A \`return 301\` or a \`rewrite ...
permanent\` that takes the whole route makes every handshake fail. The redirect from http to https is one of these for
\`ws://\`: browsers never turn it into \`wss://\`.`,
  exceptions: `A slash that clients of the product do send, and the redirect of a port-80 server that has no WebSocket route of
its own, are info at most. Where an \`if\` looks at X-Forwarded-Proto (X-Forwarded-Ssl, X-Scheme, CF-Visitor...), nginx stands
behind a proxy that sets it, and handshakes are taken to come with what that proxy says of \`wss://\`.`,
  sources: [
    'src/http/ngx_http_core_module.c, ngx_http_core_find_config_phase (auto_redirect)',
    'RFC 6455, 4.1, step 1',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'plain requests without the slash reach the backend instead of being redirected',
  explains: ['redirected'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const taken = [...wholeRoute(context, route)];
      if (taken.length > 0) yield* taken;
      else yield* missingSlash(route);
    }
  },
} satisfies Rule;

/** The simulation of the route's own URL ends in a redirect. */
function* wholeRoute(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting, detail } of context.faults(route, 'redirected')) {
    if (setting === null || isBehindIf(route, setting)) continue;
    // a test of the handshake itself in the location was written for that: refused-handshake, case-sensitive-test
    if (setting.scope !== route.scope && isIfOf(route.location, setting.scope)) continue;
    const toTls = redirectsToTls(setting);
    yield {
      at: setting,
      message: `handshakes for ${route.label} are redirected: ${detail}`,
      why: toTls
        ? 'a client of ws:// gets the redirect and gives up; it does not try wss:// by itself'
        : 'WebSocket clients do not follow redirects',
      help: toTls
        ? 'let the page use wss://, or take the WebSocket route out of this server'
        : 'let handshakes through before the redirect',
      related: [{ at: route.pass, message: 'this never runs' }],
      routes: [route],
      severity: 'error',
      breaks: true,
    };
  }
}

/** if-without-break explains it. */
function isBehindIf({ inner }: Route, { scope, directive }: Setting): boolean {
  const block = inner?.opener ?? null;
  return block !== null && scope === block.scope && directive.start >= block.directive.start;
}

function redirectsToTls(setting: Setting): boolean {
  return setting.directive.args.some((word) => /^https:\/\//i.test(word));
}

/** nginx's own 301 for the path without its last slash. */
function* missingSlash(route: Route): Generator<Finding> {
  const { location } = route;
  if (location === null || location.opener === null) return;
  const { modifier, pattern } = locationWords(location);
  if ((modifier !== '' && modifier !== '^~') || !pattern.endsWith('/') || pattern === '/') return;
  if (strongSegment(modifier, pattern) === null || /(socket|engine)\.io\/$/.test(pattern)) return;
  const bare = pattern.slice(0, -1);
  const chosen = selectLocation(route.server, bare);
  if (!lastSegmentIsStrong(bare) || chosen.location !== location || !chosen.autoRedirect) return;
  yield {
    at: location.opener,
    message: `a handshake for ${bare} is answered 301 by ${route.label}`,
    why: 'nginx redirects to the path with the slash, and WebSocket clients do not follow',
    help: `write location ${modifier === '' ? '' : `${modifier} `}${bare}, or let clients ask for ${pattern}`,
    routes: [route],
    ...withoutSlash(route, location.opener, bare),
  };
}

/** Where proxy_pass has a URI part it replaces the location's words, slash and all: then a person has to look. */
function withoutSlash(route: Route, opener: Setting, bare: string): Pick<Finding, 'repairs'> {
  const uri = proxyPassAddress(route.pass.directive.args[0] ?? '')?.uri ?? '';
  if (uri !== '' || opener.directive.args.at(-1) !== `${bare}/`) return {};
  const index = opener.directive.args.length;
  return {
    repairs: {
      title: 'take the slash off the location',
      safety: 'unsafe',
      repairs: [{ kind: 'word', setting: opener, index, text: bare }],
    },
  };
}

function lastSegmentIsStrong(path: string): boolean {
  return strongSegment('', path.slice(path.lastIndexOf('/'))) !== null;
}
