import type { Setting } from '../../model/scope';
import type { Touch } from '../operation';
import type { ListWish } from './list';

/** This level's own lines without those that the wish removes. */
export function stayingLines(wish: Pick<ListWish, 'scope' | 'list' | 'entries'>): readonly Setting[] {
  const own = wish.scope.own(wish.list);
  const byKey = new Map<string, Setting | undefined>();
  for (const [key, { value }] of wish.entries) {
    const lines = own.filter((setting) => keyOf(setting) === key);
    byKey.set(key, value === null ? undefined : lineToKeep(lines, value));
  }
  return own.filter((line) => !byKey.has(keyOf(line)) || byKey.get(keyOf(line)) === line);
}

/** The one that is right already, best an included one, which others may need; else the first. */
function lineToKeep(lines: readonly Setting[], value: string): Setting | undefined {
  const right = lines.filter((line) => valueOf(line) === value);
  return right.find(({ tree, scope }) => tree !== scope.opener?.tree) ?? right[0] ?? lines[0];
}

export function keyOf(setting: Setting): string {
  return (setting.directive.args[0] ?? '').toLowerCase();
}

export function valueOf(setting: Setting): string {
  return setting.directive.args[1] ?? '';
}

/** What to take out to be rid of a line: where a line that stays is the same one, included twice, its own include. */
export function removable(line: Setting, staying: readonly Setting[]): Setting | null {
  const same = staying.find(({ directive }) => directive === line.directive);
  if (same === undefined) return line;
  let [own, other] = [line.via, same.via];
  while (own !== null && other !== null && own.directive === other.directive) [own, other] = [own.via, other.via];
  return own;
}

/** Entries that go with an include: they are there twice. */
export function broughtBy(wish: ListWish, include: Setting): readonly Touch[] {
  const brought = wish.scope.own(wish.list).filter(({ via }) => via === include);
  return brought.map((setting) => ({ scope: wish.scope, name: wish.list, key: keyOf(setting) }));
}
