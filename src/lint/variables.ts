import { definitionsOf } from '../model/defining-settings';
import type { Configuration } from '../model/scope';

/** Whether nginx would answer `unknown "x" variable`: nothing of its own, and nothing in the configuration, defines it. */
export function isUndefinedVariable(configuration: Configuration, variable: string): boolean {
  return definitionsOf(configuration, variable).length === 0;
}
