import { effective, effectiveSetting } from '../model/effective';
import type { Configuration, Scope, Setting } from '../model/scope';
import { once } from '../text/once';
import type { Run } from './run';

const NONE: readonly Setting[] = [];

/** The setting that applies where the request stands (or in another block); null for none. */
export function settingHere(run: Run, name: string, scope: Scope = run.scope): Setting | null {
  return run.names.has(name) ? effectiveSetting(scope, name) : null;
}

/** All that applies of a list. */
export function settingsHere(run: Run, name: string): readonly Setting[] {
  return run.names.has(name) ? effective(run.scope, name).settings : NONE;
}

/** Whether an on/off directive is on. */
export function isOn(run: Run, name: string, byDefault = false): boolean {
  return onBy(settingHere(run, name), byDefault);
}

/** The same before there is a run. */
export function isOnIn(scope: Scope, name: string, byDefault = false): boolean {
  return onBy(effectiveSetting(scope, name), byDefault);
}

function onBy(setting: Setting | null, byDefault: boolean): boolean {
  const value = setting?.directive.args[0];
  return value === undefined ? byDefault : value.toLowerCase() === 'on';
}

/** Every directive that the configuration uses: most of those asked about stand nowhere. */
export const namesUsed = once((configuration: Configuration): ReadonlySet<string> => collect(configuration.main));

function collect(main: Scope): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const { directive } of scope.settings) found.add(directive.name);
    for (const child of scope.children) if (child.kind !== 'table') pending.push(child);
  }
  return found;
}
