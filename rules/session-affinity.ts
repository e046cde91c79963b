import type { Rule } from '../src/lint/rule';
import { productNamed } from '../src/model/products';
import { upstreamOf } from '../src/model/upstreams';
import type { Scope } from '../src/model/scope';

/** Balancing methods that send a client to the same server each time. `hash` counts when its key is the client's. */
const STICKY = ['ip_hash', 'sticky', 'sticky_cookie_insert'] as const;

export default {
  id: 'session-affinity',
  severity: 'warning',
  summary: 'A product that falls back to polling has several servers behind it, and no affinity.',
  nginx: `Socket.IO, SockJS and SignalR begin with, or fall back to, several plain requests that belong together. Sent round
robin they reach a server that does not know the session: 400 "Session ID unknown" and a reconnect loop. \`ip_hash\`, or
\`hash $remote_addr consistent\`, sends a client to the same server; \`sticky\` is in open-source nginx since 1.29.6.`,
  exceptions: 'A client that uses the WebSocket transport alone needs no affinity; nor does Centrifugo.',
  sources: [
    'socket.io documentation v4, "Using multiple nodes"',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash',
    'measured with socket.io 4.8 behind nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'it changes how all requests are spread over the servers',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const product = productNamed(route.websocket.product);
      if (product?.affinity === undefined) continue;
      const upstream = upstreamOf(context.configuration, route);
      if (upstream?.opener == null || upstream.unread.length > 0) continue;
      const servers = upstream
        .own('server')
        .filter(({ directive }) => !directive.args.some((word) => word === 'backup' || word === 'down'));
      if (servers.length < 2 || isSticky(upstream)) continue;
      yield {
        at: upstream.opener,
        message: `${product.name} behind ${servers.length} servers without affinity`,
        why: 'the requests of a session belong together, and only one of the servers knows it (Socket.IO: 400, Session ID unknown)',
        help: 'add ip_hash, or hash $remote_addr consistent, unless all clients use the WebSocket transport alone',
        related: [{ at: route.pass, message: `${route.label} goes there` }],
        routes: [route],
        repairs: {
          title: 'add ip_hash',
          safety: 'unsafe',
          repairs: [
            { kind: 'insert', scope: upstream, text: 'ip_hash;', near: upstream.settings[0] ?? null, where: 'before' },
          ],
        },
      };
    }
  },
} satisfies Rule;

function isSticky(upstream: Scope): boolean {
  if (STICKY.some((name) => upstream.own(name).length > 0)) return true;
  return upstream
    .own('hash')
    .some(({ directive }) => /remote_addr|cookie|arg_|http_|session|uri/.test(directive.args[0] ?? ''));
}
