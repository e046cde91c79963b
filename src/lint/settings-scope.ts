import type { Route } from '../model/route';
import type { Scope } from '../model/scope';

/** Where a setting for the route can stand: an `if` or limit_except takes no proxy_set_header, its location does. */
export function settingsScope(route: Route): Scope {
  return route.location ?? route.scope;
}
