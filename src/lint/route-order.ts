import type { Likeness } from '../model/likeness';
import type { Route } from '../model/route';
import { routeOf } from './family';
import type { Family } from './family';
import type { Judged } from './linter';

/** Where a route comes: that of the list its file is in, the file's place in the list, the route's among all. */
type Key = readonly [rank: number, position: number, index: number];

interface List {
  readonly positions: ReadonlyMap<string, number>;
  /** Index of the first route that stands in it. */
  rank: number;
}

/** Adds to routes those of the files that families stand for, as nginx would come to them; null: the order is another. */
export function createRouteOrder(
  { verdicts }: Judged,
  likenesses: readonly Likeness[],
): (routes: readonly Route[], families: ReadonlyMap<string, Family>) => readonly Route[] | null {
  let lists: ReadonlyMap<string, List> | null = null;
  const indexes = new Map(verdicts.map(({ route }, index) => [route, index]));

  const keyOf = (route: Route, file: string): Key => {
    const index = indexes.get(route) ?? 0;
    const list = lists?.get(file);
    return list === undefined ? [index, 0, 0] : [list.rank, list.positions.get(file) ?? 0, index];
  };

  return (routes, families) => {
    lists ??= listsByFile(likenesses, verdicts);
    if (routes.some((route, at) => at > 0 && !isBefore(indexes, routes[at - 1], route))) return null;
    const entries: { readonly key: Key; readonly route: Route }[] = [];
    for (const route of routes) {
      const file = fileOf(route);
      entries.push({ key: keyOf(route, file), route });
      const family = families.get(file);
      for (const twin of family?.twins ?? []) {
        if (family !== undefined) entries.push({ key: keyOf(route, twin.file), route: routeOf(route, family, twin) });
      }
    }
    return entries.sort((a, b) => compare(a.key, b.key)).map(({ route }) => route);
  };
}

function isBefore(indexes: ReadonlyMap<Route, number>, one: Route | undefined, other: Route): boolean {
  const [first, second] = [one === undefined ? undefined : indexes.get(one), indexes.get(other)];
  return first !== undefined && second !== undefined && first < second;
}

function compare(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function fileOf({ server }: Route): string {
  return server.opener?.tree.source.path ?? '';
}

function listsByFile(likenesses: readonly Likeness[], verdicts: Judged['verdicts']): ReadonlyMap<string, List> {
  const lists = new Map<string, List>();
  for (const { list } of likenesses) {
    if (lists.has(list[0] ?? '')) continue;
    const made = { positions: new Map(list.map((file, at) => [file, at])), rank: Infinity };
    for (const file of list) lists.set(file, made);
  }
  for (const [index, { route }] of verdicts.entries()) {
    const list = lists.get(fileOf(route));
    if (list !== undefined) list.rank = Math.min(list.rank, index);
  }
  return lists;
}
