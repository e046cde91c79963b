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
  summary: 'Compression holds back a fallback transport, or buffers are too small for the answer to the handshake.',
  nginx: `Nothing is buffered once the connection has switched: frames of 4 MB pass with any \`proxy_buffering\`,
\`proxy_buffer_size\`, \`proxy_buffers\` or \`client_max_body_size\`. Two things do matter. The header of the 101 itself must
fit into \`proxy_buffer_size\` (one page, 4k or 8k, by default): a larger one, usually for its cookies, is answered 502 with
\`upstream sent too big header\`. And a client that falls back to server-sent events or another streaming response on the same
route may wait for them. \`proxy_buffering on\` alone does no harm where the backend answers in chunks over HTTP/1.1, as it does on a
route that switches: each event came on within a millisecond. It holds them back until the end of the answer where \`gzip\` takes
their type, where the backend is spoken to over HTTP/1.0, or ends its answer by closing the connection; \`proxy_buffering off\`, or
\`X-Accel-Buffering: no\` in the answer, lets them through in all three cases.`,
  exceptions: '`proxy_buffering on` by itself is right, and is never reported.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size',
    'src/http/ngx_http_upstream.c, ngx_http_upstream_process_header',
    'measured on nginx 1.22.1 and 1.31.4: 1 MB and 4 MB frames; events 10 and 300 ms apart, of 20 bytes to 9 kB',
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

/** What streams: SockJS answers xhr-streaming as JavaScript. */
const STREAMED: Readonly<Record<string, readonly string[]>> = { SockJS: ['application/javascript'] };

/** gzip collects what the upstream module has not marked to be flushed, which it does with buffering off alone. */
function* heldBack(context: RuleContext, route: Route): Generator<Finding> {
  const { product } = route.websocket;
  if (!streamsFallback(product) || context.handshake(route).outcome === 'fails') return;
  const buffering = effective(route.scope, 'proxy_buffering');
  if (buffering.origin === 'unknown' || buffering.settings.at(-1)?.directive.args[0] === 'off') return;
  if (effectiveSetting(route.scope, 'gzip')?.directive.args[0] !== 'on') return;
  const types = new Set(['*', 'text/event-stream', ...(STREAMED[product ?? ''] ?? [])]);
  const compressed = effective(route.scope, 'gzip_types').settings.flatMap((setting) => {
    const index = setting.directive.args.findIndex((type) => types.has(type.toLowerCase()));
    return index < 0 ? [] : [{ setting, word: index + 1 }];
  })[0];
  if (compressed === undefined) return;
  yield {
    at: compressed.setting,
    word: compressed.word,
    message: `gzip holds back what ${product ?? 'the product'} streams on ${route.label} where WebSocket fails`,
    why: 'with proxy_buffering on it sends nothing until its own buffer is full, or the answer ends',
    help: 'set proxy_buffering off, or leave this type out, unless the backend answers with X-Accel-Buffering: no',
    related: [{ at: route.pass, message: 'this route goes there' }],
    routes: [route],
    repairs: {
      title: 'set proxy_buffering off',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: settingsScope(route), name: 'proxy_buffering', args: ['off'] }],
    },
  };
}
