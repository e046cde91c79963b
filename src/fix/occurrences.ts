import type { Configuration, Scope, Setting } from '../model/scope';
import type { Directive, SyntaxTree } from '../syntax/nodes';

/** Which settings one line of text makes: several when its file is included more than once. */
export interface Occurrences {
  of(setting: Setting): readonly Setting[];
}

export function occurrencesIn(configuration: Configuration): Occurrences {
  const repeated = filesReadTwice(configuration);
  const byDirective = new Map<Directive, Setting[]>();
  if (repeated.size > 0) {
    for (const setting of everySetting(configuration)) {
      if (!repeated.has(setting.tree)) continue;
      const known = byDirective.get(setting.directive);
      if (known === undefined) byDirective.set(setting.directive, [setting]);
      else known.push(setting);
    }
  }
  return { of: (setting) => byDirective.get(setting.directive) ?? [setting] };
}

/** Through two includes, or by one whose glob finds two links to it. */
function filesReadTwice(configuration: Configuration): ReadonlySet<SyntaxTree> {
  const first = new Map<SyntaxTree, Setting>();
  const repeated = new Set<SyntaxTree>();
  const pending: Scope[] = [configuration.main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const setting of scope.settings) {
      const known = first.get(setting.tree);
      if (known === undefined) first.set(setting.tree, setting);
      else if (known.via !== setting.via || known.directive === setting.directive) repeated.add(setting.tree);
    }
    for (const each of scope.children) pending.push(each);
  }
  return repeated;
}

/** All settings, block by block; iterative, as blocks may nest thousands deep. */
export function* everySetting(configuration: Configuration): Generator<Setting> {
  const pending: Scope[] = [configuration.main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    yield* scope.settings;
    for (const each of scope.children) pending.push(each);
  }
}
