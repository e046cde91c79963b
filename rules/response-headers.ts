import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effective, effectiveSetting } from '../src/model/effective';
import { effectiveHeaders } from '../src/model/headers';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

export default {
  id: 'response-headers',
  severity: 'error',
  summary:
    'The answer to the handshake reaches the client spoilt: a header of the 101 is hidden or doubled, or it is cut short.',
  nginx: `The backend switches, nginx opens the tunnel, and the client still gives up, because the 101 is not what RFC 6455
asks for. \`proxy_hide_header Upgrade\` (popular against a Safari problem with Apache) and \`proxy_hide_header
Sec-WebSocket-Accept\` take out what the client checks. \`add_header Upgrade ... always\`, and the same with Connection,
Sec-WebSocket-Accept or -Protocol, adds a second one. A hidden Sec-WebSocket-Protocol or -Extensions breaks the clients that
offer a subprotocol, or compression, to a backend that accepts. All are inherited from http and server level.
\`limit_rate\` does not slow a tunnel, but the 101 is sent under it: with less than the size of its header (188 bytes at least,
181 with \`server_tokens off\`) the client gets a part and waits for the rest, which never comes, unless the backend takes so many
seconds that the rate allows it.`,
  exceptions: `\`add_header\` without \`always\` does not touch a 101. Hiding Connection is harmless: nginx writes its own. An own
\`proxy_hide_header\` or \`add_header\` in the location ends the inheritance.`,
  sources: [
    'src/http/ngx_http_upstream.c, hide_headers',
    'src/http/modules/ngx_http_headers_filter_module.c',
    'src/http/ngx_http_write_filter_module.c',
    'RFC 6455, 4.1',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe or unsafe',
  fixSafety:
    'Where the line stands in the location of the WebSocket alone it is removed; an inherited one also concerns other routes.',
  explains: ['response-header-hidden', 'response-header-added', 'response-cut'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      yield* spoilt(context, route);
      yield* cutShort(context, route);
      yield* takenFromAnswer(route);
      yield* ssi(route);
    }
  },
} satisfies Rule;

function* spoilt(context: RuleContext, route: Route): Generator<Finding> {
  for (const { kind, setting } of context.faults(route, 'response-header-hidden', 'response-header-added')) {
    if (setting === null) continue;
    const name = setting.directive.args[0] ?? '';
    const own = setting.scope === route.location && setting.via === null;
    yield {
      at: setting,
      message:
        kind === 'response-header-hidden'
          ? `${setting.directive.name} takes ${name} out of the answer to the handshake of ${route.label}`
          : `${setting.directive.name} puts a second ${name} into the answer to the handshake of ${route.label}`,
      why: 'the tunnel opens, but the client checks this header of the 101 and closes the connection',
      help: own ? 'take this line out' : 'move this line to the locations that need it',
      routes: [route],
      breaks: true,
      ...(own
        ? {
            repairs: {
              title: `leave ${name} alone`,
              safety: 'unsafe' as const,
              repairs: [{ kind: 'remove' as const, setting }],
            },
          }
        : {}),
    };
  }
}

function* cutShort(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting, detail } of context.faults(route, 'response-cut')) {
    yield {
      at: setting ?? route.pass,
      message: `${detail.split(':')[0] ?? 'limit_rate'} cuts the answer to the handshake of ${route.label} short`,
      why: 'the header of the 101 does not fit into it: the client waits for the rest, which is never sent',
      help: 'take it out: it does not slow a tunnel; or set limit_rate 1k or more',
      routes: [route],
      breaks: true,
      ...(setting?.directive.name === 'limit_rate'
        ? {
            repairs: {
              title: 'set limit_rate 0',
              safety: 'unsafe' as const,
              repairs: [{ kind: 'set' as const, scope: route.scope, name: 'limit_rate', args: ['0'] }],
            },
          }
        : {}),
    };
  }
}

/** What only some clients and backends agree upon: their answer to it must arrive, or their handshake fails. */
const AGREED: Readonly<Record<string, string>> = {
  'sec-websocket-protocol': 'a client that offers a subprotocol gets no answer to it, and gives up',
  'sec-websocket-extensions':
    'a backend that grants compression sends frames that the client does not expect: it closes the connection',
};

function* takenFromAnswer(route: Route): Generator<Finding> {
  const module = route.pass.directive.name.replace('_pass', '');
  const passed = new Set(effective(route.scope, `${module}_pass_header`).settings.map(nameIn));
  for (const setting of effective(route.scope, `${module}_hide_header`).settings) {
    const name = nameIn(setting);
    const why = AGREED[name];
    if (why === undefined || passed.has(name) || isAgreedOtherwise(route, name)) continue;
    const own = setting.scope === route.location && setting.via === null;
    yield {
      at: setting,
      message: `${setting.directive.name} takes ${setting.directive.args[0] ?? name} out of the answer to the handshake of ${route.label}`,
      why,
      help: own ? 'take this line out' : 'move this line to the locations that need it',
      routes: [route],
      severity: 'warning',
      ...(own
        ? {
            repairs: {
              title: `leave ${setting.directive.args[0] ?? name} alone`,
              safety: 'unsafe' as const,
              repairs: [{ kind: 'remove' as const, setting }],
            },
          }
        : {}),
    };
  }
}

/** The backend does not see that the client offers it, or the answer is written by hand. */
function isAgreedOtherwise(route: Route, name: string): boolean {
  const asked = effectiveHeaders(route.scope).filter(({ key }) => key === name);
  const added = effective(route.scope, 'add_header').settings.some((setting) => nameIn(setting) === name);
  return added || asked.some(({ value }) => value === '');
}

function nameIn(setting: Setting): string {
  return setting.directive.args[0]?.toLowerCase() ?? '';
}

/** With ssi on, a 101 that says text/html is held back until the subrequests are done: frames arrive first. */
function* ssi(route: Route): Generator<Finding> {
  const setting = effectiveSetting(route.scope, 'ssi');
  if (setting?.directive.args[0] !== 'on') return;
  yield {
    at: setting,
    message: `ssi on spoils handshakes of ${route.label} whose answer says text/html`,
    why: 'the filter holds the header of the 101 back, and frames arrive before it (Odoo and other werkzeug servers)',
    help: 'set ssi off in the WebSocket location',
    routes: [route],
    severity: 'warning',
    repairs: {
      title: 'set ssi off',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: route.location ?? route.scope, name: 'ssi', args: ['off'] }],
    },
  };
}
