import { effective } from '../model/effective';
import type { Route } from '../model/route';
import type { Origin, Setting } from '../model/scope';
import { parseMilliseconds } from '../model/units';

/** A timeout that applies on a route, in milliseconds, with the setting that makes it (null: nginx's default). */
export interface Timeout {
  readonly name: string;
  readonly milliseconds: number;
  readonly setting: Setting | null;
  readonly origin: Origin;
}

/** nginx's default for every read, send and connect timeout of the proxying modules: 60 s. */
export const DEFAULT_TIMEOUT = 60_000;

/** Null when it is unknown, or no time that nginx accepts. */
export function timeoutOf(route: Route, kind: 'read' | 'send' | 'connect'): Timeout | null {
  const name = `${route.pass.directive.name.replace(/_pass$/, '')}_${kind}_timeout`;
  const { origin, settings } = effective(route.scope, name);
  if (origin === 'unknown') return null;
  const setting = settings.at(-1) ?? null;
  if (setting === null) return { name, milliseconds: DEFAULT_TIMEOUT, setting, origin };
  const milliseconds = parseMilliseconds(setting.directive.args[0] ?? '');
  return milliseconds === null ? null : { name, milliseconds, setting, origin };
}
