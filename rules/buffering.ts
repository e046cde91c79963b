import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effective, effectiveSetting } from '../src/model/effective';
import { streamsFallback } from '../src/model/products';
import type { Route } from '../src/model/route';
import { parseSize } from '../src/model/units';

/** nginx's default, one memory page: enough for the answers of every server tried. */
const DEFAULT_BUFFER = 4096;

export default {
  id: 'buffering',
  severity: 'info',
  summary: 'Buffers hold back a fallback transport, or are too small for the answer to the handshake.',
  nginx: `Nothing is buffered once the connection has switched: frames of 4 MB pass with any \`proxy_buffering\`,
\`proxy_buffer_size\`, \`proxy_buffers\` or \`client_max_body_size\`. Two things do matter. The header of the 101 itself must
fit into \`proxy_buffer_size\` (one page, 4k or 8k, by default): a larger one, usually for its cookies, is answered 502 with
\`upstream sent too big header\`. And where a client falls back to server-sent events or a streaming response on the same
route, \`proxy_buffering on\` holds back what the backend sends.`,
  exceptions: '`proxy_buffering on` on a route that only switches is right, and is never reported.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size',
    'src/http/ngx_http_upstream.c, ngx_http_upstream_process_header',
    'measured on nginx 1.22.1 and 1.31.4: 1 MB and 4 MB frames',
  ],
  fix: 'unsafe',
  fixSafety: 'Buffers apply to plain requests on the route as well.',

  *check(context) {
    for (const route of context.websocketRoutes) {
      if (route.pass.directive.name !== 'proxy_pass') continue;
      yield* smallBuffer(route);
      yield* heldBack(context, route);
    }
  },
} satisfies Rule;

function* smallBuffer(route: Route): Generator<Finding> {
  const setting = effectiveSetting(route.scope, 'proxy_buffer_size');
  const size = setting === null ? null : parseSize(setting.directive.args[0] ?? '');
  if (setting === null || size === null || size >= DEFAULT_BUFFER) return;
  yield {
    at: setting,
    word: 1,
    message: `proxy_buffer_size ${setting.directive.args[0] ?? ''} may be too small for the answer to a handshake of ${route.label}`,
    why: 'the whole header of the 101, cookies included, must fit; a larger one is answered 502 (upstream sent too big header)',
    help: 'leave it at the default, or set 16k (with proxy_busy_buffers_size 16k)',
    routes: [route],
    severity: 'warning',
    repairs: {
      title: 'set proxy_buffer_size 4k',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: settingsScope(route), name: 'proxy_buffer_size', args: ['4k'] }],
    },
  };
}

function* heldBack(context: RuleContext, route: Route): Generator<Finding> {
  if (!streamsFallback(route.websocket.product) || context.handshake(route).outcome === 'fails') return;
  const { origin, settings } = effective(route.scope, 'proxy_buffering');
  if (origin === 'unknown' || settings.at(-1)?.directive.args[0] === 'off') return;
  yield {
    at: settings.at(-1) ?? route.pass,
    message: `${route.websocket.product ?? 'the product'} can fall back to a streaming response on ${route.label}, and nginx buffers it`,
    why: 'buffering does nothing to a WebSocket, but holds back server-sent events until a buffer is full',
    help: 'set proxy_buffering off, unless the backend answers with X-Accel-Buffering: no',
    routes: [route],
    ...(settings.length === 0 ? { absent: { scope: route.scope, directive: 'proxy_buffering' } } : {}),
    repairs: {
      title: 'set proxy_buffering off',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: settingsScope(route), name: 'proxy_buffering', args: ['off'] }],
    },
  };
}
