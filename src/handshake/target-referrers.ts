import type { Scope } from '../model/scope';

const REFERRING: ReadonlySet<string> = new Set(['try_files', 'error_page', 'rewrite', 'index']);
const referrersOf = new WeakMap<Scope, Referrers>();

/** Blocks of a server by the words that lead elsewhere: `@name`, `/path`; those with variables by what stands before. */
interface Referrers {
  readonly exact: ReadonlyMap<string, readonly Scope[]>;
  readonly variable: readonly { readonly start: string; readonly scope: Scope }[];
}

/** Which blocks of a server lead to which of its locations. */
export function referrers(server: Scope): Referrers {
  let found = referrersOf.get(server);
  if (found === undefined) {
    found = collectReferrers(server);
    referrersOf.set(server, found);
  }
  return found;
}

function collectReferrers(server: Scope): Referrers {
  const exact = new Map<string, Scope[]>();
  const variable: { start: string; scope: Scope }[] = [];
  const pending = [server];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const { directive } of scope.settings) {
      if (!REFERRING.has(directive.name)) continue;
      for (const word of directive.args) {
        const dollar = word.indexOf('$');
        if (dollar > 1 && word.startsWith('@')) variable.push({ start: word.slice(0, dollar), scope });
        const [path = ''] = word.split('?');
        if (path.includes('$') || !/^[@/]/.test(path)) continue;
        const scopes = exact.get(path);
        if (scopes === undefined) exact.set(path, [scope]);
        else if (scopes.at(-1) !== scope) scopes.push(scope);
      }
    }
    for (const each of scope.children.filter(({ kind }) => kind !== 'table')) pending.push(each);
  }
  return { exact, variable };
}
