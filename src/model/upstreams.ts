import type { Route } from './route';
import type { Configuration, Scope } from './scope';

const indexes = new WeakMap<Configuration, ReadonlyMap<string, Scope>>();

/** The upstream block of this name, whatever its case. */
export function upstreamNamed(configuration: Configuration, name: string): Scope | null {
  let index = indexes.get(configuration);
  if (index === undefined) {
    const found = new Map<string, Scope>();
    for (const setting of configuration.http?.own('upstream') ?? []) {
      if (setting.opens !== null) found.set((setting.directive.args[0] ?? '').toLowerCase(), setting.opens);
    }
    indexes.set(configuration, (index = found));
  }
  return index.get(name.toLowerCase()) ?? null;
}

/** The upstream block that a route's pass names literally; null for an address, a host, a variable. */
export function upstreamOf(configuration: Configuration, route: Route): Scope | null {
  const name = /^(?:\w+:\/\/)?([\w.-]+)(?:\/.*)?$/.exec(route.pass.directive.args[0] ?? '')?.[1];
  return name === undefined ? null : upstreamNamed(configuration, name);
}
