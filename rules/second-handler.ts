import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import type { Route } from '../src/model/route';

export default {
  id: 'second-handler',
  severity: 'error',
  summary: 'Something else in the location answers the request, so that proxy_pass never does.',
  nginx: `\`return\` runs in the rewrite phase, before any content handler, wherever it stands in the location. Of several
content handlers (\`proxy_pass\`, \`empty_gif\`, \`stub_status\`, \`grpc_pass\`...) in one location the last one wins, without
a word from \`nginx -t\`.`,
  exceptions: 'A `return` inside an `if` whose condition a handshake does not meet is no obstacle.',
  sources: [
    'src/http/modules/ngx_http_rewrite_module.c',
    'clcf->handler is overwritten by each of them',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: null,
  explains: ['returned', 'other-handler'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      yield* returns(context, route);
      for (const { setting, detail } of context.faults(route, 'other-handler')) {
        if (setting === null || setting.scope !== route.scope) continue;
        yield {
          at: setting,
          message: `${detail}, so the proxy_pass of ${route.label} never runs`,
          why: 'the last content handler of a location wins, silently',
          help: 'keep one of the two',
          related: [{ at: route.pass, message: 'this is overruled' }],
          routes: [route],
          breaks: true,
        };
      }
    }
  },
} satisfies Rule;

function* returns(context: RuleContext, route: Route): Generator<Finding> {
  for (const { setting } of context.faults(route, 'returned')) {
    if (setting === null || (setting.scope !== route.location && setting.scope !== route.scope)) continue;
    yield {
      at: setting,
      message: `${setting.directive.name} ${setting.directive.args.join(' ')} answers every request to ${route.label} before it is proxied`,
      why: 'return runs in the rewrite phase, whatever its place in the block',
      help: 'take it out, or put it into an if',
      related: [{ at: route.pass, message: 'this never runs' }],
      routes: [route],
      breaks: true,
    };
  }
}
