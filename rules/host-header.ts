import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effective } from '../src/model/effective';
import { effectiveHeaders } from '../src/model/headers';
import type { HeaderSetting } from '../src/model/headers';
import { serverPorts } from '../src/model/server-addresses';
import { proxyPassAddress } from '../src/model/pass-address';
import type { Route } from '../src/model/route';
import { variablesIn } from '../src/model/template';
import { SINCE } from '../src/model/version';

export default {
  id: 'host-header',
  severity: 'warning',
  summary: 'The backend does not see the Host that the browser asked for, which many compare with Origin.',
  nginx: `Without \`proxy_set_header Host\` nginx sends \`$proxy_host\`: the address in proxy_pass, or the upstream's name. A browser
sends an Origin with every handshake, and Tornado, gorilla and nhooyr refuse it with 403 when it does not match Host. \`$host\`
holds no port, so on any port but 80 and 443 the comparison fails as well; \`$http_host\` is what the browser sent. An
upstream name with an underscore is no valid Host for Tomcat (400). Before 1.31.4 two Host lines are both sent, which eight of
eleven servers refuse, and \`Host ""\` sends none, which nine refuse; since then the last line wins, and \`""\` is \`$proxy_host\`.`,
  exceptions: 'Any constant Host, and any variable that is not judged here, is taken to be meant.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
    'nginx 1.31.4, CHANGES; src/http/modules/ngx_http_proxy_module.c',
    'measured: eleven servers behind nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'A backend that serves several hosts answers by Host: plain requests may get another site.',
  explains: ['host-missing', 'host-twice'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      if (route.pass.directive.name !== 'proxy_pass') continue;
      const lines = effectiveHeaders(route.scope).filter(({ key }) => key === 'host');
      const refused = [...refusedHost(context, route, lines)];
      if (refused.length > 0) yield* refused;
      else if (lines.length === 0) yield* notForwarded(route);
      else yield* portLost(context, route, lines);
    }
  },
} satisfies Rule;

function* refusedHost(context: RuleContext, route: Route, lines: readonly HeaderSetting[]): Generator<Finding> {
  for (const { kind, setting } of context.faults(route, 'host-twice', 'host-missing')) {
    const at = setting ?? lines.at(-1)?.setting ?? route.pass;
    const other = lines.find((line) => line.setting !== at);
    const twice = kind === 'host-twice';
    yield {
      at,
      message: twice ? 'Host is set twice, and both lines are sent' : 'an empty Host is no Host: none is sent',
      why: 'every HTTP/1.1 request has exactly one Host; most servers answer 400',
      help: twice ? 'keep one of the two lines' : 'write proxy_set_header Host $http_host',
      ...(twice && other !== undefined ? { related: [{ at: other.setting, message: 'the other line' }] } : {}),
      routes: [route],
      severity: 'error',
      breaks: true,
      ...(context.version === null || context.version < SINCE.hostAlwaysSent
        ? { versions: 'nginx before 1.31.4' }
        : {}),
      repairs: repair(route),
    };
  }
}

function* notForwarded(route: Route): Generator<Finding> {
  const { origin } = effective(route.scope, 'proxy_set_header');
  if (origin === 'unknown') return;
  const address = proxyPassAddress(route.pass.directive.args[0] ?? '');
  const name = address?.unix === true ? 'localhost' : (/^[^$]+/.exec(address?.host ?? '')?.[0] ?? 'its address');
  yield {
    at: route.pass,
    message: `${route.label} does not forward Host: the backend sees "${name}"`,
    why: name.includes('_')
      ? 'a backend that compares Origin with Host answers 403, and some refuse a Host with an underscore altogether'
      : 'a backend that compares Origin with Host, as many do for WebSocket, answers 403',
    help: 'add proxy_set_header Host $http_host, unless the backend is known not to look',
    routes: [route],
    absent: { scope: route.scope, directive: 'proxy_set_header' },
    repairs: repair(route),
  };
}

/** `$host` has no port: it differs from the browser's Origin wherever the port is not the scheme's own. */
function* portLost(context: RuleContext, route: Route, lines: readonly HeaderSetting[]): Generator<Finding> {
  const line = lines.find(({ value }) => variablesIn(value).join() === 'host' && /^\$\{?host\}?$/.test(value));
  const ports = [...new Set(serverPorts(context.configuration, route.server))];
  if (line === undefined || ports.length === 0 || ports.some((port) => port === 80 || port === 443)) return;
  yield {
    at: line.setting,
    word: 2,
    message: `$host leaves out the port, and ${route.label} is served on port ${ports.join(', ')}`,
    why: "the browser's Origin has the port: a backend that compares the two answers 403",
    help: 'write proxy_set_header Host $http_host',
    routes: [route],
    repairs: repair(route),
  };
}

function repair(route: Route): NonNullable<Finding['repairs']> {
  const entry = {
    kind: 'entry',
    scope: settingsScope(route),
    list: 'proxy_set_header',
    key: 'Host',
    value: '$http_host',
  } as const;
  return { title: 'forward Host', safety: 'unsafe', repairs: [entry] };
}
