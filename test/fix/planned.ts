import { createFixContext } from '../../src/fix/context';
import { joinEdits } from '../../src/fix/join';
import { planFixes, type PlannedFix } from '../../src/fix/plan';
import type { Repair, RepairPlan } from '../../src/lint/rule';
import { buildConfiguration } from '../../src/model/build';
import type { Route } from '../../src/model/route';
import { findRoutes } from '../../src/model/routes';
import type { Scope } from '../../src/model/scope';
import type { NginxVersion } from '../../src/model/version';
import type { Workspace } from '../../src/model/workspace';
import { applyEdits } from '../../src/text/edit';
import { workspaceOf } from '../helpers/workspace';

export interface Planned {
  readonly fixes: readonly PlannedFix[];
  /** File name -> text after the edits. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Repairs wanted for some routes, each a plan of its own. */
export type Wanted = (routes: readonly Route[]) => readonly (readonly Repair[])[];

export function planIn(workspace: Workspace, wanted: Wanted, version: NginxVersion | null = null): Planned {
  const configuration = buildConfiguration(workspace);
  const routes = findRoutes(configuration);
  const plans: RepairPlan[] = wanted(routes).map((repairs) => ({ title: 'test', safety: 'safe', repairs }));
  const fixes = planFixes(createFixContext(workspace, configuration, routes, version), plans);
  const edits = joinEdits(fixes.flatMap(({ changes }) => changes));
  const texts: Record<string, string> = {};
  for (const [file, { text }] of workspace.files) texts[file] = applyEdits(text, edits.get(file) ?? []);
  return { fixes, texts };
}

/** The main file's text after the repairs. */
export function fixed(text: string, wanted: Wanted, version: NginxVersion | null = null): string {
  return planIn(workspaceOf({ 'nginx.conf': text }), wanted, version).texts['nginx.conf'] ?? '';
}

export function scopeOf(route: Route): Scope {
  return route.location ?? route.scope;
}

export function httpVersion(route: Route): Repair {
  return { kind: 'set', scope: scopeOf(route), name: 'proxy_http_version', args: ['1.1'] };
}

export function upgrade(route: Route): Repair {
  return { kind: 'entry', scope: scopeOf(route), list: 'proxy_set_header', key: 'Upgrade', value: '$http_upgrade' };
}

export function connection(route: Route): Repair {
  return { kind: 'connection-map', scope: scopeOf(route) };
}

export function header(route: Route, key: string, value: string | null): Repair {
  return { kind: 'entry', scope: scopeOf(route), list: 'proxy_set_header', key, value };
}

/** The three repairs of a bare location, each a plan of its own as rules give them. */
export const ALL: Wanted = (routes) =>
  routes.flatMap((route) => [[httpVersion(route)], [upgrade(route)], [connection(route)]]);
