import type { RepairPlan, Rule } from '../src/lint/rule';
import { variablesIn } from '../src/model/template';
import { productNamed } from '../src/model/products';
import { upstreamOf } from '../src/model/upstreams';
import type { Scope, Setting } from '../src/model/scope';

/** These come on top of a balancing method. */
const STICKY = ['sticky', 'sticky_cookie_insert'] as const;

/** Of several nginx takes the last ("load balancing method redefined"). */
const METHODS: ReadonlySet<string> = new Set(['ip_hash', 'hash', 'least_conn', 'least_time', 'random']);

/** What differs between the requests of one session: Socket.IO's `t` each time, its `sid` from the second request on. */
const VARYING =
  /^(?:request_uri|request|request_id|request_method|request_length|args|query_string|arg_(?:sid|t|id|transport)|remote_port|connection|connection_requests|msec|time_\w+|content_\w+|http_(?:upgrade|connection|sec_websocket_key))$/;

export default {
  id: 'session-affinity',
  severity: 'warning',
  summary: 'A product that falls back to polling has several servers behind it, and no affinity.',
  nginx: `Socket.IO, SockJS and SignalR begin with, or fall back to, several plain requests that belong together. Sent round
robin they reach a server that does not know the session: 400 "Session ID unknown" and a reconnect loop. \`ip_hash\`, or
\`hash $remote_addr consistent\`, sends a client to the same server; \`sticky\` is in open-source nginx since 1.29.6. A hash of what
differs from request to request does not: \`$request_uri\` (Socket.IO's \`t=\`), \`$arg_sid\` (the first request has none),
\`$remote_port\`. Of several balancing methods nginx takes the last.`,
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
      const servers = upstream.own('server').filter(({ directive }) => !directive.args.some(isOut));
      const count = new Set(servers.map(({ directive }) => directive.args[0])).size;
      if (count < 2 || isSticky(upstream, product.name)) continue;
      const methods = methodsOf(upstream);
      const method = methods.at(-1);
      const instead = method === undefined ? 'add' : `replace ${method.directive.name} by`;
      yield {
        at: upstream.opener,
        message: `${product.name} behind ${count} servers without affinity`,
        why: 'the requests of a session belong together, and only one of the servers knows it (Socket.IO: 400, Session ID unknown)',
        help: `${instead} ip_hash, or hash $remote_addr consistent, unless all clients use the WebSocket transport alone`,
        related: [
          { at: route.pass, message: `${route.label} goes there` },
          ...(method === undefined ? [] : [{ at: method, message: 'this spreads the requests' }]),
        ],
        routes: [route],
        ...(upstream.own('server').some(({ directive }) => directive.args.includes('backup'))
          ? {}
          : { repairs: repair(upstream, methods) }),
      };
    }
  },
} satisfies Rule;

/** ip_hash takes no server with `backup`. */
function repair(upstream: Scope, methods: readonly Setting[]): RepairPlan {
  const near = upstream.settings.find((setting) => !methods.includes(setting)) ?? null;
  return {
    title: methods.length === 0 ? 'add ip_hash' : 'balance by ip_hash',
    safety: 'unsafe',
    repairs: [
      ...methods.map((setting) => ({ kind: 'remove', setting }) as const),
      { kind: 'insert', scope: upstream, text: 'ip_hash;', near, where: 'before' },
    ],
  };
}

function isOut(word: string): boolean {
  return word === 'backup' || word === 'down';
}

function methodsOf(upstream: Scope): readonly Setting[] {
  return upstream.settings.filter(({ directive }) => METHODS.has(directive.name));
}

/** By what is hashed. SockJS and SignalR have several paths in a session. */
function isSticky(upstream: Scope, product: string): boolean {
  if (STICKY.some((name) => upstream.own(name).length > 0)) return true;
  const method = methodsOf(upstream).at(-1)?.directive;
  if (method?.name !== 'hash') return method?.name === 'ip_hash';
  const hashed = variablesIn(method.args[0] ?? '');
  return !hashed.some((name) => VARYING.test(name) || (name === 'uri' && product !== 'Socket.IO'));
}
