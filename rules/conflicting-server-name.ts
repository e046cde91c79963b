import type { Rule } from '../src/lint/rule';
import { routesBy } from '../src/lint/routes-by';
import type { Setting } from '../src/model/scope';
import { nameConflicts } from '../src/model/server-addresses';

export default {
  id: 'conflicting-server-name',
  severity: 'warning',
  summary: 'Two servers have the same listen and the same name: the second one never gets a request.',
  nginx: `nginx prints \`[warn] conflicting server name "..." on ..., ignored\` and goes on: the first server in the order of the
files takes all requests, default_server or not. A WebSocket location in the second one is never reached.`,
  exceptions: 'Templates, whose placeholders and conditions decide the names.',
  sources: ['src/http/ngx_http.c, ngx_http_server_names', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: null,

  *check(context) {
    const routesOf = routesBy(context.websocketRoutes, ({ server }) => server);
    for (const { name, address, setting, first } of nameConflicts(context.configuration)) {
      if (mayPrintNames(setting) || mayPrintNames(first)) continue;
      yield {
        at: setting,
        message: `server name "${name}" on ${address} is taken by an earlier server`,
        why: 'nginx ignores the second one and only warns: its locations never get a request for this name',
        help: 'merge the two servers, or take the name out of one',
        related: [{ at: first, message: 'this server gets the requests' }],
        routes: routesOf(setting.opens ?? setting.scope),
      };
    }
  },
} satisfies Rule;

/** In a template what prints, and which branch, decides the names. */
function mayPrintNames({ tree }: Setting): boolean {
  return tree.source.placeholders.length > 0;
}
