import { causeOf } from '../src/lint/causes';
import type { HeaderCause } from '../src/lint/causes';
import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule } from '../src/lint/rule';
import { effectiveHeaders } from '../src/model/headers';
import type { Route } from '../src/model/route';

export default {
  id: 'upgrade-header',
  severity: 'error',
  summary: 'The Upgrade header of the handshake does not reach the backend as the client sent it.',
  nginx: `Upgrade is a hop-by-hop header: nginx never forwards it by itself and sends only what \`proxy_set_header Upgrade\`
says. Without it every one of eleven servers tried refuses the handshake (400, 404 or 426), and error.log stays empty. Two
lines on one level are both sent, which four of eleven refuse. \`\\$http_upgrade\`, left over from a shell script, is sent
as \`\\websocket\`. The literal \`websocket\` switches, but turns every plain request on the route into a handshake, which
the backend refuses: that is a warning.`,
  exceptions: `Header and variable names are case-insensitive, quotes do not matter, and \`uwsgi_pass\` and \`scgi_pass\` forward
Upgrade by themselves. A value that only a map or a script decides at run time is unknown and never reported.`,
  sources: [
    'https://nginx.org/en/docs/http/websocket.html',
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_headers (Upgrade is blank by default)',
    'RFC 6455, 4.1 and 4.2.1',
    'measured: eleven servers behind nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe',
  fixSafety:
    '`$http_upgrade` is empty for a plain request, and an empty header is not sent: plain requests stay as they were. Headers inherited so far are restated.',
  explains: ['upgrade-missing', 'upgrade-wrong', 'upgrade-twice'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const cause = causeOf(context, route, 'Upgrade');
      if (cause !== null) yield* explain(route, cause);
      else yield* literal(route);
    }
  },
} satisfies Rule;

function* explain(route: Route, cause: HeaderCause): Generator<Finding> {
  const common = { routes: [route], breaks: true, repairs: repair(route) };
  if (cause.kind === 'missing') {
    yield {
      ...common,
      at: route.pass,
      message: `${route.label} does not forward the Upgrade header`,
      why: 'nginx drops Upgrade unless proxy_set_header sends it: the backend sees a plain request and refuses the handshake',
      help: 'add proxy_set_header Upgrade $http_upgrade',
      absent: { scope: route.scope, directive: 'proxy_set_header' },
    };
  } else if (cause.kind === 'value') {
    yield {
      ...common,
      at: cause.line.setting,
      word: 2,
      message: `Upgrade is sent as ${shown(cause.line.value)}`,
      why: cause.line.value.includes('\\$')
        ? 'the backslash is left over from a shell script; nginx sends it as part of the value'
        : 'the backend switches only when Upgrade is websocket, as the client sent it',
      help: 'write proxy_set_header Upgrade $http_upgrade',
    };
  } else if (cause.kind === 'twice') {
    yield {
      ...common,
      at: cause.line.setting,
      message: 'Upgrade is set twice, and both lines are sent',
      why: 'nginx merges nothing: lines of one level accumulate, and many backends refuse a second Upgrade',
      help: 'keep one of the two lines',
      related: [{ at: cause.other.setting, message: 'the other line' }],
    };
  }
}

/** It switches; plain requests pay for it. */
function* literal(route: Route): Generator<Finding> {
  const line = effectiveHeaders(route.scope).find(({ key, value }) => key === 'upgrade' && /^websocket$/i.test(value));
  if (line === undefined) return;
  yield {
    at: line.setting,
    word: 2,
    message: `Upgrade is the constant ${shown(line.value)}`,
    why: 'handshakes switch, but every plain request on this route is sent as a handshake too and refused with 400',
    help: 'write proxy_set_header Upgrade $http_upgrade',
    routes: [route],
    severity: 'warning',
    repairs: { ...repair(route), safety: 'unsafe' },
  };
}

function shown(value: string): string {
  return value === '' ? 'nothing ("")' : `"${value}"`;
}

function repair(route: Route): NonNullable<Finding['repairs']> {
  const entry = {
    kind: 'entry',
    scope: settingsScope(route),
    list: 'proxy_set_header',
    key: 'Upgrade',
    value: '$http_upgrade',
  } as const;
  return { title: 'forward Upgrade', safety: 'safe', repairs: [entry] };
}
