import { strongSegment } from '../model/endpoints';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';
import { productNamed } from '../model/products';

/** Whether plain requests are to be expected on a WebSocket route, next to its handshakes. */
export function servesPlainRequests(route: Route): boolean {
  if (route.location === null) return true;
  if (productNamed(route.websocket.product)?.fallback != null) return true;
  const { modifier, pattern } = locationWords(route.location);
  return strongSegment(modifier, pattern) === null && route.websocket.product === null;
}
