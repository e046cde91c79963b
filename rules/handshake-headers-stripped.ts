import { settingsScope } from '../src/lint/settings-scope';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effectiveSetting } from '../src/model/effective';
import { effectiveHeaders } from '../src/model/headers';
import type { HeaderSetting } from '../src/model/headers';
import type { Route } from '../src/model/route';

export default {
  id: 'handshake-headers-stripped',
  severity: 'error',
  summary: 'A part of the handshake is taken out on the way to the backend: its key, its version or its method.',
  nginx: `nginx forwards the \`Sec-WebSocket-*\` headers by itself. \`proxy_pass_request_headers off\` keeps all of the client's
headers back, and \`proxy_set_header Sec-WebSocket-Key ""\` (or -Version) this one: the backend answers 400. \`proxy_method\`
turns the GET into something else: 405. A key written there is not the client's, which refuses the answer. A blanked Sec-WebSocket-Protocol breaks clients that offer a subprotocol, which then
miss the answer; a blanked Sec-WebSocket-Extensions only turns compression off.`,
  exceptions: '`proxy_pass_request_headers off` with key and version passed on explicitly works, and is not reported.',
  sources: [
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_create_request',
    'RFC 6455, 4.2.1',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe or unsafe',
  fixSafety:
    'A plain request has no Sec-WebSocket header, so giving it back is safe; the method and the other request headers concern plain requests too.',
  explains: ['key-missing', 'sec-version-missing', 'method'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      yield* keptBack(context, route);
      yield* blanked(context, route);
      yield* methodChanged(context, route);
    }
  },
} satisfies Rule;

/** All request headers are kept back. */
function* keptBack(context: RuleContext, route: Route): Generator<Finding> {
  const setting = effectiveSetting(route.scope, 'proxy_pass_request_headers');
  if (setting?.directive.args[0] !== 'off' || context.faults(route, 'key-missing', 'sec-version-missing').length === 0)
    return;
  yield {
    at: setting,
    message: `proxy_pass_request_headers off keeps the handshake's key back from ${route.label}`,
    why: 'Sec-WebSocket-Key and -Version are request headers like any other: the backend answers 400',
    help: 'set it on here, or pass Sec-WebSocket-Key and Sec-WebSocket-Version on with proxy_set_header',
    routes: [route],
    breaks: true,
    repairs: {
      title: 'set proxy_pass_request_headers on',
      safety: 'unsafe',
      repairs: [{ kind: 'set', scope: settingsScope(route), name: 'proxy_pass_request_headers', args: ['on'] }],
    },
  };
}

const NEEDED = ['sec-websocket-key', 'sec-websocket-version'];

function* blanked(context: RuleContext, route: Route): Generator<Finding> {
  const failing = context.faults(route, 'key-missing', 'sec-version-missing');
  for (const line of effectiveHeaders(route.scope)) {
    const needed = NEEDED.includes(line.key);
    if (!needed && !(line.key === 'sec-websocket-protocol' && !line.value.includes('$'))) continue;
    if (needed && !failing.some(({ setting }) => setting === line.setting)) continue;
    yield {
      at: line.setting,
      message: `${line.name} is ${line.value === '' ? 'taken out of' : 'replaced in'} the handshake of ${route.label}`,
      why: whySpoilt(line, needed),
      help: 'take this line out: nginx forwards the header by itself',
      routes: [route],
      ...(needed ? { breaks: true } : { severity: 'warning' as const }),
      repairs: {
        title: `forward ${line.name}`,
        safety: line.value === '' ? 'safe' : 'unsafe',
        repairs: [{ kind: 'remove', setting: line.setting }],
      },
    };
  }
}

function whySpoilt({ key, value }: HeaderSetting, needed: boolean): string {
  if (key === 'sec-websocket-key' && value !== '')
    return "the client checks that the backend's answer goes with the key that it sent, and gives up";
  if (needed) return 'the backend answers 400 without it';
  return value === ''
    ? 'a client that offers a subprotocol gets no answer to it, and gives up'
    : 'a backend that takes it answers with a subprotocol that the client did not offer, and the client gives up';
}

function* methodChanged(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting } of context.faults(route, 'method')) {
    if (setting === null) continue;
    yield {
      at: setting,
      message: `proxy_method ${setting.directive.args[0] ?? ''} changes the method of the handshake of ${route.label}`,
      why: 'a handshake is a GET; a backend answers anything else with 405',
      help: 'set proxy_method for the other routes only',
      routes: [route],
      breaks: true,
      repairs: { title: 'take proxy_method out', safety: 'unsafe', repairs: [{ kind: 'remove', setting }] },
    };
  }
}
