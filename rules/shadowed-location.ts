import type { Rule } from '../src/lint/rule';
import { strongSegment } from '../src/model/endpoints';
import { locationWords } from '../src/model/location-words';
import { locationLabel } from '../src/model/routes';
import { selectLocation } from '../src/model/select-location';
import type { Scope } from '../src/model/scope';

export default {
  id: 'shadowed-location',
  severity: 'error',
  summary: 'Another location takes the very endpoint that this one is written for.',
  nginx: `nginx first looks for the longest prefix, then for the first regex that matches, and the regex wins unless the
prefix is written with \`^~\` or \`=\`. So \`location ~ ^/\` or \`location ~ /ws\` takes \`/ws\` away from \`location /ws\`, headers,
timeouts and all; an exact \`location = /ws\` does so too.`,
  exceptions: 'Nothing is said when the handshake switches there as well.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
    'src/http/ngx_http_core_module.c, ngx_http_core_find_location',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'plain requests below the prefix go to this location too',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const { location } = route;
      if (location?.opener == null || !namesEndpoint(location)) continue;
      const { modifier, pattern } = locationWords(location);
      const taker = selectLocation(route.server, pattern).location;
      if (taker === null || taker === location || isWithin(taker, location)) continue;
      if (context.handshakeAt(route.server, pattern).outcome !== 'fails') continue;
      yield {
        at: location.opener,
        message: `${locationLabel(taker)} takes ${pattern} away from ${route.label}`,
        why:
          modifier === ''
            ? 'a regex that matches wins over a prefix; the handshake fails there'
            : 'nginx prefers it, and the handshake fails there',
        help: modifier === '' ? `write location ^~ ${pattern}` : 'make the two locations one',
        ...(taker.opener === null ? {} : { related: [{ at: taker.opener, message: 'this one gets the request' }] }),
        routes: [route],
        breaks: true,
        ...(modifier === '' && isRegex(taker) && location.opener.directive.args.length === 1
          ? {
              repairs: {
                title: 'prefer this location to regexes',
                safety: 'unsafe' as const,
                repairs: [{ kind: 'word' as const, setting: location.opener, index: 1, text: `^~ ${pattern}` }],
              },
            }
          : {}),
      };
    }
  },
} satisfies Rule;

/** The path itself is the endpoint: its last segment is one's name. */
function namesEndpoint(location: Scope): boolean {
  const { modifier, pattern } = locationWords(location);
  if (modifier !== '' && modifier !== '^~' && modifier !== '=') return false;
  const segments = pattern.split('/').filter((segment) => segment !== '');
  return strongSegment('', `/${segments.at(-1) ?? ''}`) !== null;
}

function isRegex(location: Scope): boolean {
  return locationWords(location).modifier.startsWith('~');
}

function isWithin(location: Scope, outer: Scope): boolean {
  for (let level: Scope | null = location; level !== null; level = level.parent) if (level === outer) return true;
  return false;
}
