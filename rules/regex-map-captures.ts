import type { Finding, Rule } from '../src/lint/rule';
import { usesCaptures } from '../src/model/captures';
import { definingSettings } from '../src/model/defining-settings';
import { effectiveHeaders } from '../src/model/headers';
import { locationWords } from '../src/model/location-words';
import type { Route } from '../src/model/route';
import { variablesIn } from '../src/model/template';
import type { Configuration, Setting } from '../src/model/scope';

/** `~*^websocket$` and its like: a plain key says the same. */
const PLAIN = /^~\*\^?(websocket|upgrade|keep-alive|close)\$?$/i;

export default {
  id: 'regex-map-captures',
  severity: 'warning',
  summary: 'A map with a regex resets $1 to $9, which the location goes on to use.',
  nginx: `A regex that matches sets \`$1\`...\`$9\` anew, and a \`map\` is worked out when its variable is first used. So a map
with \`"~*^websocket$"\`, used in proxy_set_header, wipes out the captures of \`location ~ ^/chat/(.*)$\`: a later header comes
out empty, and \`proxy_pass http://127.0.0.1:$1\` is answered 500. Plain keys of a map ignore case by themselves, so the regex
is not needed. (CVE-2026-42533, fixed in 1.30.4 and 1.31.3, is about such maps.)`,
  exceptions: 'Where no numbered capture is used in the location nothing is lost.',
  sources: [
    'src/http/ngx_http_variables.c, ngx_http_regex_exec',
    'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    'measured on nginx 1.22.1',
  ],
  fix: 'safe',
  fixSafety: 'a plain key of a map ignores case, as the regex does, and matches what it matched',

  *check({ configuration, websocketRoutes }) {
    for (const route of websocketRoutes) {
      const used = captureUse(route);
      if (used === null) continue;
      for (const entry of regexEntries(configuration, route)) yield finding(route, entry, used);
    }
  },
} satisfies Rule;

/** A setting of a regex location that uses a numbered capture. */
function captureUse(route: Route): Setting | null {
  const { location } = route;
  if (location === null || !locationWords(location).modifier.startsWith('~')) return null;
  return location.settings.find(usesCaptures) ?? null;
}

function* regexEntries(configuration: Configuration, route: Route): Generator<Setting> {
  for (const { value } of effectiveHeaders(route.scope)) {
    for (const variable of variablesIn(value)) {
      const map = definingSettings(configuration, variable).findLast(({ directive }) => directive.name === 'map');
      for (const entry of map?.opens?.settings ?? []) {
        if (PLAIN.test(entry.directive.name)) yield entry;
      }
    }
  }
}

function finding(route: Route, entry: Setting, used: Setting): Finding {
  const plain = PLAIN.exec(entry.directive.name)?.[1] ?? '';
  return {
    at: entry,
    word: 0,
    message: `this regex resets $1 to $9 of ${route.label}`,
    why: 'the map is worked out when its variable is used, and a regex that matches sets the captures anew',
    help: `write ${plain}: plain keys of a map ignore case`,
    related: [{ at: used, message: 'a capture is used here' }],
    routes: [route],
    repairs: {
      title: `write ${plain}`,
      safety: 'safe',
      repairs: [{ kind: 'word', setting: entry, index: 0, text: plain }],
    },
  };
}
