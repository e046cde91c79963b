import { effectiveSetting } from '../model/effective';
import type { Scope } from '../model/scope';

/** Whether an on/off directive is on here. */
export function isOn(scope: Scope, name: string, byDefault = false): boolean {
  const value = effectiveSetting(scope, name)?.directive.args[0];
  return value === undefined ? byDefault : value.toLowerCase() === 'on';
}
