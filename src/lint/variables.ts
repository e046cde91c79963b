import { builtinVariable, isModuleVariable } from '../model/builtin-variables';
import { definingSettings } from '../model/defining-settings';
import type { Configuration } from '../model/scope';
import { captureOf } from '../model/variable-sources';

/** Whether nginx would answer `unknown "x" variable`: none of its modules and nothing in the configuration defines it. */
export function isUndefinedVariable(configuration: Configuration, variable: string): boolean {
  const name = variable.toLowerCase();
  if (builtinVariable(name, 'http') !== null || isModuleVariable(name)) return false;
  return definingSettings(configuration, name).length === 0 && captureOf(configuration, name) === null;
}
