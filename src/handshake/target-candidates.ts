import { listensBy, speaksTls } from '../model/listens';
import type { Listen } from '../model/listens';
import { locationPrefix } from '../model/location-prefix';
import { locationWords } from '../model/location-words';
import { compileRegex, isRegex, matchRegex } from '../model/regex/regex';
import type { Regex } from '../model/regex/regex';
import { samplePaths, samplesFor } from '../model/regex/sample';
import type { Route } from '../model/route';
import type { Configuration, Scope } from '../model/scope';
import { wordBytes } from '../model/template';
import { NEWEST } from '../model/version';
import { conditionOf } from './condition';
import { escapeUri } from './escape';
import { referrers } from './target-referrers';

/** A port that a server listens on. */
export interface Port {
  readonly port: number;
  readonly scheme: 'http' | 'https';
}

const NAMES = 3;
const SAMPLES = 4;
/** No more are tried (MOST_TRIES in target.ts). */
const PATHS = 24;
/** Locations that are gone back through, from where requests are sent on to where they come in. */
const MOST_VISITED = 200;

const knownPorts = new WeakMap<Scope, readonly Port[]>();
const knownNames = new WeakMap<Scope, readonly string[]>();

/** Worked out once: a server may have thousands of listens and names, and as many locations that ask. */
function once<T>(known: WeakMap<Scope, T>, server: Scope, work: () => T): T {
  let answer = known.get(server);
  if (answer === undefined) known.set(server, (answer = work()));
  return answer;
}

/** Ports of a server, those with TLS first: browsers prefer wss. */
export function portsOf(configuration: Configuration, server: Scope): readonly Port[] {
  return once(knownPorts, server, () => findPorts(configuration, server));
}

function findPorts(configuration: Configuration, server: Scope): readonly Port[] {
  const ports = new Map<number, Port>();
  for (const listen of listensBy(configuration, server)) {
    if (!listen.quic && listen.port !== null && !ports.has(listen.port))
      ports.set(listen.port, portOf(configuration, listen));
  }
  const all = [...ports.values()];
  return [...all.filter(({ scheme }) => scheme === 'https'), ...all.filter(({ scheme }) => scheme === 'http')];
}

function portOf(configuration: Configuration, { port }: Listen): Port {
  return { port: port ?? 0, scheme: speaksTls(configuration, port ?? 0) ? 'https' : 'http' };
}

/** Names that lead to a server: exact ones, what wildcards and regexes accept, then what a default server may take. */
export function namesOf(server: Scope): readonly string[] {
  return once(knownNames, server, () => [...firstNames(server), 'localhost']);
}

function firstNames(server: Scope): readonly string[] {
  const names: string[] = [];
  for (const { directive } of server.own('server_name')) {
    for (const word of directive.args) {
      names.push(...nameFrom(word.toLowerCase(), word));
      if (names.length >= NAMES) return names.slice(0, NAMES);
    }
  }
  return names;
}

function nameFrom(name: string, word: string): readonly string[] {
  if (word.startsWith('~')) {
    const regex = compileRegex(word.slice(1), true);
    return isRegex(regex) ? samplesFor(regex, 2) : [];
  }
  if (name === '_') return [];
  if (name.startsWith('*.')) return [`www${name.slice(1)}`];
  if (name.startsWith('.')) return [name.slice(1)];
  const plain = name.endsWith('.*') ? `${name.slice(0, -1)}com` : name;
  // A placeholder of a guide, `<your domain>`, is no name that a request could have.
  return /^[\w.-]+$/.test(plain) ? [plain] : [];
}

/** Request targets that could reach a route, the likeliest first. */
export function pathsOf(route: Route): readonly string[] {
  const paths = route.location === null ? ['/', '/ws'] : pathsInto(route.server, route.location);
  const byCondition = route.inner === null ? [] : pathsFor(route.inner);
  const queries = route.inner === null ? [] : queriesFor(route.inner);
  const plain = [...byCondition, ...paths];
  return [...new Set([...plain.flatMap((path) => queries.map((query) => join(path, query))), ...plain])];
}

function join(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/**
 * Paths that a location takes, then those of the locations that lead to it, and so on backwards: a named one has none of
 * its own. On a stack of its own: thousands of locations may each lead to the next.
 */
function pathsInto(server: Scope, location: Scope): readonly string[] {
  const paths = new Set<string>();
  const seen = new Set<Scope>();
  const pending: (Scope | null)[] = [location];
  for (let visited = 0; pending.length > 0 && paths.size < PATHS && visited < MOST_VISITED; visited++) {
    const next = pending.pop() ?? null;
    if (next !== null && seen.has(next)) continue;
    for (const path of next === null ? ['/', '/ws'] : ownPaths(next)) paths.add(path);
    if (next === null) continue;
    seen.add(next);
    for (const scope of leadingTo(server, locationWords(next).pattern).toReversed())
      pending.push(locationAround(scope));
  }
  return [...paths];
}

function ownPaths(location: Scope): readonly string[] {
  const { opener } = location;
  const { modifier, pattern } = locationWords(location);
  if (modifier === '@') return [];
  const paths =
    opener !== null && modifier.startsWith('~')
      ? sampled(wordBytes(opener, pattern), modifier)
      : modifier === '='
        ? [escaped(locationPrefix(location))]
        : under(locationPrefix(location));
  // every URI begins with a slash: `location path` takes none
  return paths.filter((path) => path.startsWith('/'));
}

function escaped(path: string): string {
  return escapeUri(path, NEWEST);
}

function sampled(pattern: string, modifier: string): readonly string[] {
  const regex = compileRegex(pattern, modifier === '~*');
  if (!isRegex(regex)) return [];
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
  const values = condition.operator === '' ? ['1'] : acceptedBy(condition.operator, condition.operand.source);
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
  return acceptedBy(condition.operator, condition.operand.source)
    .filter((path) => path.startsWith('/'))
    .map(escaped);
}

function acceptedBy(operator: string, operand: string): readonly string[] {
  if (operator === '=') return [operand];
  const regex = compileRegex(operand, operator.endsWith('*'));
  return isRegex(regex) ? samplesFor(regex, 2) : [];
}
