import { locationPrefix } from '../model/location-prefix';
import { locationWords } from '../model/location-words';
import { compileRegex, isRegex, matchRegex } from '../model/regex/regex';
import type { Regex } from '../model/regex/regex';
import { samplePaths } from '../model/regex/sample';
import type { Scope } from '../model/scope';
import { wordBytes } from '../model/template';
import { once } from '../text/once';

/**
 * What is put behind a path so that other locations do not take it: they look for an extension, for one letter or digit
 * more, for two segments, for a slash at the end.
 */
const ENDINGS = ['', '/', '/a', '/a.b', '/a/b/c', 'x', '/A-1', '0', '/a.b/c/', '.x', '/012', '-ws/x.y'];
const SAMPLES = 8;
/** Of each kind of stem so many are taken. */
const STEMS = 3;
/** Regex locations within each other, past which the outer ones are left out. */
const MOST_DEPTH = 3;

/** Decoded paths that a location may take where its likeliest ones go to others. */
export function furtherPaths(location: Scope): readonly string[] {
  const { modifier } = locationWords(location);
  if (modifier === '=' || modifier === '@') return [];
  const regex = regexOf(location);
  if (modifier.startsWith('~') && regex === null) return [];
  const stems = regex === null ? [locationPrefix(location)] : regexStems(location, regex);
  const endings = stems.slice(0, STEMS).flatMap((stem) => ENDINGS.map((ending) => extended(stem, ending)));
  return [...new Set([...stems, ...endings])].filter((path) => isWithin(location, path));
}

/** Samples of a regex, alone and behind what stands around and beside it. */
function regexStems(location: Scope, regex: Regex, depth = 0): readonly string[] {
  const samples = samplePaths(regex, SAMPLES);
  const ends = [...samples, ...samples.map(withoutFirst), ...ENDINGS];
  const behind = startsOf(location, depth).flatMap((start) => {
    const forms = ends.map((end) => extended(start, end));
    return forms.filter((path) => isWithin(location, path)).slice(0, STEMS);
  });
  return [...samples.slice(0, STEMS), ...behind, ...samples.slice(STEMS)].filter((path) => isWithin(location, path));
}

function startsOf({ parent }: Scope, depth: number): readonly string[] {
  const beside = parent === null ? [] : prefixesIn(parent);
  if (parent?.kind !== 'location' || depth > MOST_DEPTH) return beside;
  const regex = regexOf(parent);
  return [...(regex === null ? [locationPrefix(parent)] : regexStems(parent, regex, depth + 1)), ...beside];
}

/** A few prefix locations of a block: below them nginx looks at regexes, although `^~ /` keeps it from that elsewhere. */
const prefixesIn = once((block: Scope): readonly string[] => {
  const locations = block.children.filter(({ kind }) => kind === 'location');
  return locations
    .filter((location) => locationWords(location).modifier === '')
    .slice(0, STEMS)
    .map(locationPrefix);
});

/** `/b/c` of `/a/b/c`: what takes the place of a first segment that any word may be. */
function withoutFirst(path: string): string {
  return path.slice(Math.max(0, path.indexOf('/', 1)));
}

/** `/a/` and `/b` are `/a/b`, `/a` and `b` are `/ab`. */
function extended(path: string, ending: string): string {
  return path.endsWith('/') && ending.startsWith('/') ? path + ending.slice(1) : path + ending;
}

/** Whether a location and those around it take the path, as far as their own patterns tell. */
function isWithin(location: Scope, path: string): boolean {
  for (let level: Scope | null = location; level?.kind === 'location'; level = level.parent) {
    const regex = regexOf(level);
    if (regex === null ? !path.startsWith(locationPrefix(level)) : !isMatch(regex, path)) return false;
  }
  return path.startsWith('/');
}

function regexOf(location: Scope): Regex | null {
  const { opener } = location;
  const { modifier, pattern } = locationWords(location);
  if (opener === null || !modifier.startsWith('~')) return null;
  const regex = compileRegex(wordBytes(opener, pattern), modifier === '~*');
  return isRegex(regex) ? regex : null;
}

function isMatch(regex: Regex, path: string): boolean {
  const match = matchRegex(regex, path);
  return match !== null && match !== 'unknown';
}
