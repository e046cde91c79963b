import { settingsScope } from '../src/lint/settings-scope';
import { isForHandshakesAlone, servesPlainRequests } from '../src/lint/traffic';
import type { Rule } from '../src/lint/rule';
import { effectiveHeaders } from '../src/model/headers';

export default {
  id: 'shared-location-upgrade',
  severity: 'info',
  summary: 'A constant `Connection: upgrade` is sent with plain requests too.',
  nginx: `Most servers do not mind: eight of eight HTTP servers tried answer a plain GET with \`Connection: upgrade\` as usual and
keep the connection. Some stacks do: Kestrel answers 400 to a POST with a body, undici refuses the header. A map keyed by
\`$http_upgrade\` sends it with handshakes only.`,
  exceptions:
    'Not on a location that serves WebSocket alone: by its name, or because an `if` sends handshakes alone there.',
  sources: [
    'https://nginx.org/en/docs/http/websocket.html',
    'dotnet/aspnetcore#17081; measured on nginx 1.22.1 and 1.31.4 with eight HTTP servers',
  ],
  fix: 'safe',
  fixSafety: 'handshakes get what they got; plain requests reach the backend with a Connection that is announced',

  *check(context) {
    for (const route of context.websocketRoutes) {
      if (route.pass.directive.name !== 'proxy_pass' || !servesPlainRequests(route)) continue;
      const line = effectiveHeaders(route.scope).find(
        ({ key, value }) => key === 'connection' && /^"?upgrade"?$/i.test(value),
      );
      if (line === undefined || context.handshake(route).outcome === 'fails') continue;
      if (isForHandshakesAlone(context, route)) continue;
      yield {
        at: line.setting,
        word: 2,
        message: `plain requests to ${route.label} are sent with "Connection: ${line.value}" too`,
        why: 'most backends do not mind, some answer 400 to a request with a body',
        help: 'send $connection_upgrade, from the usual map of $http_upgrade',
        routes: [route],
        repairs: {
          title: 'send Connection: upgrade with handshakes only',
          safety: 'safe',
          repairs: [{ kind: 'connection-map', scope: settingsScope(route) }],
        },
      };
    }
  },
} satisfies Rule;
