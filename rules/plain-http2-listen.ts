import type { Rule } from '../src/lint/rule';
import { SINCE } from '../src/model/version';

export default {
  id: 'plain-http2-listen',
  severity: 'error',
  summary: 'A plain-text port with http2 speaks nothing but HTTP/2 before nginx 1.25.1.',
  nginx: `\`listen 80 http2;\` without \`ssl\` makes nginx before 1.25.1 expect the HTTP/2 preface on that port: an HTTP/1.1
request, and so every WebSocket handshake, is answered with frames the client cannot read. Since 1.25.1 nginx detects the
preface and serves both. Over TLS http2 never disturbs WebSocket: browsers ask for HTTP/1.1 for it.`,
  sources: [
    'src/http/ngx_http_request.c, ngx_http_wait_request_handler (1.25.1)',
    'measured on nginx 1.22.1 and 1.29.6',
  ],
  fix: 'safe',
  fixSafety: 'no browser speaks HTTP/2 without TLS',
  explains: ['h2-only-port'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const { setting } of context.faults(route, 'h2-only-port')) {
        if (setting === null) continue;
        const index = setting.directive.words.findIndex(({ value }) => value === 'http2');
        yield {
          at: setting,
          ...(index > 0 ? { word: index } : {}),
          message: `this port speaks only HTTP/2, without TLS: no handshake gets through to ${route.label}`,
          why: 'before nginx 1.25.1 a plain-text port with http2 does not understand HTTP/1.1',
          help: 'take http2 off; browsers use it over TLS only',
          routes: [route],
          breaks: true,
          ...(context.version === null || context.version < SINCE.http2Directive
            ? { versions: 'nginx before 1.25.1' }
            : {}),
          ...(index > 0
            ? {
                repairs: {
                  title: 'take http2 off',
                  safety: 'safe' as const,
                  repairs: [{ kind: 'word' as const, setting, index, text: '' }],
                },
              }
            : {}),
        };
      }
    }
  },
} satisfies Rule;
