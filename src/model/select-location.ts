import { spend } from './effort';
import { locationPrefix } from './location-prefix';
import { locationWords } from './location-words';
import { isRegex, matchRegex } from './regex/regex';
import type { RegexMatch } from './regex/regex';
import { sieve } from './regex/sieve';
import type { Sieve, Sifted } from './regex/sieve';
import { PASSES } from './routes';
import type { Scope, Setting } from './scope';
import { wordBytes } from './template';

/** The location that takes a URI. */
export interface LocationChoice {
  /** Null: none does, the server's own settings apply. */
  readonly location: Scope | null;
  /**
   * The URI lacks the slash that this location ends with, and it proxies: 301 to its name with the slash, and the
   * arguments. No regex is asked then (`internal` is, and answers 404 before).
   */
  readonly autoRedirect: boolean;
  /** Every regex that matched, in order: the last one sets `$1`..., each its named captures. */
  readonly matches: readonly RegexMatch[];
  /** How nginx came there, with each location's own directive. */
  readonly steps: readonly { readonly what: string; readonly setting: Setting | null }[];
  /** Why it cannot be known which location it is. */
  readonly unknown: string | null;
}

interface RegexLocation {
  readonly scope: Scope;
  readonly pattern: string;
  readonly caseless: boolean;
}

/** The locations of one level, ready for look-ups. */
interface Level {
  readonly exact: ReadonlyMap<string, Scope>;
  readonly prefixes: ReadonlyMap<string, Scope>;
  /** Lengths of the prefixes, longest first. */
  readonly lengths: readonly number[];
  readonly regexes: Sieve<RegexLocation>;
  readonly named: ReadonlyMap<string, Scope>;
}

/**
 * Finds the location of a normalised URI among those of a server, as ngx_http_core_find_location does: the exact one;
 * else the longest prefix, then the same inside it, then the regexes level by level outwards, but not at a level whose
 * prefix is `^~`. A regex that matches decides; its own locations are searched in turn.
 */
export function selectLocation(server: Scope, uri: string): LocationChoice {
  return new Search(uri).from(server);
}

/** The location `@name`, which stands at server level. */
export function namedLocation(server: Scope, name: string): Scope | null {
  return levelOf(server).named.get(name) ?? null;
}

type Static = { readonly kind: 'exact' | 'redirect' | 'prefix'; readonly scope: Scope };

class Search {
  private location: Scope | null = null;
  private redirect = false;
  private readonly matches: RegexMatch[] = [];
  private readonly steps: { what: string; setting: Setting | null }[] = [];

  constructor(private readonly uri: string) {}

  from(server: Scope): LocationChoice {
    let level: Scope | null = server;
    while (level !== null) {
      const found: Scope | null | { readonly unknown: string } = this.within(level);
      if (found !== null && 'unknown' in found) return this.result(found.unknown);
      level = found;
    }
    return this.result(null);
  }

  /** Searches a level and what its prefixes lead into; answers the regex location to go on in. */
  private within(level: Scope): Scope | null | { readonly unknown: string } {
    const levels: { readonly level: Scope; readonly regexes: boolean }[] = [];
    for (let inner = level; ;) {
      spend(1);
      const found = findStatic(levelOf(inner), this.uri);
      if (found === null) {
        levels.push({ level: inner, regexes: true });
        break;
      }
      this.take(found.scope, WHY[found.kind]);
      this.redirect = found.kind === 'redirect';
      if (found.kind !== 'prefix') return null;
      levels.push({ level: inner, regexes: locationWords(found.scope).modifier !== '^~' });
      inner = found.scope;
    }
    return this.byRegex(levels);
  }

  /** Innermost level first. */
  private byRegex(levels: readonly { level: Scope; regexes: boolean }[]): Scope | null | { readonly unknown: string } {
    for (const { level, regexes } of levels.toReversed()) {
      if (!regexes) continue;
      for (const regex of levelOf(level).regexes.candidates(this.uri)) {
        const match = matchOf(regex, this.uri);
        if (match === null) continue;
        if ('unknown' in match) return match;
        this.matches.push(match);
        this.take(regex.written.scope, 'the first regex that matches');
        return regex.written.scope;
      }
    }
    return null;
  }

  private take(scope: Scope, why: string): void {
    this.location = scope;
    this.steps.push({ what: `${label(scope)}: ${why}`, setting: scope.opener });
  }

  private result(unknown: string | null): LocationChoice {
    const { location, redirect, matches, steps } = this;
    return { location, autoRedirect: redirect && unknown === null, matches, steps, unknown };
  }
}

const WHY = {
  exact: 'exactly this URI',
  redirect: 'this URI with a slash at its end',
  prefix: 'the longest prefix',
} as const;

function label(scope: Scope): string {
  const { modifier, pattern } = locationWords(scope);
  return `location ${modifier === '' || modifier === '@' ? '' : `${modifier} `}${pattern}`;
}

function matchOf(
  { written: { scope }, compiled }: Sifted<RegexLocation>,
  uri: string,
): RegexMatch | null | { readonly unknown: string } {
  if (!isRegex(compiled)) {
    const reason = 'invalid' in compiled ? compiled.invalid : `${compiled.unsupported} is not covered here`;
    return { unknown: `whether ${label(scope)} matches is not known: ${reason}` };
  }
  const match = matchRegex(compiled, uri);
  return match === 'unknown' ? { unknown: `${label(scope)} takes too many steps` } : match;
}

/** ngx_http_core_find_static_location: the tree there answers what these maps do. */
function findStatic(level: Level, uri: string): Static | null {
  const exact = level.exact.get(uri);
  if (exact !== undefined) return { kind: 'exact', scope: exact };
  const same = level.prefixes.get(uri);
  if (same !== undefined) return { kind: 'prefix', scope: same };
  const slashed = withSlash(level, `${uri}/`);
  if (slashed !== null) return { kind: 'redirect', scope: slashed };
  for (const length of level.lengths) {
    const scope = length < uri.length ? level.prefixes.get(uri.slice(0, length)) : undefined;
    if (scope !== undefined) return { kind: 'prefix', scope };
  }
  return null;
}

/** A location of this name, exact or prefix, where one of the two proxies. */
function withSlash(level: Level, name: string): Scope | null {
  const exact = level.exact.get(name);
  const prefix = level.prefixes.get(name);
  const proxies = [exact, prefix].some((scope) => scope !== undefined && handsOver(scope));
  return proxies ? (exact ?? prefix ?? null) : null;
}

function handsOver(scope: Scope): boolean {
  return PASSES.some((name) => scope.own(name).length > 0);
}

const levels = new WeakMap<Scope, Level>();
/** Most locations hold no others. */
const NO_LOCATIONS: Level = {
  exact: new Map(),
  prefixes: new Map(),
  lengths: [],
  regexes: sieve([]),
  named: new Map(),
};

function levelOf(scope: Scope): Level {
  let level = levels.get(scope);
  if (level === undefined) {
    level = scope.children.some(({ kind }) => kind === 'location') ? indexLevel(scope) : NO_LOCATIONS;
    levels.set(scope, level);
  }
  return level;
}

/**
 * nginx refuses a second location of the same name; the first is kept here. Inside a regex location only regexes count:
 * nginx takes those apart before it builds the trees, so that no tree is built for what they hold (measured).
 */
function indexLevel(level: Scope): Level {
  const withinRegex = level.kind === 'location' && locationWords(level).modifier.startsWith('~');
  const exact = new Map<string, Scope>();
  const prefixes = new Map<string, Scope>();
  const named = new Map<string, Scope>();
  const regexes: RegexLocation[] = [];
  for (const scope of level.children) {
    if (scope.kind !== 'location') continue;
    const { modifier } = locationWords(scope);
    const pattern = modifier.startsWith('~') || modifier === '@' ? patternOf(scope) : locationPrefix(scope);
    if (modifier.startsWith('~')) regexes.push({ scope, pattern, caseless: modifier === '~*' });
    else if (!withinRegex) addFirst(modifier === '=' ? exact : modifier === '@' ? named : prefixes, pattern, scope);
  }
  const lengths = [...new Set([...prefixes.keys()].map((prefix) => prefix.length))].sort((a, b) => b - a);
  return { exact, prefixes, lengths, regexes: sieve(regexes), named };
}

function patternOf(scope: Scope): string {
  return scope.opener === null ? '' : wordBytes(scope.opener, locationWords(scope).pattern);
}

function addFirst(map: Map<string, Scope>, name: string, scope: Scope): void {
  if (!map.has(name)) map.set(name, scope);
}
