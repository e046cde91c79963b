import type { Rule } from '../src/lint/rule';

/** What each module does with a handshake; measured on nginx 1.22.1 and 1.31.4. */
const WHY: Readonly<Record<string, string>> = {
  fastcgi_pass: 'FastCGI has no Upgrade: nothing of what the client sends after the 101 reaches the backend',
  grpc_pass: 'gRPC speaks HTTP/2 to the backend: 502, upstream sent too large http2 frame',
  memcached_pass: 'memcached answers with a stored value, never with a 101',
};

export default {
  id: 'wrong-proxy-module',
  severity: 'error',
  summary: 'A WebSocket route is passed on by a module that cannot switch protocols.',
  nginx: `Only \`proxy_pass\` over HTTP/1.x, \`uwsgi_pass\` and \`scgi_pass\` can become a tunnel: their modules set
\`u->upgrade\` when a backend answers 101. \`fastcgi_pass\` holds the 101 back and hangs; with
\`fastcgi_buffering off\` the client gets it and what the backend sends, and the backend gets nothing. \`grpc_pass\` is answered 502
(\`upstream sent too large http2 frame: 4740180\`, which are the bytes "HTT"), \`memcached_pass\` looks up a key.`,
  exceptions: '`uwsgi_pass` and `scgi_pass` switch without any header set, and are never reported.',
  sources: [
    'src/http/modules/ngx_http_proxy_module.c, uwsgi and scgi: u->upgrade',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: null,
  explains: ['wrong-module'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const { name } = route.pass.directive;
      const why = WHY[name];
      if (why === undefined || context.faults(route, 'wrong-module').length === 0) continue;
      yield {
        at: route.pass,
        message: `${name} cannot carry the WebSocket of ${route.label}`,
        why,
        help: 'use proxy_pass to a server that speaks HTTP/1.1, or say "# nginx-ws-lint: not-websocket" in the location',
        routes: [route],
        breaks: true,
      };
    }
  },
} satisfies Rule;
