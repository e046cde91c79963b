import { strongSegment } from '../model/endpoints';
import { effectiveHeaders } from '../model/headers';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';
import type { Scope } from '../model/scope';
import type { RuleContext } from './rule';

/**
 * A location that forwards Upgrade without Connection, beside one of the same server that forwards both and switches,
 * and that has no endpoint's name: a line that was copied along with Host and X-Real-IP (Mainsail's guide). Handshakes
 * fail there, but there is hardly one.
 */
export function isCopiedAlong(context: RuleContext, route: Route): boolean {
  if (!onlyUpgrade(route) || isEndpoint(route)) return false;
  return switching(context, route.server).some((other) => other !== route);
}

const known = new WeakMap<RuleContext, Map<Scope, readonly Route[]>>();

/** The first two routes of the server that switch: looked for once, as thousands of others may ask. */
function switching(context: RuleContext, server: Scope): readonly Route[] {
  const byServer = known.get(context) ?? new Map<Scope, readonly Route[]>();
  known.set(context, byServer);
  let found = byServer.get(server);
  if (found === undefined) {
    found = firstTwo(context, server);
    byServer.set(server, found);
  }
  return found;
}

function firstTwo(context: RuleContext, server: Scope): readonly Route[] {
  const found: Route[] = [];
  for (const route of context.websocketRoutes) {
    if (route.server !== server || context.handshake(route).outcome !== 'switches') continue;
    if (found.push(route) === 2) break;
  }
  return found;
}

function onlyUpgrade(route: Route): boolean {
  const headers = effectiveHeaders(route.scope);
  const says = (name: string): boolean => headers.some(({ key, value }) => key === name && value !== '');
  return (
    says('upgrade') && !says('connection') && route.websocket.reasons.every((reason) => /\bUpgrade\b/.test(reason))
  );
}

function isEndpoint({ location, websocket }: Route): boolean {
  if (location === null || websocket.product !== null) return true;
  const { modifier, pattern } = locationWords(location);
  return strongSegment(modifier, pattern) !== null;
}
