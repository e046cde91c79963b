import { once } from '../text/once';
import type { Scope, Setting } from './scope';

/** Whether a directive uses $1 to $9 of a regex that matched before; `rewrite` uses those of its own. */
export function usesCaptures({ directive: { name, args } }: Setting): boolean {
  return name !== 'rewrite' && args.some((word) => /\$\{?[1-9]\b/.test(word));
}

/** Whether any directive in a block, or in the blocks in it, does. */
export const capturesUsedIn = once((block: Scope): boolean => {
  const pending: Scope[] = [block];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (scope.settings.some(usesCaptures)) return true;
    for (const each of scope.children) pending.push(each);
  }
  return false;
});
