import type { Rule } from '../src/lint/rule';

export default {
  id: 'no-resolver',
  severity: 'error',
  summary: 'A host name that is only known at run time has no resolver: every request is answered 502.',
  nginx: `A \`proxy_pass\` without variables is resolved once, when nginx starts. With a variable in it the host name is
resolved for each request, by the servers of the \`resolver\` directive alone: without one the answer is 502 and
\`no resolver defined to resolve ...\`, for \`localhost\` too. /etc/hosts is not read, with or without a resolver.`,
  exceptions:
    'An IP address, or the name of an upstream block, needs no resolver. A name that itself is known only at run time is not judged.',
  sources: [
    'src/http/ngx_http_upstream.c, ngx_http_upstream_init_request',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: null,
  explains: ['no-resolver'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const fault of context.faults(route, 'no-resolver')) {
        yield {
          at: route.pass,
          word: 1,
          message: `${route.pass.directive.name} of ${route.label} needs a resolver: ${fault.detail}`,
          why: 'with a variable in it the name is resolved for each request, and nginx then asks only its own resolver: 502',
          help: 'name an upstream block instead, or add "resolver <address>;" (in Docker 127.0.0.11)',
          routes: [route],
          absent: { scope: route.scope, directive: 'resolver' },
          breaks: true,
        };
      }
    }
  },
} satisfies Rule;
