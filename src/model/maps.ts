import { matchWith } from './match';
import type { Match } from './match';
import { sieve } from './regex/sieve';
import type { Sieve } from './regex/sieve';
import type { Setting } from './scope';
import { argumentTemplate, compileTemplate, wordBytes } from './template';
import type { Template } from './template';
import { isKnown, unknown } from './value';
import type { Unknown, Value } from './value';

/** A `map` made ready for look-ups, as ngx_http_map_find does them: exact, wildcards, then regexes in order. */
export interface ValueMap {
  readonly setting: Setting;
  readonly source: Template;
  readonly exact: ReadonlyMap<string, Entry>;
  /** `*.example.com` and `.example.com`, keyed by what follows the star's dot. Only with `hostnames`. */
  readonly heads: ReadonlyMap<string, Entry>;
  /** `www.example.*`, keyed by what stands before the dot of the star. */
  readonly tails: ReadonlyMap<string, Entry>;
  readonly regexes: readonly RegexEntry[];
  /** The same, for look-ups. */
  readonly sifted: Sieve<RegexEntry>;
  readonly fallback: Entry | null;
  readonly hostnames: boolean;
  readonly volatile: boolean;
  /** The constant that every line yields, when there is one. */
  readonly uniform: string | null;
  /** Why look-ups that find nothing are unknown: an include in it was not read. */
  readonly unread: string | null;
}

type RegexEntry = Entry & { readonly pattern: string; readonly caseless: boolean };

export interface Entry {
  readonly value: Template;
  /** The line of the map. */
  readonly setting: Setting;
}

/** What a look-up finds. A regex that matched has set `$1`... and its named captures. */
export interface Found {
  readonly entry: Entry | null;
  readonly match: Match | null;
}

/** Reads the lines of a map once. `fallbackKey` is the key of the line that takes what no other takes. */
export function indexTable(setting: Setting, fallbackKey = 'default'): ValueMap {
  const lines = setting.opens?.settings ?? [];
  const flags = new Set(lines.filter((line) => line.directive.args.length === 0).map((line) => line.directive.name));
  const hostnames = flags.has('hostnames');
  const exact = new Map<string, Entry>();
  const heads = new Map<string, Entry>();
  const tails = new Map<string, Entry>();
  const regexes: RegexEntry[] = [];
  let fallback: Entry | null = null;
  for (const line of lines) {
    if (line.directive.args.length !== 1 || line.directive.name === 'include') continue;
    const entry: Entry = { value: argumentTemplate(line, 0), setting: line };
    const key = wordBytes(line, line.directive.name);
    if (key === fallbackKey) fallback ??= entry;
    else if (key.startsWith('~')) regexes.push({ ...entry, ...regexOf(key) });
    else addKey(key.startsWith('\\') ? key.slice(1) : key, entry, hostnames ? { exact, heads, tails } : { exact });
  }
  const unread = setting.opens?.unread[0];
  const map = { setting, source: argumentTemplate(setting, 0), exact, heads, tails, regexes, fallback, hostnames };
  return {
    ...map,
    sifted: sieve(regexes),
    volatile: flags.has('volatile'),
    uniform: unread === undefined ? uniformOf(map) : null,
    unread: unread === undefined ? null : `include ${unread.directive.args[0] ?? ''} was not read`,
  };
}

function regexOf(key: string): { pattern: string; caseless: boolean } {
  const caseless = key.startsWith('~*');
  return { pattern: key.slice(caseless ? 2 : 1), caseless };
}

interface Keys {
  readonly exact: Map<string, Entry>;
  readonly heads?: Map<string, Entry>;
  readonly tails?: Map<string, Entry>;
}

/** Keys are compared in lower case: ngx_hash_key_lc. nginx refuses a second one; the first is kept here. */
function addKey(text: string, entry: Entry, { exact, heads, tails }: Keys): void {
  const key = text.toLowerCase();
  if (heads !== undefined && key.startsWith('*.')) add(heads, key.slice(2), entry);
  else if (tails !== undefined && key.endsWith('.*')) add(tails, key.slice(0, -2), entry);
  else if (heads !== undefined && key.startsWith('.')) {
    add(heads, key.slice(1), entry);
    add(exact, key.slice(1), entry);
  } else add(exact, key, entry);
}

function add(map: Map<string, Entry>, key: string, entry: Entry): void {
  if (!map.has(key)) map.set(key, entry);
}

type Lines = Pick<ValueMap, 'exact' | 'heads' | 'tails' | 'regexes' | 'fallback'>;

function uniformOf(map: Lines): string | null {
  const common = map.fallback === null ? '' : map.fallback.value.constant;
  if (common === null) return null;
  for (const entries of [map.exact.values(), map.heads.values(), map.tails.values(), map.regexes])
    for (const entry of entries) if (entry.value.constant !== common) return null;
  return common;
}

/** Looks a known key up. Unknown when a regex in the way cannot be judged. */
export function lookUp(map: ValueMap, text: string): Found | Unknown {
  const subject = map.hostnames && text.endsWith('.') ? text.slice(0, -1) : text;
  const key = subject.toLowerCase();
  const entry = map.exact.get(key) ?? (map.hostnames && key !== '' ? wildcard(map, key) : undefined);
  if (entry !== undefined) return { entry, match: null };
  for (const { written, compiled } of map.sifted.candidates(subject)) {
    const match = matchWith(compiled, written.pattern, subject);
    if (match !== null && 'unknown' in match) return match;
    if (match !== null) return { entry: written, match };
  }
  if (map.unread !== null) return unknown(map.unread);
  return { entry: map.fallback, match: null };
}

/** The longest `*.x` that fits, then the longest `x.*`: ngx_hash_find_combined. */
function wildcard(map: ValueMap, name: string): Entry | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const entry = dot > 0 ? map.heads.get(name.slice(dot + 1)) : undefined;
    if (entry !== undefined) return entry;
  }
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const entry = map.tails.get(name.slice(0, dot));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The template that yields the map's value for a source value, with what the look-up did to the captures. */
export function chooseEntry(map: ValueMap, source: Value): Found | Unknown {
  if (isKnown(source)) return lookUp(map, source);
  if (map.uniform !== null) {
    return { entry: map.fallback ?? firstOf(map), match: null };
  }
  return source;
}

function firstOf(map: ValueMap): Entry | null {
  for (const entry of map.exact.values()) return entry;
  return map.regexes[0] ?? null;
}

export const EMPTY_TEMPLATE: Template = compileTemplate('');
