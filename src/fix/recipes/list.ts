import { effective } from '../../model/effective';
import type { Scope, Setting } from '../../model/scope';
import type { Directive } from '../../syntax/nodes';
import { bodyOfFile, standsIn, type Body } from '../body';
import { isRefusal, RANK, refusal, type Change, type Refusal } from '../change';
import { bodyFor, includeIn, type FixContext } from '../context';
import { insertAfter, removeDirective } from '../insert';
import { asWord, type FreshLine } from '../neighbours';
import type { Operation, Touch, Way } from '../operation';
import { replaceWords } from '../replace';
import { anchorFor } from './anchor';
import { broughtBy, keyOf, removable, stayingLines, valueOf } from './staying';
import { MOST_RESTATED, restatedLines, TOO_MANY, type Restated } from './restate';
import { entryLine } from './words';

/** What an all-or-nothing list of a scope is to become: several repairs of one scope make one change. */
export interface ListWish {
  readonly scope: Scope;
  readonly list: string;
  /** By key in lower case. A null value: no such entry. */
  readonly entries: ReadonlyMap<string, { readonly key: string; readonly value: string | null }>;
  /** Keys (lower case) of entries that this level discards and that are to be said again; `all`. */
  readonly restate: ReadonlySet<string> | 'all' | null;
}

/** Changes to a list that this level has entries of: in place, new ones behind the others. */
export function changeOwnList(context: FixContext, wish: ListWish): Way | Refusal {
  const own = wish.scope.own(wish.list);
  const staying = stayingLines(wish);
  const operations: Operation[] = [];
  const touches: Touch[] = [];
  for (const line of own) {
    if (staying.includes(line)) continue;
    const removed = removable(line, staying);
    if (removed === null) return refusal('one line brings both');
    operations.push(operation(wish.scope, removed, [removeDirective(bodyAround(removed), removed.directive)]));
    if (removed !== line) touches.push(...broughtBy(wish, removed));
  }
  for (const [key, { value }] of wish.entries) {
    const line = staying.find((setting) => keyOf(setting) === key);
    if (line === undefined || value === null) continue;
    const all = keepsHandshakes(line, value) ? context.occurrences.of(line) : [line];
    operations.push(...replaced(wish, line, value, all.length > 1));
    if (all.length > 1) touches.push(...all.map(({ scope }) => ({ scope, name: wish.list, key })));
  }
  const restated = hiddenLines(wish, own);
  const body = bodyFor(wish.scope);
  if (body === null) return refusal('the block it belongs in was not given');
  const fresh = isRefusal(restated) ? restated : freshLines(context, wish, restated, own, body);
  if (isRefusal(fresh)) return fresh;
  if (fresh.length > 0) operations.push(inserted(wish, body, anchorBehind(body, staying, wish.list), fresh));
  touches.push(...touchesOf(wish, wish.scope, restatedKeys(restated)));
  return { operations, touches, unsafe: null };
}

/** New lines beside empty ones, which say nothing and stay: a shared snippet that sets `Connection ""` need not change. */
export function addBesideEmpty(context: FixContext, wish: ListWish): Way | Refusal {
  const own = wish.scope.own(wish.list);
  const said = own.filter((setting) => valueOf(setting) !== '');
  const body = bodyFor(wish.scope);
  if (
    wish.restate !== null ||
    body === null ||
    [...wish.entries].some(([key, entry]) => isWrong(said, key, entry.value))
  )
    return refusal('lines of its own are wrong');
  const lines = freshLines(context, wish, [], said, body);
  if (isRefusal(lines)) return lines;
  if (lines.length === 0 || said.length === own.length) return refusal('no line is empty');
  const operations = [inserted(wish, body, anchorBehind(body, own, wish.list), lines)];
  return { operations, touches: touchesOf(wish, wish.scope, []), unsafe: null };
}

/** More than a line beside it would mend: one too many, or another value. */
function isWrong(said: readonly Setting[], key: string, value: string | null): boolean {
  const lines = said.filter((setting) => keyOf(setting) === key);
  return value === null || lines.length > 1 || lines.some((line) => valueOf(line) !== value);
}

/** A list of its own for a scope that inherits one: what it inherited, with the changes. */
export function overrideList(context: FixContext, wish: ListWish): Way | Refusal {
  const { scope, list } = wish;
  const { origin, settings } = effective(scope, list);
  const body = bodyFor(scope);
  if (origin === 'unknown') return refusal(`an include that was not read may set ${list} here`);
  if (body === null) return refusal('the block it belongs in was not given');
  if (settings.length > MOST_RESTATED) return refusal(TOO_MANY);
  const restated: Restated[] = [];
  const said = new Set<string>();
  for (const setting of settings) {
    const entry = wish.entries.get(keyOf(setting));
    if (entry === undefined) restated.push({ setting, value: null });
    else if (entry.value !== null && !said.has(keyOf(setting))) restated.push({ setting, value: entry.value });
    said.add(keyOf(setting));
  }
  const lines = freshLines(context, wish, restated, settings, body);
  if (isRefusal(lines)) return lines;
  const unsafe = origin === 'assumed' ? `blocks that were not given may set ${list}, and would be discarded` : null;
  if (lines.length === 0) return nothingLeft(wish, body, settings, unsafe);
  const operations = [inserted(wish, body, anchorFor(body, list), lines, settings)];
  return { operations, touches: touchesOf(wish, scope, []), unsafe };
}

/** An empty list cannot be written; a header can be passed as the client sent it. */
function nothingLeft(wish: ListWish, body: Body, settings: readonly Setting[], unsafe: string | null): Way | Refusal {
  if (settings.length === 0) return { operations: [], touches: [], unsafe };
  if (wish.list !== 'proxy_set_header') return refusal(`a level cannot undo ${wish.list} of an outer one`);
  const lines = [...wish.entries.values()].map(({ key }) =>
    entryLine(wish.list, key, `$http_${key.toLowerCase().replaceAll('-', '_')}`, body),
  );
  const operations = [inserted(wish, body, anchorFor(body, wish.list), lines)];
  return { operations, touches: touchesOf(wish, wish.scope, []), unsafe };
}

function bodyAround(setting: Setting): Body {
  const body = bodyFor(setting.scope);
  return body !== null && standsIn(body, setting) ? body : bodyOfFile(setting.tree);
}

function operation(scope: Scope, shared: Setting | null, changes: readonly Change[]): Operation {
  return { changes, scope, shared };
}

/** The constant gives way to a map: others that include the line notice it on plain requests alone. */
function keepsHandshakes(line: Setting, value: string): boolean {
  return keyOf(line) === 'connection' && /^"?upgrade"?$/i.test(valueOf(line)) && value.startsWith('$');
}

function replaced(wish: ListWish, setting: Setting, value: string, forAll: boolean): Operation[] {
  if (valueOf(setting) === value) return [];
  const word = asWord(value, bodyAround(setting), wish.list);
  const changes = replaceWords(setting, 2, setting.directive.words.length - 1, word);
  if (changes.length === 0) return [];
  return [{ ...operation(wish.scope, setting, changes), ...(forAll ? { indifferent: (): boolean => true } : {}) }];
}

function inserted(
  wish: ListWish,
  body: Body,
  after: Directive | null,
  lines: readonly FreshLine[],
  models: readonly Setting[] = [],
): Operation {
  const changes = insertAfter({ body, after, lines, rank: RANK.header, models });
  return operation(wish.scope, wish.scope.opener, changes);
}

/** Behind the last entry that stays, or behind the include that brought it. */
export function anchorBehind(body: Body, kept: readonly Setting[], list: string): Directive | null {
  const last = kept.at(-1);
  if (last === undefined) return anchorFor(body, list);
  return standsIn(body, last) ? last.directive : (includeIn(body, last)?.directive ?? anchorFor(body, list));
}

/** Entries of the outer level that this one discards and that are wanted back. */
function hiddenLines(wish: ListWish, own: readonly Setting[]): readonly Restated[] {
  const { restate } = wish;
  if (restate === null) return [];
  const set = new Set(own.map(keyOf));
  return effective(wish.scope, wish.list)
    .hidden.filter((setting) => {
      const key = keyOf(setting);
      return !set.has(key) && !wish.entries.has(key) && (restate === 'all' || restate.has(key));
    })
    .map((setting) => ({ setting, value: isLiteralUpgrade(setting) ? '$http_upgrade' : null }));
}

/** `Upgrade websocket` would make a handshake of every plain request that reaches this level now. */
function isLiteralUpgrade({ directive }: Setting): boolean {
  const [key = '', value = ''] = directive.args;
  return directive.name === 'proxy_set_header' && key.toLowerCase() === 'upgrade' && /^websocket$/i.test(value);
}

function restatedKeys(restated: readonly Restated[]): string[] {
  return restated.map(({ setting }) => keyOf(setting));
}

/** The restated lines, then the entries that are not there at all. */
function freshLines(
  context: FixContext,
  wish: ListWish,
  restated: readonly Restated[],
  present: readonly Setting[],
  body: Body,
): readonly FreshLine[] | Refusal {
  const lines = restatedLines(context, wish.list, restated, body);
  if (isRefusal(lines)) return lines;
  const known = new Set(present.map(keyOf));
  const missing = missingEntries(wish, known);
  return [...lines, ...missing.map(([key, value]) => entryLine(wish.list, key, value, body))];
}

/** Entries that are wanted and not there. Upgrade goes before Connection, as every guide has it. */
export function missingEntries(
  wish: Pick<ListWish, 'entries'>,
  known: ReadonlySet<string>,
): [key: string, value: string][] {
  const missing: [string, string][] = [];
  for (const [key, { key: name, value }] of wish.entries) {
    if (value === null || known.has(key)) continue;
    if (key === 'upgrade') missing.unshift([name, value]);
    else missing.push([name, value]);
  }
  return missing;
}

export function touchesOf(wish: ListWish, scope: Scope, restated: readonly string[]): Touch[] {
  return [...wish.entries.keys(), ...restated].map((key) => ({ scope, name: wish.list, key }));
}
