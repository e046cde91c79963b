import { effective, outer } from '../model/effective';
import type { Scope } from '../model/scope';
import { isRefusal, RANK, refusal, type Refusal } from './change';
import { bodyFor, holderOf, includeIn, type FixContext } from './context';
import { bodyOfFile, standsIn } from './body';
import { insertAfter } from './insert';
import type { Way } from './operation';
import { inlineSnippets } from './recipes/inline';
import { addBesideEmpty, changeOwnList, missingEntries, overrideList, type ListWish } from './recipes/list';
import { stayingLines } from './recipes/staying';
import { entryLine } from './recipes/words';
import { addSetting, changeOwnSetting } from './recipes/setting';
import { covers, sameWish, signature, type Wish, type Wishes } from './wishes';

/** The ways to grant a wish, best first, each worked out when it is tried. */
export type Ways = readonly (() => Way | Refusal)[];

/** The outer scope whose own wish grants this one too, because this scope inherits from it; null when there is none. */
export function grantedBy(wish: Wish, wishes: Wishes): Scope | null {
  if (wish.scope.own(wish.name).length > 0) return null;
  for (let level = outer(wish.scope); level !== null; level = outer(level)) {
    const other = wishes.get(level)?.get(wish.name);
    if (other !== undefined && covers(other, wish)) return level;
    if (level.own(wish.name).length > 0) return null;
  }
  return null;
}

export function waysFor(context: FixContext, wish: Wish, wishes: Wishes): Ways {
  if (wish.scope.own(wish.name).length > 0) {
    const direct = (): Way | Refusal => changeOwn(context, wish);
    const beside = wish.kind === 'list' ? [(): Way | Refusal => addBesideEmpty(context, asListWish(wish))] : [];
    return [...snippetWays(context, wish), direct, ...beside, ...inlineWays(context, direct)];
  }
  const ways: (() => Way | Refusal)[] = [];
  const level = effective(wish.scope, wish.name).scope;
  if (level !== null && wrongThere(level, wish) && allWant(context, level, wish, wishes)) {
    const there = { ...wish, scope: level };
    ways.push(() => changeOwn(context, there));
  }
  const direct = (): Way | Refusal =>
    wish.kind === 'list' ? overrideList(context, asListWish(wish)) : addSetting(wish);
  ways.push(
    direct,
    () => raised(context, wish, wishes),
    () => inlineWay(context, direct()),
  );
  return ways;
}

function asListWish(wish: Wish & { kind: 'list' }): ListWish {
  return { scope: wish.scope, list: wish.name, entries: wish.entries, restate: wish.restate };
}

function changeOwn(context: FixContext, wish: Wish): Way | Refusal {
  return wish.kind === 'list' ? changeOwnList(context, asListWish(wish)) : changeOwnSetting(wish);
}

/** The snippet in the place of its include; the same for a snippet that is itself included by a shared one. */
export function inlineWays(context: FixContext, direct: () => Way | Refusal): Ways {
  const once = (): Way | Refusal => inlineWay(context, direct());
  return [once, () => inlineWay(context, once())];
}

function inlineWay(context: FixContext, direct: Way | Refusal): Way | Refusal {
  if (isRefusal(direct)) return direct;
  const operations = inlineSnippets(context, direct.operations);
  return operations === null ? refusal(SHARED) : { ...direct, operations };
}

export const SHARED = 'the lines are included in several places, and not all of them want this';

/** Whether the level's own lines are wrong, not merely short of something. */
function wrongThere(level: Scope, wish: Wish): boolean {
  if (wish.kind === 'setting') return true;
  return level.own(wish.name).some(({ directive }) => {
    const entry = wish.entries.get((directive.args[0] ?? '').toLowerCase());
    return entry !== undefined && entry.value !== (directive.args[1] ?? '');
  });
}

/** Whether every route that inherits the directive from this level wants the same of it. */
function allWant(context: FixContext, level: Scope, wish: Wish, wishes: Wishes): boolean {
  let byLevel = common.get(wishes);
  if (byLevel === undefined) common.set(wishes, (byLevel = new Map<Scope, Map<string, string | null>>()));
  const key = wish.name;
  let byName = byLevel.get(level);
  if (byName === undefined) byLevel.set(level, (byName = new Map<string, string | null>()));
  let wanted = byName.get(key);
  if (wanted === undefined) byName.set(key, (wanted = commonWish(context, level, key, wishes)));
  return wanted === signature(wish);
}

/** By level and directive, what all routes that inherit it from there want; null when they differ. */
const common = new WeakMap<Wishes, Map<Scope, Map<string, string | null>>>();

function commonWish(context: FixContext, level: Scope, name: string, wishes: Wishes): string | null {
  let all: string | null = null;
  for (const { scope } of context.inheriting(level, name)) {
    const wish = wishes.get(holderOf(scope, name))?.get(name);
    if (wish === undefined || (all !== null && signature(wish) !== all)) return null;
    all = signature(wish);
  }
  return all;
}

/** What a WebSocket snippet lacks is written into the snippet, when the block has no lines of its own. */
function snippetWays(context: FixContext, wish: Wish): Ways {
  if (wish.kind !== 'list') return [];
  const own = wish.scope.own(wish.name);
  const last = stayingLines(asListWish(wish)).at(-1);
  const body = bodyFor(wish.scope);
  if (last === undefined || body === null || own.some((one) => standsIn(body, one))) return [];
  if (includeIn(body, last) === null || last.scope !== wish.scope) return [];
  const related = last.tree.directives.some(
    ({ name, args }) => name === 'proxy_http_version' || isHandshakeHeader(args[0]),
  );
  if (!related && context.occurrences.of(last).length < 2) return [];
  return [
    (): Way | Refusal => {
      const direct = changeOwnList(context, asListWish(wish));
      return isRefusal(direct) ? direct : movedInto(direct, wish, last);
    },
  ];
}

function isHandshakeHeader(name: string | undefined): boolean {
  return /^(upgrade|connection)$/i.test(name ?? '');
}

/** The same change with its new lines behind `last`, in the file that `last` stands in. */
function movedInto(
  direct: Way,
  wish: Wish & { kind: 'list' },
  last: NonNullable<Wish['scope']['opener']>,
): Way | Refusal {
  const kept = direct.operations.filter((operation) => operation.shared !== wish.scope.opener);
  const own = new Set(wish.scope.own(wish.name).map(({ directive }) => (directive.args[0] ?? '').toLowerCase()));
  if (wish.restate !== null) return refusal(SHARED);
  const missing = missingEntries(wish, own);
  if (missing.length === 0) return direct;
  const body = bodyOfFile(last.tree);
  const lines = missing.map(([key, value]) => entryLine(wish.name, key, value, body));
  const changes = insertAfter({ body, after: last.directive, lines, rank: RANK.header });
  return { ...direct, operations: [...kept, { changes, scope: wish.scope, shared: last }] };
}

/** A block that several places include stays; the block that includes it sets what the routes in it inherit. */
function raised(context: FixContext, wish: Wish, wishes: Wishes): Way | Refusal {
  const { opener, parent } = wish.scope;
  if (opener?.via == null || parent === null || opener.via.scope !== parent) return refusal(SHARED);
  if (parent.own(wish.name).length > 0 || wishes.get(parent)?.has(wish.name) === true) return refusal(SHARED);
  if (holderOf(parent, wish.name) !== parent) return refusal(SHARED);
  const below = context.below(parent).filter(({ scope }) => inheritsThrough(scope, parent, wish.name));
  const same = below.every(({ scope }) => {
    const other = wishes.get(holderOf(scope, wish.name))?.get(wish.name);
    return other !== undefined && sameWish(other, wish);
  });
  if (!same) return refusal(SHARED);
  const there = { ...wish, scope: parent };
  return there.kind === 'list' ? overrideList(context, asListWish(there)) : addSetting(there);
}

function inheritsThrough(scope: Scope, level: Scope, name: string): boolean {
  for (let at: Scope | null = scope; at !== null; at = outer(at)) {
    if (at === level) return true;
    if (at.own(name).length > 0) return false;
  }
  return false;
}
