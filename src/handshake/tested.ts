import { definingSettings } from '../model/defining-settings';
import { variablesIn } from '../model/evidence';
import type { Configuration, Scope, Setting } from '../model/scope';
import { conditionOf } from './condition-of';

/** Lower-case names of the variables that any `if` of the configuration tests, and of those that they are made of. */
export function testedVariables(configuration: Configuration): ReadonlySet<string> {
  const found = new Set<string>();
  for (const scope of scopesOf(configuration)) {
    const variable = scope.kind === 'if' && scope.opener !== null ? conditionOf(scope.opener)?.variable : undefined;
    if (variable !== undefined) for (const origin of originsOf(configuration, variable)) found.add(origin);
  }
  return found;
}

function* scopesOf({ http }: Configuration): Generator<Scope> {
  const pending: Scope[] = http === null ? [] : [http];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    yield scope;
    for (const child of scope.children) if (child.kind !== 'table') pending.push(child);
  }
}

/** The variable itself, and those that its value is made of by map, set and the like. */
export function originsOf(configuration: Configuration, variable: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [variable];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const setting of definingSettings(configuration, name)) pending.push(...madeOf(setting));
  }
  return found;
}

function madeOf({ directive, opens }: Setting): readonly string[] {
  const values = opens?.settings.flatMap((entry) => entry.directive.args) ?? [];
  return [...directive.args, ...values].flatMap(variablesIn);
}
