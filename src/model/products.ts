import { PRODUCTS } from './data/products';
import { locationWords } from './location-words';
import type { LocationModifier } from './location-words';
import { compileRegex, isRegex, matchRegex } from './regex/regex';
import type { Scope } from './scope';

/** What is known of an application behind nginx. Used to raise confidence and to word advice, never to accuse. */
export interface Product {
  readonly name: string;
  /**
   * Paths of its WebSocket endpoints; `*` is any one segment, and behind a slash at the end something must follow. With
   * `anywhere` they count below any prefix as well (`/app/socket.io/`).
   */
  readonly paths: readonly string[];
  readonly anywhere?: boolean;
  /** False where the path is a word that others use as well: then it is a hint alone. */
  readonly certain: boolean;
  /** Where the paths are written. Each claim below names the place where it was read itself. */
  readonly source: string;
  /** What flows on an idle connection, by default; null: nothing, not always, or not known. */
  readonly ping: Ping | null;
  readonly fallback: Fallback | null;
  /** The requests of one session must reach the same server, says this source. */
  readonly affinity?: string;
  /** The backend compares Origin with Host, by default, says this source. */
  readonly checksOrigin?: string;
  /** The token in Upgrade, where it is not `websocket`. */
  readonly protocol?: { readonly token: string; readonly source: string };
}

export interface Ping {
  /** The longest time between two messages of either side, in milliseconds. */
  readonly every: number;
  readonly source: string;
}

/** What clients use where WebSocket fails: repeated requests, or a response that streams and must not be buffered. */
export interface Fallback {
  readonly kind: 'polling' | 'stream';
  readonly source: string;
}

const CERTAIN = PRODUCTS.filter(({ certain }) => certain);
const byName = new Map(PRODUCTS.map((product) => [product.name, product]));

/** The product of this name; null for none. */
export function productNamed(name: string | null): Product | null {
  return name === null ? null : (byName.get(name) ?? null);
}

/** By modifier and pattern: 2,000 servers have the same few locations. */
const known = new Map<string, string | null>();
const MOST_KNOWN = 5_000;

/** Name of the product whose WebSocket endpoint the location certainly is; null for none known. */
export function productOf(location: Scope): string | null {
  const { modifier, pattern } = locationWords(location);
  const key = `${modifier} ${pattern}`;
  let found = known.get(key);
  if (found === undefined) {
    found = bestProduct(modifier, pattern)?.name ?? null;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, found);
  }
  return found;
}

type Fits = (product: Product, path: readonly string[]) => boolean;

/** Whose path says most, then whose silence is longest: a regex can name several products. */
function bestProduct(modifier: LocationModifier, pattern: string): Product | null {
  if (modifier === '@' || pattern === '') return null;
  const fits = modifier.startsWith('~') ? takenByRegex(modifier, pattern) : withinPrefix(pattern);
  let best: { readonly product: Product; readonly length: number } | null = null;
  for (const product of CERTAIN) {
    const length = longest(product, fits);
    if (length === 0 || (best !== null && length < best.length)) continue;
    if (best === null || length > best.length || silence(product) > silence(best.product)) best = { product, length };
  }
  return best?.product ?? null;
}

/** Number of segments of the product's longest path that fits. */
function longest(product: Product, fits: Fits): number {
  return Math.max(0, ...segmentsFor(product).map((path) => (fits(product, path) ? path.length : 0)));
}

function silence({ ping }: Product): number {
  return ping?.every ?? Number.MAX_SAFE_INTEGER;
}

/** A regex that names the endpoint and takes it. */
function takenByRegex(modifier: string, pattern: string): Fits {
  const ignoresCase = modifier === '~*';
  const words = wordsOf(ignoresCase ? pattern.toLowerCase() : pattern);
  return (_, path) => {
    if (!isNamed(path, words)) return false;
    const regex = compileRegex(pattern, ignoresCase);
    if (!isRegex(regex)) return false;
    const takes = (subject: string): boolean => {
      const match = matchRegex(regex, subject);
      return typeof match === 'object' && match !== null;
    };
    const bare = path.at(-1) === '' ? path.slice(0, -1) : path;
    const example = `/${bare.map((segment) => (segment === '*' ? '1' : segment)).join('/')}`;
    // what takes the path without a slash as well is not written for what lies below it
    return takes(example) ? bare === path : takes(`${example}/`);
  };
}

/**
 * Each word of the path must stand in the regex: `^/api/v[0-9]+/(.*)$` takes /api/v4/websocket as well, and is not
 * written for it. A version may be a class.
 */
function isNamed(path: readonly string[], words: ReadonlySet<string>): boolean {
  return path.every((segment) => !/\w/.test(segment) || /^v\d+$/.test(segment) || words.has(segment));
}

/** The literal words of a regex; `\.` is a dot, other escapes of letters are classes. */
function wordsOf(pattern: string): ReadonlySet<string> {
  const literal = pattern.replace(/\\[a-z]/gi, ' ').replace(/\\/g, '');
  return new Set(literal.split(/[^\w.-]+/).map((word) => word.replace(/^\.+|\.+$/g, '')));
}

function withinPrefix(pattern: string): Fits {
  const given = segmentsOf(pattern.toLowerCase());
  return (product, path) => covers(product, path, given);
}

/** With an empty one for a slash at the end. */
function segmentsOf(path: string): readonly string[] {
  const all = path.split('/');
  return all.filter((segment, index) => segment !== '' || (index > 1 && index === all.length - 1));
}

const segments = new Map<Product, readonly (readonly string[])[]>();

function segmentsFor(product: Product): readonly (readonly string[])[] {
  let found = segments.get(product);
  if (found === undefined) {
    found = product.paths.map(segmentsOf);
    segments.set(product, found);
  }
  return found;
}

/** The prefix is the endpoint, or lies below it; with `anywhere` below a prefix of its own as well. */
function covers(product: Product, wanted: readonly string[], given: readonly string[]): boolean {
  const last = product.anywhere === true ? given.length - wanted.length : 0;
  for (let at = 0; at <= last; at++) {
    if (wanted.every((segment, index) => isLike(segment, given[at + index]))) return true;
  }
  return false;
}

function isLike(wanted: string, given: string | undefined): boolean {
  return wanted === given || wanted === '*' || (wanted === '' && given !== undefined);
}

/** How often the product pings at least, in milliseconds; null when it is not known. */
export function pingOf(product: string | null): number | null {
  return productNamed(product)?.ping?.every ?? null;
}

/** Whether the product falls back to a response that streams (SSE, xhr-streaming), which nginx could hold back. */
export function streamsFallback(product: string | null): boolean {
  return productNamed(product)?.fallback?.kind === 'stream';
}
