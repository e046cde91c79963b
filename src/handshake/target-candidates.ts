import { effectiveSetting } from '../model/effective';
import { locationPrefix } from '../model/location-prefix';
import { locationWords } from '../model/location-words';
import { compileRegex, isRegex, matchRegex } from '../model/regex/regex';
import type { Regex } from '../model/regex/regex';
import { samplePaths } from '../model/regex/sample';
import type { Route } from '../model/route';
import type { Scope } from '../model/scope';
import { wordBytes } from '../model/template';
import { NEWEST } from '../model/version';
import { conditionOf } from './condition-of';
import { escapeUri } from './escape';
import { furtherPaths } from './target-further';
import { accepted } from './target-hosts';
import { referrers } from './target-referrers';

const SAMPLES = 4;
/** No more are tried (MOST_TRIES in target.ts). */
const PATHS = 24;
/** Locations that are gone back through, from where requests are sent on to where they come in. */
const MOST_VISITED = 200;

/** Request targets that could reach a route, the likeliest first. */
export function pathsOf(route: Route): readonly string[] {
  const paths = route.location === null ? ['/', '/ws'] : pathsInto(route.server, route.location, ownPaths);
  return withConditions(route, paths);
}

/** More of them, for when other locations take the likely ones. */
export function furtherPathsOf(route: Route): readonly string[] {
  const further = (location: Scope): readonly string[] => furtherPaths(location).map(escaped);
  return route.location === null ? [] : withConditions(route, pathsInto(route.server, route.location, further));
}

function withConditions({ inner }: Route, paths: readonly string[]): readonly string[] {
  if (inner === null) return paths;
  const byCondition = pathsFor(inner);
  const queries = queriesFor(inner);
  const plain = [...byCondition, ...paths];
  return [...new Set([...plain.flatMap((path) => queries.map((query) => join(path, query))), ...plain])];
}

function join(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

type PathsIn = (location: Scope) => readonly string[];

/**
 * Paths that a location takes, then those of the locations that lead to it, and so on backwards: a named or internal one
 * has none of its own. On a stack of its own: thousands of locations may each lead to the next.
 */
function pathsInto(server: Scope, location: Scope, own: PathsIn): readonly string[] {
  const paths = new Set<string>();
  const seen = new Set<Scope>();
  const pending: (Scope | null)[] = [location];
  for (let visited = 0; pending.length > 0 && paths.size < PATHS && visited < MOST_VISITED; visited++) {
    const next = pending.pop() ?? null;
    if (next !== null && seen.has(next)) continue;
    for (const path of next === null ? ['/', '/ws'] : takenBy(next, own)) paths.add(path);
    if (next === null) continue;
    seen.add(next);
    for (const scope of leadingTo(server, locationWords(next).pattern).toReversed())
      pending.push(locationAround(scope));
  }
  return [...paths];
}

function takenBy(location: Scope, own: PathsIn): readonly string[] {
  if (locationWords(location).modifier === '@' || effectiveSetting(location, 'internal') !== null) return [];
  // every URI begins with a slash: `location path` takes none
  return own(location).filter((path) => path.startsWith('/'));
}

function ownPaths(location: Scope): readonly string[] {
  const { opener } = location;
  const { modifier, pattern } = locationWords(location);
  if (opener !== null && modifier.startsWith('~')) return sampled(wordBytes(opener, pattern), modifier);
  return modifier === '=' ? [escaped(locationPrefix(location))] : under(locationPrefix(location));
}

function escaped(path: string): string {
  return escapeUri(path, NEWEST);
}

const sampledOf = new WeakMap<Regex, readonly string[]>();

/** Found once: the same regex stands in thousands of servers. */
function sampled(pattern: string, modifier: string): readonly string[] {
  const regex = compileRegex(pattern, modifier === '~*');
  if (!isRegex(regex)) return [];
  let paths = sampledOf.get(regex);
  if (paths === undefined) sampledOf.set(regex, (paths = sample(regex)));
  return paths;
}

function sample(regex: Regex): readonly string[] {
  const samples = samplePaths(regex, SAMPLES);
  // `\.php$` is written for /index.php: the shortest, /.php, often belongs to another location.
  const named = samples.filter((path) => path.startsWith('/.')).map((path) => `/index${path.slice(1)}`);
  return [...named.filter((path) => isMatch(regex, path)), ...samples].map(escaped);
}

function isMatch(regex: Regex, path: string): boolean {
  const match = matchRegex(regex, path);
  return match !== null && match !== 'unknown';
}

/** A prefix, and paths below it for when a location of its own takes the prefix itself. */
function under(prefix: string): readonly string[] {
  const path = escaped(prefix);
  const query = /(?:socket|engine)\.io/.test(prefix) ? '?EIO=4&transport=websocket' : '';
  const directory = path.endsWith('/') ? path : `${path}/`;
  return [`${path}${query}`, `${directory}ws`, `${directory}x/y`];
}

/** Blocks whose try_files, error_page, rewrite or index leads to this location. */
function leadingTo(server: Scope, pattern: string): readonly Scope[] {
  const found = referrers(server);
  const from = (found.exact.get(pattern) ?? []).slice(0, MOST_VISITED);
  return [...from, ...found.variable(pattern, MOST_VISITED)];
}

function locationAround(scope: Scope): Scope | null {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.kind === 'location') return level;
  }
  return null;
}

/** Queries that make a condition on `$arg_name` or `$args` true. */
function queriesFor(inner: Scope): readonly string[] {
  const condition = inner.opener === null || inner.kind !== 'if' ? null : conditionOf(inner.opener);
  if (condition === null || condition.operator.startsWith('!')) return [];
  const values = condition.operator === '' ? ['1'] : accepted(condition.operator, condition.operand.source);
  if (condition.variable.startsWith('arg_')) {
    return values.map((value) => `${condition.variable.slice(4)}=${value}`);
  }
  return condition.variable === 'args' || condition.variable === 'query_string' ? values : [];
}

/** Paths that make a condition on `$uri` or `$request_uri` true. */
function pathsFor(inner: Scope): readonly string[] {
  const condition = inner.opener === null || inner.kind !== 'if' ? null : conditionOf(inner.opener);
  if (condition === null || condition.operator.startsWith('!')) return [];
  if (!['uri', 'document_uri', 'request_uri'].includes(condition.variable)) return [];
  return accepted(condition.operator, condition.operand.source)
    .filter((path) => path.startsWith('/'))
    .map(escaped);
}
