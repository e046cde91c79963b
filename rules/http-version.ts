import { settingsScope } from '../src/lint/settings-scope';
import { isCopiedAlong } from '../src/lint/half-forwarded';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

export default {
  id: 'http-version',
  severity: 'error',
  summary: 'The handshake reaches the backend over HTTP/1.0 or HTTP/2, where it cannot switch.',
  nginx: `A WebSocket handshake is an HTTP/1.1 request (RFC 6455, 4.1). Before nginx 1.29.7 \`proxy_http_version\` defaults to
1.0. Of eleven servers tried, four then refuse: Python websockets (505), nhooyr (426), Jetty (404), and Tornado, which
answers 101 and then resets the connection. With \`proxy_http_version 2\` (since 1.29.4) no handshake can ever
succeed: HTTP/2 has no Upgrade, nginx has no code to switch it, and the backend resets the stream for the forbidden headers.
The directive is inherited on its own, whatever happens to proxy_set_header.`,
  exceptions: 'With `--nginx-version` 1.29.7 or later a missing directive is fine: the default is 1.1.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
    'nginx 1.29.7, CHANGES; src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_merge_loc_conf',
    'measured: eleven servers behind nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe or unsafe',
  fixSafety:
    'Instead of 1.0 a plain request reaches the backend as HTTP/1.1, and is otherwise the same: safe. Instead of HTTP/2 it may get another answer (502 before, if the backend speaks HTTP/1.1 alone): unsafe.',
  explains: ['http-version'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const { setting } of context.faults(route, 'http-version')) {
        if (setting !== null) yield wrong(route, setting);
        else yield { ...missing(route, context.version === null), ...severityOf(context, route) };
      }
    }
  },
} satisfies Rule;

function severityOf(context: RuleContext, route: Route): Pick<Finding, 'severity'> {
  return isCopiedAlong(context, route) ? { severity: 'warning' } : {};
}

function missing(route: Route, anyVersion: boolean): Finding {
  const scope = settingsScope(route);
  return {
    at: route.pass,
    message: `${route.label} is proxied over HTTP/1.0: proxy_http_version is not set`,
    why: 'before nginx 1.29.7 the default is 1.0, and a handshake is an HTTP/1.1 request: many backends refuse it',
    help: 'set proxy_http_version 1.1',
    routes: [route],
    absent: { scope, directive: 'proxy_http_version' },
    breaks: true,
    ...(anyVersion ? { versions: 'nginx before 1.29.7; say --nginx-version when yours is newer' } : {}),
    repairs: repair(route, 'safe'),
  };
}

function wrong(route: Route, setting: Setting): Finding {
  const version = setting.directive.args[0] ?? '';
  const why =
    version === '2'
      ? 'HTTP/2 has no Upgrade: a WebSocket never gets through'
      : 'a handshake is an HTTP/1.1 request: many backends refuse it';
  return {
    at: setting,
    word: 1,
    message: `proxy_http_version ${version} applies to ${route.label}`,
    why,
    help: 'set proxy_http_version 1.1 where WebSocket is served',
    related: [{ at: route.pass, message: 'this route is proxied with it' }],
    routes: [route],
    breaks: true,
    // An HTTP/1.1 backend answers plain requests 502 over HTTP/2: mending it changes what they get.
    repairs: repair(route, version === '2' ? 'unsafe' : 'safe'),
  };
}

function repair(route: Route, safety: 'safe' | 'unsafe'): NonNullable<Finding['repairs']> {
  const scope = settingsScope(route);
  return {
    title: 'set proxy_http_version 1.1',
    safety,
    repairs: [{ kind: 'set', scope, name: 'proxy_http_version', args: ['1.1'] }],
  };
}
