import { once } from '../text/once';
import type { Route } from './route';
import type { Configuration, Scope } from './scope';

/** The upstream block of this name, whatever its case. */
export function upstreamNamed(configuration: Configuration, name: string): Scope | null {
  return byName(configuration).get(name.toLowerCase()) ?? null;
}

const byName = once(({ http }: Configuration): ReadonlyMap<string, Scope> => {
  const found = new Map<string, Scope>();
  for (const { directive, opens } of http?.own('upstream') ?? []) {
    if (opens !== null) found.set((directive.args[0] ?? '').toLowerCase(), opens);
  }
  return found;
});

/** The upstream block that a route's pass names literally; null for an address, a host, a variable. */
export function upstreamOf(configuration: Configuration, route: Route): Scope | null {
  const name = /^(?:\w+:\/\/)?([\w.-]+)(?:\/.*)?$/.exec(route.pass.directive.args[0] ?? '')?.[1];
  return name === undefined ? null : upstreamNamed(configuration, name);
}
