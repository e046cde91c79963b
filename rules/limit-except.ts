import type { Rule } from '../src/lint/rule';
import { strongSegment } from '../src/model/endpoints';
import { carriesUpgrade } from '../src/model/upgrade-headers';
import { locationWords } from '../src/model/location-words';
import type { Route } from '../src/model/route';

export default {
  id: 'limit-except',
  severity: 'error',
  summary: 'limit_except or a test of the method refuses GET, and a WebSocket handshake is a GET.',
  nginx: `Every WebSocket handshake over HTTP/1.1 is a GET request. \`limit_except POST { deny all; }\` limits everything
except POST, so the handshake is answered 403; the same goes for \`if ($request_method != POST) { return 405; }\`. Allowing
GET in limit_except allows HEAD too.`,
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#limit_except',
    'RFC 6455, 4.1',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'plain GET requests are let through as well',
  explains: ['limit-except', 'returned'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const { setting } of context.faults(route, 'limit-except')) {
        const block = setting?.directive.name === 'limit_except' ? setting : (setting?.scope.opener ?? route.pass);
        const methods = block.directive.args;
        yield {
          at: block,
          message: `limit_except ${methods.join(' ')} refuses the handshake of ${route.label}`,
          why: 'a handshake is a GET request, and this block limits every method but the ones it names: 403',
          help: `write limit_except GET ${methods.join(' ')}`,
          routes: [route],
          breaks: true,
          ...(isEndpoint(route) ? {} : { severity: 'info' as const }),
          repairs: {
            title: 'allow GET',
            safety: 'unsafe',
            repairs: [{ kind: 'word', setting: block, index: 1, text: `GET ${methods[0] ?? ''}`.trim() }],
          },
        };
      }
      for (const { setting } of context.faults(route, 'returned')) {
        const test = setting?.scope.opener ?? null;
        if (test?.directive.name !== 'if' || !/\$\{?request_method\b/.test(test.directive.args.join(' '))) continue;
        yield {
          at: test,
          message: `this test of the method turns the handshake of ${route.label} away`,
          why: 'a handshake is a GET request',
          help: 'let GET pass',
          routes: [route],
          breaks: true,
          ...(isEndpoint(route) ? {} : { severity: 'info' as const }),
        };
      }
    }
  },
} satisfies Rule;

/** Its path says so, or the location itself sets Upgrade: then refusing GET cannot be meant. */
function isEndpoint(route: Route): boolean {
  if (route.location === null || route.websocket.serves === 'likely' || route.websocket.product !== null) return true;
  const { modifier, pattern } = locationWords(route.location);
  const own = route.location.own('proxy_set_header').some((setting) => setting.via === null && carriesUpgrade(setting));
  return own || strongSegment(modifier, pattern) !== null;
}
