import type { Rule, RuleContext } from '../src/lint/rule';
import { effective } from '../src/model/effective';
import { headersOf } from '../src/model/headers';
import { locationWords } from '../src/model/location-words';
import type { Route } from '../src/model/route';
import { locationLabel } from '../src/model/routes';
import type { Scope, Setting } from '../src/model/scope';

export default {
  id: 'upgrade-in-subrequest',
  severity: 'warning',
  summary: 'An auth_request or mirror location passes the handshake on, and a 101 there kills the connection.',
  nginx: `A subrequest has the client's headers, and a location that it goes to inherits \`proxy_set_header Upgrade\` from the
server or http block like any other. The service behind it then sees a WebSocket handshake. Some answer 400, so nobody gets
in; one that answers 101 makes nginx log \`connection upgrade in subrequest\` and close the client's connection: with
auth_request at once, with mirror right after the real 101.`,
  exceptions:
    'A location that blanks Upgrade, has any proxy_set_header of its own without Upgrade, or sets `proxy_pass_request_headers off` and no Upgrade, is right.',
  sources: ['src/http/ngx_http_upstream.c, ngx_http_upstream_upgrade', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: 'safe',
  fixSafety:
    'a plain request carries no Upgrade; Connection is what nginx sends by itself. All other inherited headers are restated',

  *check(context) {
    const calls = callsIn(context);
    if (calls.size === 0) return;
    for (const route of context.routes) {
      if (route.location === null || route.pass.directive.name !== 'proxy_pass') continue;
      const caller = callerOf(calls, route, route.location);
      if (caller === null) continue;
      const line = headersOf(effective(route.scope, 'proxy_set_header').settings).find(
        ({ key, value }) => key === 'upgrade' && value !== '',
      );
      if (line === undefined) continue;
      yield {
        at: line.setting.scope === route.scope ? line.setting : route.pass,
        message: `${caller.directive.name} sends handshakes on to ${locationLabel(route.location)}, Upgrade included`,
        why: "should the service there answer 101, nginx closes the client's connection: connection upgrade in subrequest",
        help: 'set Upgrade "" and Connection "" in this location',
        related: [
          { at: caller, message: 'the subrequest starts here' },
          { at: line.setting, message: 'Upgrade is set here' },
        ],
        routes: [route],
        repairs: {
          title: 'keep Upgrade out of the subrequest',
          safety: 'safe',
          repairs: [
            { kind: 'entry', scope: route.location, list: 'proxy_set_header', key: 'Upgrade', value: '' },
            { kind: 'entry', scope: route.location, list: 'proxy_set_header', key: 'Connection', value: '' },
          ],
        },
      };
    }
  },
} satisfies Rule;

interface Call {
  readonly from: Route;
  readonly setting: Setting;
}

/** What the WebSocket routes of each server call: by server, then by the word that names the location. */
type Calls = ReadonlyMap<Scope, ReadonlyMap<string, readonly Call[]>>;

function callsIn({ websocketRoutes }: RuleContext): Calls {
  const calls = new Map<Scope, Map<string, Call[]>>();
  for (const from of websocketRoutes) {
    for (const name of ['auth_request', 'mirror']) {
      for (const setting of effective(from.scope, name).settings) addCall(calls, { from, setting });
    }
  }
  return calls;
}

function addCall(calls: Map<Scope, Map<string, Call[]>>, call: Call): void {
  const target = call.setting.directive.args[0] ?? '';
  const ofServer = calls.get(call.from.server) ?? new Map<string, Call[]>();
  calls.set(call.from.server, ofServer);
  const same = ofServer.get(target);
  if (same === undefined) ofServer.set(target, [call]);
  else same.push(call);
}

/** The auth_request or mirror of another WebSocket route that goes to this location. */
function callerOf(calls: Calls, route: Route, location: Scope): Setting | null {
  const found = calls.get(route.server)?.get(locationWords(location).pattern);
  return found?.find(({ from }) => from !== route)?.setting ?? null;
}
