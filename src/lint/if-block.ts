import type { Scope } from '../model/scope';

/** Whether a block is an `if` of the location, or one within such an `if`. */
export function isIfOf(location: Scope | null, block: Scope): boolean {
  let scope: Scope | null = block;
  while (scope?.kind === 'if') scope = scope.parent;
  return scope !== block && scope !== null && scope === location;
}
