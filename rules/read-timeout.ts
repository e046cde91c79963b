import { settingsScope } from '../src/lint/settings-scope';
import { DEFAULT_TIMEOUT, timeoutOf } from '../src/lint/timeouts';
import type { Timeout } from '../src/lint/timeouts';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effectiveSetting } from '../src/model/effective';
import { pingOf } from '../src/model/products';
import type { Route } from '../src/model/route';
import type { Scope } from '../src/model/scope';
import { formatMilliseconds, parseMilliseconds } from '../src/model/units';

export default {
  id: 'read-timeout',
  severity: 'warning',
  summary: 'WebSocket connections that are idle are closed after 60 seconds or less.',
  nginx: `After the 101 one timer decides how long an idle connection lives: \`proxy_read_timeout\`, 60 s by default (measured:
60.05 s). Any byte in either direction starts it anew, also a ping that is never answered. When it runs out nginx closes
without a Close frame, so both ends see code 1006; the log line is of level \`info\` and does not appear in an error.log at
its default level; the access log shows 101, with the time of the last byte plus the timeout as request time. No other timeout closes an idle
WebSocket: not \`proxy_send_timeout\`, \`send_timeout\`, \`keepalive_timeout\` or \`client_body_timeout\`.`,
  exceptions: `Silent where the product behind the endpoint is known to ping more often than the timeout (Socket.IO, Phoenix,
Action Cable...), or where \`ping\` in the configuration file says that the application does.`,
  sources: [
    'https://nginx.org/en/docs/http/websocket.html',
    'src/http/ngx_http_upstream.c, ngx_http_upstream_process_upgraded',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety:
    'How long a silent backend may hold a connection is your choice, and plain requests on the route wait as long too.',

  options: {
    least: {
      kind: 'time',
      summary: 'Shorter timeouts than this are reported; without it, those of at most 60 seconds.',
    },
  },

  *check(context) {
    const least = context.options.rules.get('read-timeout')?.['least'] ?? DEFAULT_TIMEOUT + 1;
    for (const route of context.websocketRoutes) {
      if (!/^(proxy|uwsgi|scgi)_pass$/.test(route.pass.directive.name)) continue;
      const timeout = timeoutOf(route, 'read');
      if (timeout === null || timeout.milliseconds === 0 || timeout.milliseconds >= Number(least)) continue;
      if (!pingKeepsAlive(context, route, timeout)) yield finding(route, timeout, pingFor(context, route));
    }
    yield* streams(context);
  },
} satisfies Rule;

function pingFor(context: RuleContext, route: Route): number | null {
  return context.options.ping ?? pingOf(route.websocket.product);
}

function pingKeepsAlive(context: RuleContext, route: Route, timeout: Timeout): boolean {
  const ping = pingFor(context, route);
  return ping !== null && ping < timeout.milliseconds;
}

function finding(route: Route, timeout: Timeout, ping: number | null): Finding {
  const { name, setting, milliseconds } = timeout;
  const time = formatMilliseconds(milliseconds);
  const pings =
    ping === null
      ? ''
      : `; ${route.websocket.product ?? 'the application'} pings every ${formatMilliseconds(ping)} only`;
  const logged = logsInfo(route.scope) ? 'error.log has a line of level info' : null;
  const repair = { kind: 'set', scope: settingsScope(route), name, args: ['3600s'] } as const;
  return {
    at: setting ?? route.pass,
    ...(setting === null ? {} : { word: 1 }),
    message: `WebSocket connections of ${route.label} are closed after ${time} without a message${pings}`,
    why:
      setting === null
        ? `${name} is not set and defaults to 60s; only it closes an idle connection, and ${logged ?? 'it leaves no line in error.log'}`
        : `${name} is the timer of an idle connection; when it runs out both ends see code 1006 and ${logged ?? 'error.log stays empty'}`,
    help: `set ${name} 3600s, or let the application ping more often than every ${time}`,
    routes: [route],
    ...(setting === null ? { absent: { scope: route.scope, directive: name } } : {}),
    repairs: { title: `set ${name} 3600s`, safety: 'unsafe', repairs: [repair] },
  };
}

/** What is logged of an idle connection is of level info; error_log is `error` by default. */
function logsInfo(scope: Scope): boolean {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const logs = level.own('error_log');
    if (logs.length > 0) return logs.some(({ directive }) => /^(?:info|debug)/.test(directive.args[1] ?? ''));
  }
  return false;
}

/** A stream proxy does not know WebSocket: only a time that somebody chose can be judged. */
function* streams(context: RuleContext): Generator<Finding> {
  for (const server of context.configuration.stream?.children ?? []) {
    if (server.own('proxy_pass').length === 0) continue;
    const setting = effectiveSetting(server, 'proxy_timeout');
    if (setting === null) continue;
    const milliseconds = parseMilliseconds(setting.directive.args[0] ?? '');
    if (milliseconds === null || milliseconds === 0 || milliseconds > DEFAULT_TIMEOUT) continue;
    yield {
      at: setting,
      word: 1,
      message: `connections through this stream proxy are closed after ${formatMilliseconds(milliseconds)} without data`,
      why: 'proxy_timeout is the time between two reads or writes in either direction; the default is 10 minutes',
      help: 'set proxy_timeout 1h if WebSockets pass here',
      routes: [],
      repairs: {
        title: 'set proxy_timeout 1h',
        safety: 'unsafe',
        repairs: [{ kind: 'word', setting, index: 1, text: '1h' }],
      },
    };
  }
}
