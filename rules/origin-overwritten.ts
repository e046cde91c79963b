import type { Rule } from '../src/lint/rule';
import { effectiveHeaders } from '../src/model/headers';

export default {
  id: 'origin-overwritten',
  severity: 'warning',
  summary: 'Origin is blanked or replaced, so that any web page may open a WebSocket in the name of a visitor.',
  nginx: `Browsers let every page open a WebSocket to every host, with the visitor's cookies. The Origin header is the only
thing a server can tell a foreign page by (cross-site WebSocket hijacking). \`proxy_set_header Origin ""\` makes the backend's
check pass for everybody, and so does a constant. The handshake itself works.`,
  exceptions: '`$http_origin`, and other variables, are taken to be meant.',
  sources: ['RFC 6455, 10.2', 'OWASP ASVS, WebSocket: Origin is verified', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: null,

  *check(context) {
    for (const route of context.websocketRoutes) {
      const line = effectiveHeaders(route.scope).find(({ key }) => key === 'origin');
      if (line === undefined || /\$\{?http_origin\b/i.test(line.value)) continue;
      const constant = !line.value.includes('$');
      if (!constant && !/\$\{?(host|http_host|proxy_host|scheme)\b/i.test(line.value)) continue;
      yield {
        at: line.setting,
        message: `Origin is ${line.value === '' ? 'taken out of' : 'overwritten in'} the handshakes of ${route.label}`,
        why: "the backend can no longer tell a foreign page, which opens WebSockets with the visitor's cookies",
        help: 'forward Host so that the check passes by itself, and allow the origins that you mean in the backend',
        routes: [route],
      };
    }
  },
} satisfies Rule;
