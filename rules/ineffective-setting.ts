import { servesPlainRequests } from '../src/lint/traffic';
import { enumerate } from '../src/lint/enumerate';
import type { Rule, RuleContext } from '../src/lint/rule';
import { effective } from '../src/model/effective';
import type { Route } from '../src/model/route';
import type { Scope, Setting } from '../src/model/scope';

/** What guides prescribe for WebSocket, and what it really does; each measured with an open tunnel. */
const FACTS: Readonly<Record<string, string>> = {
  keepalive_timeout: 'ends idle connections between plain requests; a tunnel is none',
  client_max_body_size: 'limits request bodies; 1 MB frames pass with a limit of 1 byte',
  client_body_timeout: 'runs while a request body is read; a handshake has none',
  client_body_buffer_size: 'holds request bodies; a handshake has none',
  client_header_timeout: 'runs while the request header is read',
  proxy_request_buffering: 'concerns request bodies; a handshake has none',
  proxy_buffering: 'buffers answers; nothing is buffered after the 101',
  proxy_buffers: 'buffers answers; nothing is buffered after the 101',
  proxy_max_temp_file_size: 'concerns buffered answers',
  tcp_nodelay: 'is on by default, and applies to tunnels then',
  tcp_nopush: 'concerns sendfile',
  chunked_transfer_encoding: 'concerns answers with a body',
  gzip: 'concerns answers with a body; frames are compressed by the two ends, or not at all',
  proxy_redirect: 'rewrites Location in answers',
  proxy_ignore_client_abort: 'does nothing to a tunnel',
  proxy_socket_keepalive: 'keeps TCP alive, and does not count as traffic for proxy_read_timeout',
  limit_rate: 'does not slow a tunnel',
  lingering_close: 'does nothing to a tunnel',
  lingering_timeout: 'does nothing to a tunnel',
};

export default {
  id: 'ineffective-setting',
  severity: 'info',
  summary: 'Settings that guides prescribe for WebSocket do nothing for the tunnel here.',
  nginx: `After the 101 nginx copies bytes in both directions, and of all its settings three timers apply:
\`proxy_read_timeout\` (idle), \`proxy_send_timeout\` and \`send_timeout\` (the other side does not read). Buffers, body sizes,
gzip, \`keepalive_timeout\` and rate limits have no effect: frames of 1 and 4 MB came back whole with each of them at its
extremes. \`tcp_nodelay on\` is the default; off does act, and holds a second small frame back for 40 ms, so it is not reported. \`Sec-WebSocket-*\` headers are forwarded by themselves, \`proxy_cache_bypass\` does nothing without
\`proxy_cache\`, and CORS headers are not looked at in a WebSocket handshake.`,
  exceptions: `Only in locations that serve WebSocket alone, and only what stands in the location itself, once for each. There is
no fix: what does nothing for the tunnel may be there for something else.`,
  sources: ['src/http/ngx_http_upstream.c, ngx_http_upstream_process_upgraded', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: null,

  *check(context) {
    const seen = new Set<Scope>();
    for (const route of context.websocketRoutes) {
      const { location } = route;
      if (location === null || seen.has(location) || servesPlainRequests(route)) continue;
      seen.add(location);
      const idle = location.settings
        .filter((setting) => !matters(context, route, setting))
        .flatMap((setting) => factOf(setting, location));
      const [first] = idle;
      if (first === undefined) continue;
      yield {
        at: first.setting,
        message: `${enumerate(idle.map(({ name }) => name))} ${idle.length === 1 ? 'does' : 'do'} nothing for the WebSocket of ${route.label}`,
        why: [...new Set(idle.map(({ name, fact }) => `${name} ${fact}`))].slice(0, MOST_EXPLAINED).join('; '),
        help: 'the setting that works is proxy_read_timeout',
        related: idle.slice(1).map(({ setting, name, fact }) => ({ at: setting, message: `${name} ${fact}` })),
        routes: [route],
      };
    }
  },
} satisfies Rule;

const MOST_EXPLAINED = 12;

/** tcp_nodelay off delays a second small frame by 40 ms (measured); a small limit_rate cuts the 101 short. */
function matters(context: RuleContext, route: Route, { directive: { name, args } }: Setting): boolean {
  if (name === 'tcp_nodelay') return args[0] === 'off';
  return name === 'limit_rate' && context.faults(route, 'response-cut').length > 0;
}

interface Idle {
  readonly setting: Setting;
  readonly name: string;
  readonly fact: string;
}

function factOf(setting: Setting, location: Scope): readonly Idle[] {
  const { name, args } = setting.directive;
  const fact = FACTS[name];
  if (fact !== undefined) return [{ setting, name, fact }];
  const [key = '', value = ''] = args;
  const header = key.toLowerCase();
  if (
    name === 'proxy_set_header' &&
    /^sec-websocket-/.test(header) &&
    value.toLowerCase() === `$http_${header.replace(/-/g, '_')}`
  ) {
    return [{ setting, name: `proxy_set_header ${key}`, fact: 'repeats what nginx forwards by itself' }];
  }
  if (name === 'add_header' && header.startsWith('access-control-')) {
    return [
      { setting, name: `add_header ${key}`, fact: 'is not looked at in a handshake: CORS does not apply to WebSocket' },
    ];
  }
  if (name === 'proxy_cache_bypass' && isOff(location)) {
    return [{ setting, name, fact: 'does nothing without proxy_cache' }];
  }
  return [];
}

/** Of the level that applies, and surely so. */
function isOff(location: Scope): boolean {
  const { origin, settings } = effective(location, 'proxy_cache');
  if (origin === 'unknown' || origin === 'assumed') return false;
  return (settings.at(-1)?.directive.args[0] ?? 'off') === 'off';
}
