import type { Rule, RuleContext } from '../src/lint/rule';
import { locationWords } from '../src/model/location-words';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

export default {
  id: 'try-files-beside-proxy-pass',
  severity: 'error',
  summary: 'try_files stands beside proxy_pass, and answers before it.',
  nginx: `\`try_files\` runs before the content handler. When none of its files exists, its last argument is the answer: a code
(\`=404\`) is sent, a URI starts the search for a location over again. The proxy_pass beside it only runs when one of the
files does exist, which is hardly what was meant. \`try_files $uri @app;\` with the proxy_pass in \`location @app\` is the form
that works.`,
  exceptions:
    'It is an error only when no argument can be a file for the endpoint and the last is a code; a warning where `$uri/` lets requests for the root directory itself pass; else it is info.',
  sources: ['src/http/modules/ngx_http_try_files_module.c', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: 'unsafe',
  fixSafety: 'files that try_files would find are proxied from then on',
  explains: ['not-found'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const setting = route.location?.own('try_files')[0];
      if (setting === undefined || route.inner !== null || route.location?.own('proxy_pass').length === 0) continue;
      const last = setting.directive.args.at(-1) ?? '';
      const breaks = context.faults(route, 'not-found').some((fault) => fault.setting === setting);
      yield {
        at: setting,
        message: `try_files answers before the proxy_pass of ${route.label} does`,
        why: last.startsWith('=')
          ? `where no such file exists the answer is ${last.slice(1)}, and proxy_pass never runs`
          : `where no such file exists the request goes on to ${last}, and this proxy_pass never runs`,
        help: 'move proxy_pass to a named location and let try_files end with it, or take try_files out',
        related: [{ at: route.pass, message: 'this runs only for files that exist' }],
        routes: [route],
        ...(breaks ? { breaks: true } : { severity: failsBelow(context, route, setting) ? 'warning' : 'info' }),
        repairs: { title: 'take try_files out', safety: 'unsafe', repairs: [{ kind: 'remove', setting }] },
      };
    }
  },
} satisfies Rule;

/** `$uri/` is there for the root directory itself, and for nothing that an application serves below it. */
function failsBelow(context: RuleContext, route: Route, setting: Setting): boolean {
  const { modifier, pattern } =
    route.location === null ? { modifier: '@', pattern: '' } : locationWords(route.location);
  if ((modifier !== '' && modifier !== '^~') || !pattern.endsWith('/')) return false;
  const below = context.handshakeAt(route.server, `${pattern}ws`);
  return below.faults.some((fault) => fault.kind === 'not-found' && fault.setting === setting);
}
