import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { effectiveSetting } from '../src/model/effective';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';
import { parseMilliseconds } from '../src/model/units';
import { socketsBehind } from '../src/handshake/peers';

/** What each zero does, measured on nginx 1.22.1 and 1.31.4. */
const INSTANT = [
  ['read_timeout', '3600s'],
  ['connect_timeout', '60s'],
] as const;
const UNDER_LOAD = ['proxy_send_timeout', 'send_timeout'] as const;

export default {
  id: 'zero-timeout',
  severity: 'error',
  summary: 'A timeout of 0 ends connections at once instead of never.',
  nginx: `nginx has no "never" for these timers: 0 means that the timer has run out already. \`proxy_read_timeout 0\` and
\`proxy_connect_timeout 0\` answer every request to a TCP backend, plain ones too, with 504 at once; a stream's \`proxy_timeout 0\` closes at
once, and so does its \`proxy_connect_timeout 0\`. A unix socket is connected to before any timer is set:
there \`proxy_connect_timeout 0\` does nothing. \`client_header_timeout 0\` of an address's default server resets every
connection to that address before a byte is read. With \`proxy_send_timeout 0\` or \`send_timeout 0\` small messages pass, and the connection is cut the moment a socket
buffer is full (17 to 21 ms in the test): it survives every smoke test and fails under load.`,
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
    'src/event/ngx_event_timer.h; measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety:
    'requests that were answered 504 reach the backend, and how long idle connections may live is for you to choose',
  explains: ['instant-timeout'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      yield* closedUnread(context, route);
      for (const [name, instead] of INSTANT) {
        const setting = zero(route, `${moduleOf(route)}_${name}`);
        if (setting === null || (name === 'connect_timeout' && !waitsToConnect(context, route, setting))) continue;
        yield instant(route, setting, instead);
      }
      for (const name of UNDER_LOAD) {
        const setting = zero(route, name);
        if (setting !== null) yield underLoad(route, setting);
      }
    }
    yield* streams(context);
  },
} satisfies Rule;

/** proxy, uwsgi, scgi: each has timeouts of its own. */
function moduleOf({ pass }: Route): string {
  return pass.directive.name.replace(/_pass$/, '');
}

function zero(route: Route, name: string): Setting | null {
  if (route.pass.directive.name !== 'proxy_pass' && name.startsWith('proxy_')) return null;
  const setting = effectiveSetting(route.scope, name);
  return setting !== null && parseMilliseconds(setting.directive.args[0] ?? '') === 0 ? setting : null;
}

/** Not where it is connected to a unix socket, or may be; a variable leads where the handshake goes. */
function waitsToConnect(context: RuleContext, route: Route, setting: Setting): boolean {
  const url = route.pass.directive.args[0] ?? '';
  if (url.includes('$')) return context.faults(route, 'instant-timeout').some((fault) => fault.setting === setting);
  const host = /^(?:\w+:\/\/)?(unix:|[^/:?]+)/i.exec(url)?.[1] ?? '';
  return socketsBehind(context.configuration.http, host) === 'none';
}

function* closedUnread(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting } of context.faults(route, 'instant-timeout')) {
    if (setting?.directive.name !== 'client_header_timeout') continue;
    yield {
      at: setting,
      word: 1,
      message: `client_header_timeout 0 closes every connection for ${route.label} before a byte is read`,
      why: "the timer of the address's default server has run out when the connection is accepted",
      help: 'set a time, for example client_header_timeout 60s',
      routes: [route],
      breaks: true,
      repairs: {
        title: 'set client_header_timeout 60s',
        safety: 'unsafe',
        repairs: [{ kind: 'word', setting, index: 1, text: '60s' }],
      },
    };
  }
}

function instant(route: Route, setting: Setting, instead: string): Finding {
  const { name } = setting.directive;
  return {
    at: setting,
    word: 1,
    message: `${name} 0 answers every request to ${route.label} with 504 at once`,
    why: 'in nginx 0 is no "never": the timer has run out before the backend can answer',
    help: `set a time, for example ${name} ${instead}`,
    routes: [route],
    breaks: true,
    repairs: {
      title: `set ${name} ${instead}`,
      safety: 'unsafe',
      repairs: [{ kind: 'word', setting, index: 1, text: instead }],
    },
  };
}

function underLoad(route: Route, setting: Setting): Finding {
  const { name } = setting.directive;
  return {
    at: setting,
    word: 1,
    message: `${name} 0 cuts connections of ${route.label} as soon as a buffer is full`,
    why: 'small messages pass; the first moment the other side does not read at once ends the connection',
    help: `set a time, for example ${name} 60s`,
    routes: [route],
    severity: 'warning',
    repairs: {
      title: `set ${name} 60s`,
      safety: 'unsafe',
      repairs: [{ kind: 'word', setting, index: 1, text: '60s' }],
    },
  };
}

/** By directive: the time to set instead. */
const OF_STREAMS = { proxy_timeout: '1h', proxy_connect_timeout: '60s' } as const;

function* streams({ configuration }: RuleContext): Generator<Finding> {
  for (const server of configuration.stream?.children ?? []) {
    const pass = server.own('proxy_pass').at(-1)?.directive.args[0];
    if (pass === undefined) continue;
    const connects = !pass.includes('$') && socketsBehind(configuration.stream, pass.replace(/:\d+$/, '')) === 'none';
    for (const [name, instead] of Object.entries(OF_STREAMS)) {
      const setting = effectiveSetting(server, name);
      if (setting === null || parseMilliseconds(setting.directive.args[0] ?? '') !== 0) continue;
      if (name === 'proxy_timeout' || connects) yield inStream(setting, instead);
    }
  }
}

function inStream(setting: Setting, instead: string): Finding {
  const { name } = setting.directive;
  return {
    at: setting,
    word: 1,
    message: `${name} 0 closes every connection at once`,
    why: 'in nginx 0 is no "never": the timer has run out already',
    help: `set a time, for example ${name} ${instead}`,
    routes: [],
    breaks: true,
    repairs: {
      title: `set ${name} ${instead}`,
      safety: 'unsafe',
      repairs: [{ kind: 'word', setting, index: 1, text: instead }],
    },
  };
}
