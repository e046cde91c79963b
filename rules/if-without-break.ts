import type { Rule } from '../src/lint/rule';

export default {
  id: 'if-without-break',
  severity: 'error',
  summary: 'An if hands the handshake to a backend, and the return or rewrite behind it answers instead.',
  nginx: `An \`if\` that matches switches the configuration to its block, and the rewrite code of the location runs on behind
it. So \`if ($http_upgrade) { proxy_pass http://ws; } return 200;\` answers every handshake with 200: nginx remembers the
proxy_pass, then comes to the return. \`break;\` inside the if ends the rewrite code there.`,
  sources: [
    'src/http/modules/ngx_http_rewrite_module.c, ngx_http_rewrite_handler',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#break',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe',
  fixSafety:
    'only requests that match the if are concerned, and those that carry no Upgrade header do not match a test of it',
  explains: ['returned', 'redirected'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const block = route.inner?.opener ?? null;
      if (route.inner === null || block?.directive.name !== 'if') continue;
      for (const { setting } of context.faults(route, 'returned', 'redirected')) {
        if (setting === null || setting.scope !== block.scope || setting.directive.start < block.directive.start)
          continue;
        yield {
          at: block,
          message: `the request runs on past this if, to ${setting.directive.name} ${setting.directive.args.join(' ')}`,
          why: 'nginx runs the rewrite directives behind an if even when it has matched; they answer before proxy_pass does',
          help: 'put break; into the if',
          related: [{ at: setting, message: 'this answers the handshake' }],
          routes: [route],
          breaks: true,
          repairs: {
            title: 'add break to the if',
            safety: 'safe',
            repairs: [{ kind: 'insert', scope: route.inner, text: 'break;', near: route.pass, where: 'after' }],
          },
        };
      }
    }
  },
} satisfies Rule;
