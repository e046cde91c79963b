import { strongSegment } from '../model/endpoints';
import { carriesUpgrade } from '../model/upgrade-headers';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';

/** Its path says so, or the location itself sets Upgrade: not one of many that a server's settings merely reach. */
export function isMeantForWebSocket(route: Route): boolean {
  if (route.location === null || route.websocket.serves === 'likely' || route.websocket.product !== null) return true;
  const { modifier, pattern } = locationWords(route.location);
  const own = route.location.own('proxy_set_header').some((setting) => setting.via === null && carriesUpgrade(setting));
  return own || strongSegment(modifier, pattern) !== null;
}
