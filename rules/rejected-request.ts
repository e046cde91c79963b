import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import type { Route } from '../src/model/route';

export default {
  id: 'rejected-request',
  severity: 'error',
  summary:
    'nginx refuses every handshake before it looks for a location: TLS is rejected, or it has too many header lines.',
  nginx: `\`ssl_reject_handshake on\` ends each TLS connection for the server's names with the alert "unrecognized name"; in the
default server also those for names that no server has, and for IP addresses. It is meant for a server of its own that catches such names. \`max_headers\`
(1.29.8, and Debian's 1.22.1) is the number of header lines that a request may have, 1000 by default. The handshake of
Chrome has 12, that of Firefox 13, and cookies and proxies add more: beyond it the answer is 400, and \`client sent too many header lines\`
is logged at level info.`,
  exceptions: 'A default server that rejects TLS does not touch the names of other servers on its port.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake',
    'src/http/ngx_http_request.c, ngx_http_ssl_servername, ngx_http_process_request_headers',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'requests with more header lines than before are taken',
  explains: ['name-rejected', 'too-many-headers'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      yield* rejected(context, route);
      yield* tooMany(context, route);
    }
  },
} satisfies Rule;

function* rejected(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting } of context.faults(route, 'name-rejected')) {
    if (setting === null) continue;
    yield {
      at: setting,
      message: `ssl_reject_handshake ends every TLS connection for ${route.label}`,
      why: 'the client gets the TLS alert "unrecognized name", and sends no handshake',
      help: 'set it in a default server of its own, which serves nothing else',
      routes: [route],
      breaks: true,
    };
  }
}

function* tooMany(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting } of context.faults(route, 'too-many-headers')) {
    if (setting === null) continue;
    yield {
      at: setting,
      word: 1,
      message: `max_headers ${setting.directive.args[0] ?? ''} refuses handshakes for ${route.label}: a browser sends 12 lines or more`,
      why: 'nginx answers 400 (client sent too many header lines); cookies and proxies in front add further lines',
      help: 'leave it at the default, 1000',
      routes: [route],
      breaks: true,
      repairs: {
        title: 'set max_headers 1000',
        safety: 'unsafe',
        repairs: [{ kind: 'word', setting, index: 1, text: '1000' }],
      },
    };
  }
}
