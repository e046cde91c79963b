import type { Repair, RepairPlan } from '../lint/rule';
import type { Scope } from '../model/scope';
import { once } from '../text/once';
import { isRefusal } from './change';
import { holderOf, type FixContext } from './context';
import type { Way } from './operation';
import { connectionByMap } from './recipes/connection';
import { insertText, removeSetting, replaceText, replaceWord } from './recipes/direct';
import type { MapMaker } from './recipes/map';

/** What a scope's value for one directive is to become, from all repairs that concern it. */
export type Wish =
  | {
      readonly kind: 'list';
      readonly scope: Scope;
      readonly name: string;
      readonly entries: ReadonlyMap<string, { readonly key: string; readonly value: string | null }>;
      readonly restate: ReadonlySet<string> | 'all' | null;
    }
  | { readonly kind: 'setting'; readonly scope: Scope; readonly name: string; readonly args: readonly string[] };

export type Wishes = Map<Scope, Map<string, Wish>>;

/** One plan's part: its wishes by scope and name, and what is made for it alone. */
export interface PlanParts {
  readonly wishes: readonly { readonly scope: Scope; readonly name: string }[];
  readonly ways: readonly Way[];
  /** Why it cannot be made, or has to wait; null when it can. */
  readonly refused: string | null;
}

/** Something another plan wants otherwise: the next pass sees whether it is still needed. */
export const WAITS = 'another fix changes the same lines';

/** Takes a plan's repairs into the wishes of all, whole or not at all. */
export function takeUp(context: FixContext, maps: MapMaker, plan: RepairPlan, wishes: Wishes): PlanParts {
  const wanted: Wish[] = [];
  const ways: Way[] = [];
  for (const repair of plan.repairs) {
    const answer = resolve(context, maps, repair);
    if (isRefusal(answer)) return { wishes: [], ways: [], refused: answer.refused };
    if (answer.way !== null) ways.push(answer.way);
    if (answer.wish !== null) wanted.push(answer.wish);
  }
  const merged = mergeAll(wanted, wishes);
  if (merged === null) return { wishes: [], ways: [], refused: WAITS };
  for (const wish of merged) {
    let byName = wishes.get(wish.scope);
    if (byName === undefined) wishes.set(wish.scope, (byName = new Map<string, Wish>()));
    byName.set(wish.name, wish);
  }
  return { wishes: wanted.map(({ scope, name }) => ({ scope, name })), ways, refused: null };
}

interface Resolved {
  readonly wish: Wish | null;
  readonly way: Way | null;
}

function resolve(context: FixContext, maps: MapMaker, repair: Repair): Resolved | { readonly refused: string } {
  switch (repair.kind) {
    case 'set':
      return wished({
        kind: 'setting',
        scope: holderOf(repair.scope, repair.name),
        name: repair.name,
        args: repair.args,
      });
    case 'entry':
      return wished(entryWish(repair.scope, repair.list, repair.key, repair.value));
    case 'restate': {
      const restate = repair.keys === 'all' ? 'all' : new Set(repair.keys.map((key) => key.toLowerCase()));
      const scope = holderOf(repair.scope, repair.list);
      return wished({ kind: 'list', scope, name: repair.list, entries: new Map(), restate });
    }
    case 'connection-map': {
      const scope = holderOf(repair.scope, 'proxy_set_header');
      const wish = connectionByMap(context, maps, scope);
      if (isRefusal(wish)) return wish;
      const entry = wish.value === null ? null : entryWish(scope, 'proxy_set_header', 'Connection', wish.value);
      return { wish: entry, way: wish.way };
    }
    case 'define-map':
      return made(maps.define(repair.scope, repair.variable));
    case 'word':
      return made(replaceWord(repair, context));
    case 'remove':
      return made(removeSetting(repair));
    case 'insert':
      return made(insertText(repair));
    case 'text':
      return made(replaceText(context, repair));
  }
}

function wished(wish: Wish): Resolved {
  return { wish, way: null };
}

function made(way: Way | { readonly refused: string }): Resolved | { readonly refused: string } {
  return isRefusal(way) ? way : { wish: null, way };
}

function entryWish(scope: Scope, list: string, key: string, value: string | null): Wish {
  const entries = new Map([[key.toLowerCase(), { key, value }]]);
  return { kind: 'list', scope: holderOf(scope, list), name: list, entries, restate: null };
}

/** The wishes after the merge; null when one contradicts another. */
function mergeAll(wanted: readonly Wish[], wishes: Wishes): readonly Wish[] | null {
  const merged: Wish[] = [];
  for (const wish of wanted) {
    const pending = merged.findIndex(({ scope, name }) => scope === wish.scope && name === wish.name);
    const before = merged[pending] ?? wishes.get(wish.scope)?.get(wish.name);
    const both = before === undefined ? wish : merge(before, wish);
    if (both === null) return null;
    if (pending >= 0) merged[pending] = both;
    else merged.push(both);
  }
  return merged;
}

function merge(a: Wish, b: Wish): Wish | null {
  if (a.kind === 'setting' || b.kind === 'setting') return sameWish(a, b) ? a : null;
  const entries = new Map(a.entries);
  for (const [key, entry] of b.entries) {
    const other = entries.get(key);
    if (other !== undefined && other.value !== entry.value) return null;
    if (other === undefined) entries.set(key, entry);
  }
  return { ...a, entries, restate: union(a.restate, b.restate) };
}

type Keys = ReadonlySet<string> | 'all' | null;

function union(a: Keys, b: Keys): Keys {
  if (a === 'all' || b === 'all') return 'all';
  if (a === null || b === null) return a ?? b;
  return new Set([...a, ...b]);
}

/** Whether two scopes want the same of a directive. */
export function sameWish(a: Wish, b: Wish): boolean {
  return signature(a) === signature(b);
}

/** Equal for wishes that ask for the same, wherever. */
export const signature = once(write);

function write(wish: Wish): string {
  if (wish.kind === 'setting') return JSON.stringify([wish.name, wish.args]);
  const entries = [...wish.entries].map(([key, { value }]) => [key, value]).sort(byKey);
  const restate = wish.restate instanceof Set ? [...wish.restate].sort() : wish.restate;
  return JSON.stringify([wish.name, entries, restate]);
}

function byKey(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  const [x, y] = [a[0] ?? '', b[0] ?? ''];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether all that `wish` asks for holds where `other` has been granted. */
export function covers(other: Wish, wish: Wish): boolean {
  if (other.kind === 'setting' || wish.kind === 'setting') return sameWish(other, wish);
  if (wish.restate !== null) return false;
  return [...wish.entries].every(([key, { value }]) => other.entries.get(key)?.value === value);
}
