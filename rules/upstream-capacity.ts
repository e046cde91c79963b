import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import type { Route } from '../src/model/route';
import { upstreamOf } from '../src/model/upstreams';

export default {
  id: 'upstream-capacity',
  severity: 'info',
  summary: 'An upstream has no server to give: all are marked down, or max_conns is held by open WebSockets.',
  nginx: `\`max_conns\` limits connections to a server, and a WebSocket is one for all its life. With \`max_conns=1\` the second
handshake is answered 502, and error.log says \`no live upstreams\`, until the first socket is closed. Each worker counts for
itself unless the upstream has a \`zone\`. An upstream whose servers are all marked \`down\`, backups too, answers every request
that way.`,
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_conns',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: null,
  explains: ['no-live-server'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      yield* allDown(context, route);
      for (const server of upstreamOf(context.configuration, route)?.own('server') ?? []) {
        const index = server.directive.words.findIndex(({ value }) => /^max_conns=[1-9]/.test(value));
        if (index < 0) continue;
        yield {
          at: server,
          word: index,
          message: `${server.directive.words[index]?.value ?? 'max_conns'} is held by open WebSockets of ${route.label}`,
          why: 'when all slots are taken, further handshakes and plain requests are answered 502 (no live upstreams)',
          help: 'set it to the number of sockets that the server is to hold, and plain requests on top',
          related: [{ at: route.pass, message: 'this route goes there' }],
          routes: [route],
        };
      }
    }
  },
} satisfies Rule;

function* allDown(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting } of context.faults(route, 'no-live-server')) {
    if (setting === null) continue;
    yield {
      at: setting,
      word: setting.directive.words.findIndex(({ value }) => value === 'down'),
      message: `every server behind ${route.label} is marked down: 502`,
      why: 'nginx asks none of them, and answers 502 (no live upstreams) to all requests',
      help: 'take down off a server that runs',
      related: [{ at: route.pass, message: 'this route goes there' }],
      routes: [route],
      severity: 'error',
      breaks: true,
    };
  }
}
