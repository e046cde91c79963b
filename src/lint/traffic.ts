import { plainGet } from '../handshake/clients';
import { targetFor } from '../handshake/target';
import { strongSegment } from '../model/endpoints';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';
import { productNamed } from '../model/products';
import { NEWEST } from '../model/version';
import type { RuleContext } from './rule';

/** Whether plain requests are to be expected on a WebSocket route, next to its handshakes. */
export function servesPlainRequests(route: Route): boolean {
  if (route.location === null) return true;
  if (productNamed(route.websocket.product)?.fallback != null) return true;
  const { modifier, pattern } = locationWords(route.location);
  return strongSegment(modifier, pattern) === null && route.websocket.product === null;
}

/** Whether a plain request for the handshake's URL goes elsewhere: an `if` lets handshakes alone come here. */
export function isForHandshakesAlone(context: RuleContext, route: Route): boolean {
  const target = targetFor(context.configuration, route);
  if (target === null) return false;
  const { outcome, pass } = context.simulate(plainGet(target), context.version ?? NEWEST);
  return outcome !== 'unknown' && pass !== route.pass;
}
