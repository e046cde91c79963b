import type { Rule } from '../src/lint/rule';
import { effectiveHeaders } from '../src/model/headers';
import { productNamed } from '../src/model/products';
import type { Scope } from '../src/model/scope';

export default {
  id: 'upgrade-smuggling',
  severity: 'info',
  summary: 'Any protocol that a client names in Upgrade is forwarded, not only WebSocket.',
  nginx: `\`proxy_set_header Upgrade $http_upgrade\` hands on whatever token the client sends, and the usual map says \`upgrade\` to all
of them. A backend that speaks h2c answers 101 to \`Upgrade: h2c\`, and everything behind is a tunnel past nginx's access rules
(h2c smuggling). nginx's authors consider this the configuration's affair. A map that knows \`websocket\` alone, for Upgrade and
for Connection, stops it; keys of a map ignore case, so no regex is needed.`,
  exceptions: `Only where some location of the server is guarded by deny, auth_basic, auth_request or auth_jwt, which such a tunnel
goes past. Products that upgrade to something else (Headscale, Docker) need every token.`,
  sources: ['nginx/nginx#1472', 'RFC 9110, 7.8', 'measured on nginx 1.22.1 and 1.31.4: h2c and foo are forwarded'],
  fix: null,

  *check(context) {
    const guarded = new Map<Scope, boolean>();
    for (const route of context.websocketRoutes) {
      const line = effectiveHeaders(route.scope).find(
        ({ key, value }) => key === 'upgrade' && /^\$\{?http_upgrade\}?$/i.test(value),
      );
      if (line === undefined || context.handshake(route).outcome !== 'switches') continue;
      if (needsOtherTokens(route.websocket.product)) continue;
      const guards = guarded.get(route.server) ?? isGuarded(route.server);
      guarded.set(route.server, guards);
      if (!guards) continue;
      yield {
        at: line.setting,
        word: 2,
        message: `${route.label} forwards any Upgrade, h2c included`,
        why: 'a backend that switches to another protocol opens a tunnel past the access rules of this server',
        help: 'map $http_upgrade $ws_upgrade { default ""; websocket websocket; }, and send $ws_upgrade',
        routes: [route],
      };
    }
  },
} satisfies Rule;

function needsOtherTokens(product: string | null): boolean {
  return productNamed(product)?.protocol !== undefined;
}

const GUARDS = ['deny', 'auth_basic', 'auth_request', 'auth_jwt'] as const;

/** Some location of the server refuses somebody: there is something to get past. */
function isGuarded(server: Scope): boolean {
  const pending: Scope[] = [server];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    const level = scope;
    if (GUARDS.some((name) => level.own(name).some(({ directive }) => directive.args[0] !== 'off'))) return true;
    for (const each of scope.children.filter(({ kind }) => kind !== 'table' && kind !== 'other')) pending.push(each);
  }
  return false;
}
