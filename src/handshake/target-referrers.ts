import type { Scope } from '../model/scope';
import { once } from '../text/once';

const REFERRING: ReadonlySet<string> = new Set(['try_files', 'error_page', 'rewrite', 'index']);
/** Blocks of a server by the words that lead elsewhere: `@name`, `/path`; those with variables by what stands before them. */
interface Referrers {
  readonly exact: ReadonlyMap<string, readonly Scope[]>;
  /** The first blocks whose words with variables may stand for this one. */
  variable(word: string, most: number): readonly Scope[];
}

/** Which blocks of a server lead to which of its locations. */
export const referrers = once(collectReferrers);

function collectReferrers(server: Scope): Referrers {
  const exact = new Map<string, Scope[]>();
  const variable = new Map<string, Placed[]>();
  let order = 0;
  const pending = [server];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const { directive } of scope.settings) {
      if (!REFERRING.has(directive.name)) continue;
      for (const word of directive.args) {
        const dollar = word.indexOf('$');
        if (dollar > 1 && word.startsWith('@')) add(variable, word.slice(0, dollar), { order: order++, scope });
        const [path = ''] = word.split('?');
        if (path.includes('$') || !/^[@/]/.test(path)) continue;
        if (exact.get(path)?.at(-1) !== scope) add(exact, path, scope);
      }
    }
    for (const each of scope.children.filter(({ kind }) => kind !== 'table')) pending.push(each);
  }
  const lengths = [...new Set([...variable.keys()].map((start) => start.length))];
  return { exact, variable: (word, most) => startingLike(variable, lengths, word, most) };
}

interface Placed {
  readonly order: number;
  readonly scope: Scope;
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** In the order in which they were met. */
function startingLike(
  starts: ReadonlyMap<string, readonly Placed[]>,
  lengths: readonly number[],
  word: string,
  most: number,
): readonly Scope[] {
  const found = lengths
    .filter((length) => length <= word.length)
    .flatMap((length) => (starts.get(word.slice(0, length)) ?? []).slice(0, most));
  return found.sort((a, b) => a.order - b.order).map(({ scope }) => scope);
}
