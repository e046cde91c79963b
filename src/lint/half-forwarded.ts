import { strongSegment } from '../model/endpoints';
import { effectiveHeaders } from '../model/headers';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';
import type { RuleContext } from './rule';

/**
 * A location that forwards Upgrade without Connection, beside one of the same server that forwards both and switches,
 * and that has no endpoint's name: a line that was copied along with Host and X-Real-IP (Mainsail's guide). Handshakes
 * fail there, but there is hardly one.
 */
export function isCopiedAlong(context: RuleContext, route: Route): boolean {
  if (!onlyUpgrade(route) || isEndpoint(route)) return false;
  return context.websocketRoutes.some(
    (other) => other.server === route.server && other !== route && context.handshake(other).outcome === 'switches',
  );
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
