/**
 * One path segment of a glob(3) pattern, as fnmatch(3) with FNM_PERIOD takes it in the C locale (nginx never calls
 * setlocale): bytes, not characters. Strings here hold one byte per unit.
 */

const STAR = -1;
const ANY = -2;

/** A byte, STAR, ANY, or a table of 256 that says which bytes a bracket takes. */
type Piece = number | Uint8Array;

export interface Wildcard {
  readonly pieces: readonly Piece[];
  /** A leading dot is matched by a dot alone. */
  readonly takesDot: boolean;
}

/** Whether glob(3) treats a segment as a pattern: a `[` counts only with a later `]`. */
export function isWildcard(segment: string): boolean {
  let bracket = false;
  for (let at = 0; at < segment.length; at++) {
    const c = segment[at];
    if (c === '*' || c === '?') return true;
    if (c === '\\') at++;
    else if (c === '[') bracket = true;
    else if (c === ']' && bracket) return true;
  }
  return false;
}

/** The name that a segment without wildcards stands for. */
export function unescape(segment: string): string {
  return segment.includes('\\') ? segment.replace(/\\([^])/g, '$1') : segment;
}

/** Null: no name can match (a bad character class, a pattern that ends in a lone backslash). */
export function compileWildcard(segment: string): Wildcard | null {
  const pieces: Piece[] = [];
  for (let at = 0; at < segment.length;) {
    const c = segment[at];
    if (c === '*') {
      if (pieces.at(-1) !== STAR) pieces.push(STAR);
      at++;
    } else if (c === '?') {
      pieces.push(ANY);
      at++;
    } else if (c === '[') {
      const bracket = readBracket(segment, at + 1);
      if (bracket === null) return null;
      pieces.push(bracket.open ? byteAt(segment, at) : bracket.table);
      at = bracket.open ? at + 1 : bracket.end;
    } else {
      if (c === '\\') at++;
      if (at >= segment.length) return null;
      pieces.push(byteAt(segment, at++));
    }
  }
  return { pieces, takesDot: pieces[0] === 0x2e };
}

/** Linear but for the last star: going back to earlier ones finds nothing that the last one does not. */
export function matchesWildcard({ pieces, takesDot }: Wildcard, name: string): boolean {
  if (!takesDot && name.startsWith('.')) return false;
  let at = 0;
  let piece = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const wanted = pieces[piece];
    if (wanted === STAR) {
      star = piece++;
      starAt = at;
    } else if (wanted !== undefined && takes(wanted, name.charCodeAt(at))) {
      piece++;
      at++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pieces[piece] === STAR) piece++;
  return piece === pieces.length;
}

function takes(piece: Piece, byte: number): boolean {
  return typeof piece === 'number' ? piece === byte || piece === ANY : piece[byte] === 1;
}

function byteAt(text: string, at: number): number {
  return text.charCodeAt(at) & 0xff;
}

type Bracket = { readonly open: true } | { readonly open: false; readonly table: Uint8Array; readonly end: number };

/** Reads what follows `[`. `open`: it never closes, then the `[` stands for itself (glibc; older ones match nothing). */
function readBracket(text: string, from: number): Bracket | null {
  const inverted = text[from] === '!' || text[from] === '^';
  const table = new Uint8Array(256);
  let at = inverted ? from + 1 : from;
  for (let first = true; ; first = false) {
    if (at >= text.length) return { open: true };
    if (text[at] === ']' && !first) break;
    const end = readClass(text, at, table) ?? readRange(text, at, table);
    if (end === null) return null;
    at = end;
  }
  if (inverted) table.forEach((taken, byte) => (table[byte] = taken === 1 ? 0 : 1));
  return { open: false, table, end: at + 1 };
}

/** `[:alpha:]`: the offset after it; undefined when it is none; null when there is no such class. */
function readClass(text: string, at: number, table: Uint8Array): number | null | undefined {
  if (text[at] !== '[' || text[at + 1] !== ':') return undefined;
  const match = /^[a-y]*:\]/.exec(text.slice(at + 2, at + 40));
  if (match === null) return undefined;
  const belongs = CLASSES[match[0].slice(0, -2)];
  if (belongs === undefined) return null;
  for (let byte = 0; byte < 128; byte++) if (belongs(byte)) table[byte] = 1;
  return at + 2 + match[0].length;
}

/** A byte or `a-z`: the offset after it; null when the pattern ends inside. */
function readRange(text: string, at: number, table: Uint8Array): number | null {
  const low = readElement(text, at);
  if (low === null) return null;
  if (text[low.end] !== '-' || text[low.end + 1] === ']' || low.end + 1 >= text.length) {
    table[low.byte] = 1;
    return low.end;
  }
  const high = readElement(text, low.end + 1);
  if (high === null) return null;
  for (let byte = low.byte; byte <= high.byte; byte++) table[byte] = 1;
  return high.end;
}

interface Element {
  readonly byte: number;
  readonly end: number;
}

/** A byte as it stands, escaped, or as `[.a.]` or `[=a=]`. */
function readElement(text: string, at: number): Element | null {
  const special = text[at + 1];
  if (text[at] === '[' && (special === '.' || special === '=') && text.startsWith(`${special}]`, at + 3)) {
    return { byte: byteAt(text, at + 2), end: at + 5 };
  }
  const escaped = text[at] === '\\' ? at + 1 : at;
  return escaped < text.length ? { byte: byteAt(text, escaped), end: escaped + 1 } : null;
}

const isLower = (c: number): boolean => c >= 0x61 && c <= 0x7a;
const isUpper = (c: number): boolean => c >= 0x41 && c <= 0x5a;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isAlnum = (c: number): boolean => isLower(c) || isUpper(c) || isDigit(c);
const isGraph = (c: number): boolean => c > 0x20 && c < 0x7f;

/** ctype(3) in the C locale. */
const CLASSES: Readonly<Record<string, (byte: number) => boolean>> = {
  __proto__: null as never,
  alnum: isAlnum,
  alpha: (c) => isLower(c) || isUpper(c),
  blank: (c) => c === 0x20 || c === 0x09,
  cntrl: (c) => c < 0x20 || c === 0x7f,
  digit: isDigit,
  graph: isGraph,
  lower: isLower,
  print: (c) => isGraph(c) || c === 0x20,
  punct: (c) => isGraph(c) && !isAlnum(c),
  space: (c) => c === 0x20 || (c >= 0x09 && c <= 0x0d),
  upper: isUpper,
  xdigit: (c) => isDigit(c) || (c >= 0x61 && c <= 0x66) || (c >= 0x41 && c <= 0x46),
};
