import { timeoutOf } from '../src/lint/timeouts';
import type { Rule, RuleContext } from '../src/lint/rule';
import { pingOf } from '../src/model/products';
import type { Route } from '../src/model/route';
import { formatMilliseconds } from '../src/model/units';

export default {
  id: 'hop-timeout',
  severity: 'warning',
  summary: 'A declared hop in front of nginx closes idle connections before nginx does, or before the next ping.',
  nginx: `The shortest idle timeout on the way decides. A load balancer that closes after 60 s, or a CDN after 100 s, makes
\`proxy_read_timeout 1d\` pointless: only pings that come more often than the shortest of them keep a connection open. nginx
knows nothing of these hops, so they are declared in the configuration file: \`"hops": [{ "name": "the CDN", "idle": "100s" }], "ping": "25s"\`.`,
  exceptions: 'Nothing is said while no hop is declared.',
  sources: ['docs/hops.md', 'measured with two chained nginx: the smaller value wins'],
  fix: null,

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const { name, idle } of context.options.hops) {
        const ping = pingFor(context, route);
        if (ping !== null && ping < idle) continue;
        const read = timeoutOf(route, 'read');
        yield {
          at: read?.setting ?? route.pass,
          message: `${name} closes idle connections of ${route.label} after ${formatMilliseconds(idle)}${pings(ping)}`,
          why:
            read === null || read.milliseconds <= idle
              ? 'the shortest timeout on the way decides'
              : `the ${formatMilliseconds(read.milliseconds)} of ${read.name} never come to pass: the shortest timeout on the way decides`,
          help: `let the application ping more often than every ${formatMilliseconds(idle)}, or raise the timeout of ${name}`,
          routes: [route],
        };
      }
    }
  },
} satisfies Rule;

function pingFor(context: RuleContext, route: Route): number | null {
  return context.options.ping ?? pingOf(route.websocket.product);
}

function pings(ping: number | null): string {
  return ping === null ? '' : `, and the application pings every ${formatMilliseconds(ping)} only`;
}
