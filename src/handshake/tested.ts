import { definingSettings } from '../model/defining-settings';
import { variablesIn } from '../model/template';
import type { Configuration, Scope, Setting } from '../model/scope';
import { once } from '../text/once';
import { conditionOf } from './condition-of';

/** Lower-case names of the variables that any `if` of the configuration tests, and of those that they are made of. */
export const testedVariables = once((configuration: Configuration): ReadonlySet<string> => {
  const tested = new Set<string>();
  for (const condition of conditionsIn(configuration)) tested.add(conditionOf(condition)?.variable ?? '');
  return new Set(originsOf(configuration, tested));
});

function* conditionsIn({ http }: Configuration): Generator<Setting> {
  const pending: Scope[] = http === null ? [] : [http];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (scope.kind === 'if' && scope.opener !== null) yield scope.opener;
    for (const child of scope.children) if (child.kind !== 'table') pending.push(child);
  }
}

/** The variables themselves, and those that their values are made of by map, set and the like; each once. */
export function* originsOf(configuration: Configuration, variables: Iterable<string>): Generator<string> {
  const found = new Set(variables);
  yield* found;
  const pending = [...found];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const setting of definingSettings(configuration, name)) {
      for (const origin of madeOf(setting)) {
        if (found.has(origin)) continue;
        found.add(origin);
        pending.push(origin);
        yield origin;
      }
    }
  }
}

/** A map may have 100,000 lines, and as many variables may be made of it. */
const madeOf = once(({ directive, opens }: Setting): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const word of directive.args) for (const name of variablesIn(word)) found.add(name);
  for (const { directive: entry } of opens?.settings ?? []) {
    for (const word of entry.args) if (word.includes('$')) for (const name of variablesIn(word)) found.add(name);
  }
  return found;
});
