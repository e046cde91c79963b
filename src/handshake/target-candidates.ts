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

/** Ports of a server, those with TLS first: browsers prefer wss. */
export function portsOf(configuration: Configuration, server: Scope): readonly Port[] {
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
  const words = server.own('server_name').flatMap((setting) => setting.directive.args);
  const names = words.flatMap((word) => nameFrom(word.toLowerCase(), word)).slice(0, NAMES);
  return [...names, 'localhost'];
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
  const paths = route.location === null ? ['/', '/ws'] : pathsInto(route.server, route.location, new Set());
  const byCondition = route.inner === null ? [] : pathsFor(route.inner);
  const queries = route.inner === null ? [] : queriesFor(route.inner);
  const plain = [...byCondition, ...paths];
  return [...new Set([...plain.flatMap((path) => queries.map((query) => join(path, query))), ...plain])];
}

function join(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/** Paths that a location takes; for a named one, those of the locations that lead to it. */
function pathsInto(server: Scope, location: Scope, seen: Set<Scope>): readonly string[] {
  seen.add(location);
  const { modifier, pattern } = locationWords(location);
  if (modifier === '@') return leadingTo(server, pattern, seen);
  const own = ownPaths(location, modifier, pattern);
  // every URI begins with a slash: `location path` takes none
  return [...own.filter((path) => path.startsWith('/')), ...leadingTo(server, pattern, seen)];
}

function ownPaths(location: Scope, modifier: string, pattern: string): readonly string[] {
  const { opener } = location;
  if (opener !== null && modifier.startsWith('~')) return sampled(wordBytes(opener, pattern), modifier);
  return modifier === '=' ? [escaped(locationPrefix(location))] : under(locationPrefix(location));
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

/** Locations whose try_files, error_page, rewrite or index leads to this one. */
function leadingTo(server: Scope, pattern: string, seen: Set<Scope>): readonly string[] {
  const { exact, variable } = referrers(server);
  const from = [
    ...(exact.get(pattern) ?? []),
    ...variable.filter(({ start }) => pattern.startsWith(start)).map(({ scope }) => scope),
  ];
  return from.flatMap((scope) => {
    const location = locationAround(scope);
    if (location === null) return ['/', '/ws'];
    return seen.has(location) ? [] : pathsInto(server, location, seen);
  });
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
