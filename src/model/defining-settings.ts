import { once } from '../text/once';
import type { Configuration, Scope, Setting } from './scope';

/** Directives that define a variable, with the index of the argument that names it. */
const DEFINERS: Readonly<Record<string, number>> = {
  map: 1,
  geo: -1,
  set: 0,
  split_clients: 1,
  perl_set: 0,
  js_set: 0,
  js_var: 0,
  auth_request_set: 0,
  set_by_lua: 0,
  set_by_lua_block: 0,
  set_by_lua_file: 0,
};

/** Settings that define the variable (lower case, without `$`): maps, geo, set... in the order nginx reads them. */
export function definingSettings(configuration: Configuration, variable: string): readonly Setting[] {
  return definitions(configuration).get(variable.toLowerCase()) ?? [];
}

const definitions = once(({ http }: Configuration): ReadonlyMap<string, readonly Setting[]> => indexDefinitions(http));

/** Names of all variables that the configuration defines. */
export function definedVariables(configuration: Configuration): Iterable<string> {
  return definitions(configuration).keys();
}

function indexDefinitions(http: Scope | null): ReadonlyMap<string, readonly Setting[]> {
  const index = new Map<string, Setting[]>();
  const pending: Scope[] = http === null ? [] : [http];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const setting of scope.settings) {
      const name = definedBy(setting);
      if (name === null) continue;
      const known = index.get(name);
      if (known === undefined) index.set(name, [setting]);
      else known.push(setting);
    }
    for (const child of scope.children) if (child.kind !== 'table') pending.push(child);
  }
  return index;
}

function definedBy(setting: Setting): string | null {
  const { name, args } = setting.directive;
  if (!Object.hasOwn(DEFINERS, name)) return null;
  const position = DEFINERS[name] ?? 0;
  const word = position === -1 ? args.at(-1) : args[position];
  return word?.startsWith('$') === true ? word.slice(1).toLowerCase() : null;
}
