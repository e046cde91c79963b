import type { Route } from '../model/route';

/** Routes by what they share, grouped once: thousands of findings may ask for theirs. */
export function routesBy<K>(routes: readonly Route[], keyOf: (route: Route) => K): (key: K) => readonly Route[] {
  const groups = new Map<K, Route[]>();
  for (const route of routes) {
    const group = groups.get(keyOf(route));
    if (group === undefined) groups.set(keyOf(route), [route]);
    else group.push(route);
  }
  return (key) => groups.get(key) ?? [];
}
