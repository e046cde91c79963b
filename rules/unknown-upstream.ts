import type { Finding, Rule } from '../src/lint/rule';
import { nearest } from '../src/model/distance';
import type { Configuration } from '../src/model/scope';
import type { Route } from '../src/model/route';

export default {
  id: 'unknown-upstream',
  severity: 'warning',
  summary: 'proxy_pass names what looks like an upstream, and no upstream has this name.',
  nginx: `A name in proxy_pass that no \`upstream\` block has is a host name, and is resolved when nginx starts. If nothing
resolves it nginx refuses the configuration: \`host not found in upstream\`. Names are compared without regard to case.`,
  exceptions: `A name with a dot or a port is taken for a host, unless it is one letter away from an upstream's: in Docker and
Kubernetes a bare name may well be a host.`,
  sources: ['src/http/ngx_http_upstream.c, ngx_http_upstream_add', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: null,

  *check(context) {
    for (const route of context.websocketRoutes) {
      const match = /^https?:\/\/([\w.-]+)(:\d+)?(?:\/.*)?$/i.exec(route.pass.directive.args[0] ?? '');
      if (match === null) continue;
      const name = (match[1] ?? '').toLowerCase();
      const bare = match[2] === undefined && !name.includes('.') && name !== 'localhost';
      yield* judge(context.configuration, route, name, bare);
    }
  },
} satisfies Rule;

function* judge(configuration: Configuration, route: Route, name: string, bare: boolean): Generator<Finding> {
  const upstreams = upstreamNames(configuration);
  if (upstreams.includes(name) || /^[\d.]+$/.test(name)) return;
  const meant = name.length > 3 ? nearest(name, upstreams, 1) : null;
  // Without a single upstream in sight nobody works with them here: the name is a host's.
  if (meant === null && (!bare || upstreams.length === 0)) return;
  yield {
    at: route.pass,
    word: 1,
    message: `no upstream is called "${name}"`,
    why: 'nginx then takes it for a host name and refuses to start if it cannot resolve it',
    help: meant === null ? 'define the upstream, or give the port of the host' : `did you mean ${meant}?`,
    routes: [route],
    absent: { scope: route.scope, directive: 'map' },
  };
}

function upstreamNames(configuration: Configuration): readonly string[] {
  const upstreams = configuration.http?.own('upstream') ?? [];
  return upstreams.map(({ directive }) => (directive.args[0] ?? '').toLowerCase());
}
