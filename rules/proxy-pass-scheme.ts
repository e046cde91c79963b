import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import type { Setting } from '../src/model/scope';

const SCHEME: Readonly<Record<string, string>> = { ws: 'http', wss: 'https' };

export default {
  id: 'proxy-pass-scheme',
  severity: 'error',
  summary: 'proxy_pass or an upstream server is given a ws:// or wss:// address.',
  nginx: `nginx proxies over \`http://\` and \`https://\` only; a WebSocket begins as an HTTP request, so these are right for it
too. \`proxy_pass ws://...\` is refused with \`invalid URL prefix\`; through a variable it passes \`nginx -t\` and every request
is answered 500. In an upstream block \`server\` takes an address without any scheme.`,
  sources: [
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_pass and ngx_http_proxy_eval',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe',
  fixSafety: 'nothing works through such an address, so nothing can be changed by mending it',
  explains: ['bad-scheme'],
  refuses: true,

  *check(context) {
    for (const route of context.routes) {
      if (route.pass.directive.name !== 'proxy_pass') continue;
      const address = route.pass.directive.args[0] ?? '';
      const scheme = schemeOf(address);
      if (scheme !== null) yield { ...passFinding(route.pass, address, scheme), routes: [route] };
    }
    yield* throughVariables(context);
    yield* upstreamServers(context);
  },
} satisfies Rule;

function schemeOf(address: string): string | null {
  return /^(wss?):\/\//i.exec(address)?.[1]?.toLowerCase() ?? null;
}

function passFinding(pass: Setting, address: string, scheme: string): Omit<Finding, 'routes'> {
  const mended = `${SCHEME[scheme] ?? 'http'}${address.slice(scheme.length)}`;
  return {
    at: pass,
    word: 1,
    message: `proxy_pass does not know the scheme ${scheme}://`,
    why: 'nginx refuses the configuration: invalid URL prefix',
    help: `write ${mended}`,
    breaks: true,
    refuses: true,
    repairs: {
      title: `write ${SCHEME[scheme] ?? 'http'}://`,
      safety: 'safe',
      repairs: [{ kind: 'word', setting: pass, index: 1, text: quotedAs(pass, mended) }],
    },
  };
}

/** With the quotes that the word has. */
function quotedAs(setting: Setting, text: string): string {
  const quote = setting.directive.words[1]?.quote ?? '';
  return `${quote}${text}${quote}`;
}

function* throughVariables(context: RuleContext): Generator<Finding> {
  for (const route of context.websocketRoutes) {
    if (schemeOf(route.pass.directive.args[0] ?? '') !== null) continue;
    for (const fault of context.faults(route, 'bad-scheme')) {
      yield {
        at: route.pass,
        word: 1,
        message: `the address of proxy_pass comes out with a scheme that nginx does not know: ${fault.detail}`,
        why: 'nginx -t does not see it, and every request is answered 500: invalid URL prefix',
        help: 'let the variable hold http:// or https://, or only the host',
        ...(fault.setting === null ? {} : { related: [{ at: fault.setting, message: 'the value comes from here' }] }),
        routes: [route],
        breaks: true,
      };
    }
  }
}

function* upstreamServers(context: RuleContext): Generator<Finding> {
  for (const upstream of context.configuration.http?.children ?? []) {
    if (upstream.kind !== 'upstream') continue;
    for (const server of upstream.own('server')) {
      const address = server.directive.args[0] ?? '';
      const scheme = schemeOf(address);
      if (scheme === null) continue;
      const bare = address.slice(scheme.length + 3).replace(/\/.*$/s, '');
      yield {
        at: server,
        word: 1,
        message: `an upstream server is an address without a scheme, not ${scheme}://`,
        why: 'nginx refuses the configuration: invalid host in upstream',
        help: `write server ${bare}`,
        routes: context.routes,
        breaks: true,
        refuses: true,
        repairs: {
          title: 'take the scheme off',
          safety: 'safe',
          repairs: [{ kind: 'word', setting: server, index: 1, text: quotedAs(server, bare) }],
        },
      };
    }
  }
}
