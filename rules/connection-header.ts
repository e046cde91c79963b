import { causeOf } from '../src/lint/causes';
import { isCopiedAlong } from '../src/lint/half-forwarded';
import type { HeaderCause } from '../src/lint/causes';
import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule } from '../src/lint/rule';
import type { Route } from '../src/model/route';

export default {
  id: 'connection-header',
  severity: 'error',
  summary: 'The Connection header that the backend receives with a handshake does not say `upgrade`.',
  nginx: `Connection is a hop-by-hop header: nginx never forwards it. By itself it sends \`close\` (before 1.29.7) or nothing
(since), and \`proxy_set_header Connection\` sets it. A handshake needs the token \`upgrade\` in it, in any case, alone or in
a comma-separated list. \`keep-alive\`, \`close\`, \`""\`, \`$http_upgrade\` and a list without a comma fail on all of eleven
servers tried. Lines of one level are all sent: a second one with \`close\` makes two of eleven refuse.`,
  exceptions: `The case of \`upgrade\` never matters, and an empty second line (\`Connection ""\`) sends nothing and does no
harm. Where Upgrade alone is forwarded beside a location of the same server that forwards both, it is a warning.`,
  sources: [
    'https://nginx.org/en/docs/http/websocket.html',
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_headers',
    'RFC 6455, 4.2.1; RFC 9110, 7.6.1',
    'measured: eleven servers behind nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe',
  fixSafety:
    'A map keyed by `$http_upgrade` gives handshakes `upgrade` and plain requests the value they had. Headers inherited so far are restated.',
  explains: ['connection-missing', 'connection-wrong', 'connection-close'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const cause = causeOf(context, route, 'Connection');
      if (cause === null) continue;
      const copied = isCopiedAlong(context, route);
      for (const finding of explain(route, cause)) yield copied ? { ...finding, severity: 'warning' } : finding;
    }
  },
} satisfies Rule;

function* explain(route: Route, cause: HeaderCause): Generator<Finding> {
  const common = { routes: [route], breaks: true, repairs: repair(route) };
  if (cause.kind === 'missing') {
    yield {
      ...common,
      at: route.pass,
      message: `${route.label} does not send "Connection: upgrade"`,
      why: 'nginx sends its own Connection header, so the backend sees a plain request and refuses the handshake',
      help: 'add proxy_set_header Connection $connection_upgrade, with the usual map, or the constant "upgrade"',
      absent: { scope: route.scope, directive: 'proxy_set_header' },
    };
  } else if (cause.kind === 'value') {
    yield {
      ...common,
      at: cause.line.setting,
      word: 2,
      message: `Connection is sent as ${cause.line.value === '' ? 'nothing ("")' : `"${cause.line.value}"`}`,
      why: 'a handshake needs the token "upgrade" in Connection; without it the backend refuses',
      help: 'send $connection_upgrade, with the usual map, or the constant "upgrade"',
    };
  } else if (cause.kind === 'twice') {
    yield {
      ...common,
      at: cause.line.setting,
      message: `Connection is set twice, and both lines are sent, one of them "${cause.line.value}"`,
      why: 'nginx merges nothing: lines of one level accumulate, and a backend that reads "close" refuses to switch',
      help: 'keep the line that says upgrade',
      related: [{ at: cause.other.setting, message: 'the other line' }],
    };
  }
}

function repair(route: Route): NonNullable<Finding['repairs']> {
  return {
    title: 'send Connection: upgrade with handshakes',
    safety: 'safe',
    repairs: [{ kind: 'connection-map', scope: settingsScope(route) }],
  };
}
