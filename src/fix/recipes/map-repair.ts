import type { Configuration, Setting } from '../../model/scope';
import { indexTable, type Entry, type ValueMap } from '../../model/maps';
import { bodyOfScope } from '../body';
import { RANK, refusal, type Change, type Refusal } from '../change';
import { insertAfter } from '../insert';
import { asWord } from '../neighbours';
import { everySetting } from '../occurrences';
import type { Operation, Touch, Way } from '../operation';
import { replaceWords } from '../replace';
import { readsUpgrade, saysUpgrade, wordFor } from './map-job';

/**
 * Makes an existing map give handshakes `upgrade` and plain requests what it gave them so far; `fallback` where that
 * was `upgrade` too.
 */
export function repairMap(configuration: Configuration, setting: Setting, fallback: string): Way | Refusal {
  const map = indexTable(setting);
  const scope = setting.opens;
  if (scope === null || map.unread !== null) return refusal('the map includes a file that was not read');
  const plain = plainWord(map, fallback);
  const changes = [...mendSource(setting, map), ...mendHandshake(setting, map), ...mendPlain(setting, map, plain)];
  const operations: Operation[] = changes.length === 0 ? [] : [{ changes, scope, shared: setting }];
  return { operations, touches: usersOf(configuration, setting.directive.args[1] ?? ''), unsafe: null };
}

/** What a plain request gets: no Upgrade, and a browser's `Connection: keep-alive`. */
function plainWord(map: ValueMap, fallback: string): string {
  const [part] = map.source.parts;
  const key =
    part?.kind === 'variable' ? (part.name === 'http_connection' ? 'keep-alive' : '') : (map.source.constant ?? '');
  const word = wordFor(map, key);
  return word === null || /upgrade/i.test(word) || sameLine(map, key) ? fallback : word;
}

/** One line for handshakes and plain requests alike says nothing about what plain ones are to get. */
function sameLine(map: ValueMap, key: string): boolean {
  return entryFor(map, 'websocket') === entryFor(map, key) && readsUpgrade(map);
}

function entryFor(map: ValueMap, key: string): Entry | null {
  return map.exact.get(key) ?? (key === '' ? null : regexFor(map, key)) ?? map.fallback;
}

/** The regex that this key would be taken by, as far as plain text tells. */
function regexFor(map: ValueMap, key: string): Entry | null {
  return map.regexes.find(({ pattern, caseless }) => caseless && pattern.toLowerCase().includes(key)) ?? null;
}

function mendSource(setting: Setting, map: ValueMap): Change[] {
  if (readsUpgrade(map)) return [];
  return replaceWords(setting, 1, 1, '$http_upgrade');
}

function mendHandshake(setting: Setting, map: ValueMap): Change[] {
  const entry = entryFor(map, 'websocket');
  if (entry === null) return addLine(setting, 'default', 'upgrade');
  return saysUpgrade(entry.setting.directive.args[0] ?? '') ? [] : replaceWords(entry.setting, 1, 1, 'upgrade');
}

function mendPlain(setting: Setting, map: ValueMap, plain: string): Change[] {
  const entry = map.exact.get('');
  const word = asWord(plain, null, '') === '""' ? "''" : asWord(plain, null, '');
  if (entry === undefined)
    return map.fallback === null && plain === '' ? [] : plainFromFallback(setting, map, plain, word);
  return entry.setting.directive.args[0] === plain ? [] : replaceWords(entry.setting, 1, 1, word);
}

/** A fallback that stays what it is serves plain requests as before. */
function plainFromFallback(setting: Setting, map: ValueMap, plain: string, word: string): Change[] {
  const kept = entryFor(map, 'websocket') !== map.fallback && map.fallback !== null;
  return kept && map.fallback?.setting.directive.args[0] === plain ? [] : addLine(setting, "''", word);
}

function addLine(setting: Setting, key: string, word: string): Change[] {
  const body = setting.opens === null ? null : bodyOfScope(setting.opens);
  if (body === null) return [];
  const rank = key === 'default' ? RANK.other : RANK.other + 1;
  return insertAfter({ body, after: null, lines: [[key, word]], rank });
}

/** The scopes in which this variable makes a header: their requests change. */
export function usersOf(configuration: Configuration, variable: string): readonly Touch[] {
  const name = variable.slice(1).toLowerCase();
  const known: Users = users.get(configuration) ?? { byValue: headersByValue(configuration), byName: new Map() };
  users.set(configuration, known);
  let touches = known.byName.get(name);
  if (touches === undefined) {
    const values = [...known.byValue.keys()].filter(
      (value) => value.includes(`$${name}`) || value.includes(`\${${name}}`),
    );
    touches = values.flatMap((value) => known.byValue.get(value) ?? []);
    known.byName.set(name, touches);
  }
  return touches;
}

/** Kept, as each of thousands of findings may want the same map; their headers have few different values. */
interface Users {
  readonly byValue: ReadonlyMap<string, readonly Touch[]>;
  readonly byName: Map<string, readonly Touch[]>;
}

const users = new WeakMap<Configuration, Users>();

function headersByValue(configuration: Configuration): ReadonlyMap<string, readonly Touch[]> {
  const byValue = new Map<string, Touch[]>();
  for (const { directive, scope } of everySetting(configuration)) {
    const value = (directive.args[1] ?? '').toLowerCase();
    if (directive.name !== 'proxy_set_header' || !value.includes('$')) continue;
    const touch = { scope, name: 'proxy_set_header', key: (directive.args[0] ?? '').toLowerCase() };
    const same = byValue.get(value);
    if (same === undefined) byValue.set(value, [touch]);
    else same.push(touch);
  }
  return byValue;
}
