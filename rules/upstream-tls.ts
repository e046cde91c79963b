import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule } from '../src/lint/rule';
import { effective, effectiveSetting } from '../src/model/effective';
import type { Route } from '../src/model/route';

export default {
  id: 'upstream-tls',
  severity: 'warning',
  summary: 'The TLS connection to the backend does not name the host it wants.',
  nginx: `With \`proxy_pass https://...\` nginx sends no server name in the TLS handshake: \`proxy_ssl_server_name\` is off by default
in every version. A backend that serves several names, as every CDN and cloud host does, refuses it: 502, and
\`SSL_do_handshake() failed (... alert handshake failure ...)\` in error.log. Switched on, the name is the host in proxy_pass; an
IP address is no name, so \`proxy_ssl_name\` has to give one.`,
  exceptions:
    "Only public looking host names (with a dot, and no address) are judged: a backend of one's own often serves one name.",
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_server_name',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'the backend may answer with another certificate, or another site',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const host = /^https:\/\/(\[[^\]]*\]|[^/:$]+)/i.exec(route.pass.directive.args[0] ?? '')?.[1];
      if (host !== undefined && route.pass.directive.name === 'proxy_pass') yield* judge(route, host);
    }
  },
} satisfies Rule;

function* judge(route: Route, host: string): Generator<Finding> {
  const { origin, settings } = effective(route.scope, 'proxy_ssl_server_name');
  const on = settings.at(-1)?.directive.args[0] === 'on';
  const isAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  if (origin === 'unknown') return;
  if (on && isAddress && effectiveSetting(route.scope, 'proxy_ssl_name') === null) {
    yield {
      at: settings.at(-1) ?? route.pass,
      message: `proxy_ssl_server_name is on, and ${host} is no name`,
      why: 'nginx sends no server name for an address, so the backend sees none',
      help: 'set proxy_ssl_name to the name in the certificate',
      routes: [route],
      severity: 'info',
    };
  }
  if (on || isAddress || !/\.[a-z]{2,}$/i.test(host) || /\.(local|lan|internal|localdomain|svc)$/i.test(host)) return;
  yield {
    at: settings.at(-1) ?? route.pass,
    message: `the TLS handshake with ${host} names no server`,
    why: 'proxy_ssl_server_name is off by default; a host with several names refuses the connection: 502',
    help: 'set proxy_ssl_server_name on',
    routes: [route],
    ...(settings.length === 0 ? { absent: { scope: route.scope, directive: 'proxy_ssl_server_name' } } : {}),
    repairs: {
      title: 'set proxy_ssl_server_name on',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: settingsScope(route), name: 'proxy_ssl_server_name', args: ['on'] }],
    },
  };
}
