import { effective, outer } from '../model/effective';
import { allowedIn, directiveSpec, type Context } from '../model/directives';
import type { Route } from '../model/route';
import type { Configuration, Scope, Setting } from '../model/scope';
import type { NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';
import { bodyOfFile, bodyOfScope, type Body } from './body';
import { workingMaps, type MapJob } from './recipes/map-job';
import { occurrencesIn, type Occurrences } from './occurrences';

/** What recipes ask about the configuration that is to be repaired. */
export interface FixContext {
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly routes: readonly Route[];
  /** Null: any supported version. */
  readonly version: NginxVersion | null;
  readonly occurrences: Occurrences;
  /** Routes whose effective value of this directive stands at this level. */
  inheriting(level: Scope, name: string): readonly Route[];
  /** Routes in this level and in the blocks within it. */
  below(level: Scope): readonly Route[];
  /** Maps that do for Connection what the usual one does. */
  readonly workingMaps: () => readonly MapJob[];
}

export function createFixContext(
  workspace: Workspace,
  configuration: Configuration,
  routes: readonly Route[],
  version: NginxVersion | null,
): FixContext {
  const byLevel = new Map<string, ReadonlyMap<Scope, readonly Route[]>>();
  let occurrences: Occurrences | null = null;
  let maps: readonly MapJob[] | null = null;
  let within: ReadonlyMap<Scope, readonly Route[]> | null = null;
  return {
    workspace,
    configuration,
    routes,
    version,
    occurrences: { of: (setting) => (occurrences ??= occurrencesIn(configuration)).of(setting) },
    inheriting(level, name) {
      let index = byLevel.get(name);
      if (index === undefined) {
        index = routesByLevel(routes, name);
        byLevel.set(name, index);
      }
      return index.get(level) ?? [];
    },
    below: (level) => (within ??= routesWithin(routes)).get(level) ?? [],
    workingMaps: () => (maps ??= workingMaps(configuration)),
  };
}

function routesByLevel(routes: readonly Route[], name: string): ReadonlyMap<Scope, readonly Route[]> {
  const index = new Map<Scope, Route[]>();
  for (const route of routes) {
    const { scope } = effective(route.scope, name);
    if (scope === null) continue;
    const known = index.get(scope);
    if (known === undefined) index.set(scope, [route]);
    else known.push(route);
  }
  return index;
}

function routesWithin(routes: readonly Route[]): ReadonlyMap<Scope, readonly Route[]> {
  const index = new Map<Scope, Route[]>();
  for (const route of routes) {
    for (let level: Scope | null = route.scope; level !== null; level = outer(level)) {
      const known = index.get(level);
      if (known === undefined) index.set(level, [route]);
      else known.push(route);
    }
  }
  return index;
}

/** The nearest block, from the scope outwards, in which nginx takes the directive: `if` takes no proxy_set_header. */
export function holderOf(scope: Scope, name: string): Scope {
  const spec = directiveSpec(name);
  if (spec === undefined) return scope;
  for (let level: Scope | null = scope; level !== null; level = outer(level)) {
    const context = contextOf(level);
    if (context === null || spec.forms.some((form) => allowedIn(form, context))) return level;
  }
  return scope;
}

function contextOf({ kind, parent }: Scope): Context | null {
  switch (kind) {
    case 'if':
      return parent?.kind === 'server' ? 'if in server' : 'if in location';
    case 'http':
    case 'server':
    case 'location':
    case 'limit_except':
    case 'upstream':
    case 'main':
    case 'events':
    case 'stream':
      return kind;
    case 'stream-server':
      return 'stream server';
    case 'stream-upstream':
      return 'stream upstream';
    default:
      return null;
  }
}

/** Where lines of the scope can be written: its block, or for a block that was not given the fragment's file. */
export function bodyFor(scope: Scope): Body | null {
  if (scope.opener !== null) return bodyOfScope(scope);
  const direct = scope.settings.find(({ via }) => via === null);
  return direct === undefined ? null : bodyOfFile(direct.tree);
}

/** The include in this body through which a setting of the same scope came; null when it came otherwise. */
export function includeIn(body: Body, setting: Setting): Setting | null {
  for (let via = setting.via; via !== null; via = via.via) {
    if (via.tree === body.tree && via.directive.start >= body.from && via.directive.end <= body.to) return via;
  }
  return null;
}
