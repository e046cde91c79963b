import type { Source } from '../text/source';
import { isQuote } from './characters';
import { CLOSE, COMMENT, LUA, OPEN, WORD, tokenize } from './tokenize';
import type { Tokens } from './tokenize';

/** An include directive; what would make it another one keeps a file from being taken apart. */
export interface PieceInclude {
  readonly pattern: string;
  readonly globs: true;
  readonly placeholder: false;
}

/** What pieces have in common that differ in what comments say and in words that make no difference, and in nothing else. */
export interface PieceKind {
  /** Never used again. */
  readonly number: number;
  readonly includes: readonly PieceInclude[];
  /** How much deeper the blocks are behind it, and how far it goes up in between (0 or less). */
  readonly deeper: number;
  readonly lowest: number;
}

/** What stands between two blank lines: looked at once, however many files hold it. */
export interface Piece {
  readonly kind: PieceKind;
  /** Words that make no difference, in order: names of servers, paths of files, ports of backends. */
  readonly words: readonly string[];
  /** Those among them that name servers, in lower case. */
  readonly serverNames: readonly string[];
}

export interface Pieces {
  readonly texts: readonly string[];
  readonly pieces: readonly Piece[];
  /** Those of all pieces. */
  readonly includes: readonly PieceInclude[];
}

const piecesOf = new WeakMap<Source, Pieces | null>();

/**
 * A file as pieces; null where it cannot be taken apart that way: a directive goes on over a blank line, blocks are left
 * open, it is a template, or a comment in it speaks to this tool. Of 2,000 server files that a program wrote, most
 * consist of pieces that were met before: to look these up takes six tenths of the time of parsing them (measured), and makes no nodes.
 */
export function piecesIn(source: Source): Pieces | null {
  let found = piecesOf.get(source);
  if (found === undefined) {
    found = takeApart(source);
    piecesOf.set(source, found);
  }
  return found;
}

function takeApart(source: Source): Pieces | null {
  if (source.code !== source.text) return null; // a template, or a byte order mark
  const texts = source.code.split('\n\n');
  const pieces: Piece[] = [];
  const includes: PieceInclude[] = [];
  let depth = 0;
  for (const text of texts) {
    const piece = pieceOf(text);
    if (piece === null || depth + piece.kind.lowest < 0) return null;
    depth += piece.kind.deeper;
    pieces.push(piece);
    for (const include of piece.kind.includes) includes.push(include);
  }
  return depth === 0 ? { texts, pieces, includes } : null;
}

/** Texts of pieces are parts of sources, which are kept anyway; only a hostile tree has more of them than this. */
const KEEP = 200_000;
const known = new Map<string, Piece | null>();
const kinds = new Map<string, PieceKind | null>();
let nextNumber = 0;

function pieceOf(text: string): Piece | null {
  let piece = known.get(text);
  if (piece === undefined) {
    piece = readPiece(text);
    if (known.size >= KEEP) known.clear();
    known.set(text, piece);
  }
  return piece;
}

/**
 * A comment on a line of its own, or a directive with words that make no difference: exact names of servers, paths that
 * nobody here looks at, the port of a backend's address. No variable, no quote, no wildcard.
 */
const FILES = [
  'root',
  'access_log',
  'error_log',
  'ssl_certificate',
  'ssl_certificate_key',
  'ssl_trusted_certificate',
  'auth_basic_user_file',
];
const DIFFERS = new RegExp(
  `^[ \\t]*#.*|(?:^|[;{}])[ \\t]*(server_name|proxy_pass|${FILES.join('|')})[ \\t]+([\\w./:-]+(?:[ \\t]+[\\w.-]+)*)(?=[ \\t]*;)`,
  'gm',
);
const PLAIN_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
const PLAIN_PATH = /^\/[\w./-]*[\w-]$/;
const PLAIN_ADDRESS = /^(https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|localhost):)([1-9]\d{0,3}|[1-5]\d{4})$/;
/** What is longer stays in the key: nginx has a limit, to which it counts. */
const LONG = 1000;

function readPiece(text: string): Piece | null {
  if (text.includes('nginx-ws-lint')) return null;
  const words: string[] = [];
  const serverNames: string[] = [];
  const key = text.replace(DIFFERS, (all: string, name?: string, list?: string) => {
    if (all.length > LONG) return all;
    if (name === undefined || list === undefined) return all.slice(0, all.indexOf('#') + 1);
    const cut = cutOf(name, list.split(/[ \t]+/));
    if (cut === null) return all;
    for (const word of cut) {
      words.push(word);
      if (name === 'server_name') serverNames.push(word.toLowerCase());
    }
    return all.slice(0, all.length - list.length) + keptOf(name, list, cut);
  });
  const kind = kindOf(key, text, words);
  return kind === null ? null : { kind, words, serverNames };
}

/** The words of a directive, or parts of them, that make no difference; null for none. */
function cutOf(name: string, words: readonly string[]): readonly string[] | null {
  const [first = ''] = words;
  if (name === 'server_name') return words.every((word) => PLAIN_NAME.test(word)) ? words : null;
  if (FILES.includes(name)) return PLAIN_PATH.test(first) ? [first] : null;
  const port = name === 'proxy_pass' && words.length === 1 ? PLAIN_ADDRESS.exec(first)?.[2] : undefined;
  return port === undefined ? null : [port];
}

/** The words without what was cut out of them. */
function keptOf(name: string, list: string, cut: readonly string[]): string {
  const [first = ''] = cut;
  if (name === 'server_name') return LEFT_OUT.repeat(cut.length);
  if (name === 'proxy_pass') return list.slice(0, list.length - first.length) + LEFT_OUT;
  return LEFT_OUT + list.slice(first.length);
}

/** Stands for words in a key: no text holds a NUL. */
const LEFT_OUT = '\0';

function kindOf(key: string, text: string, words: readonly string[]): PieceKind | null {
  let kind = kinds.get(key);
  if (kind === undefined) {
    kind = new KindReader(text).read(words);
    if (kinds.size >= KEEP) kinds.clear();
    kinds.set(key, kind);
  }
  return kind;
}

/** Reads one piece; what it finds holds for all of the same key. */
class KindReader {
  private readonly includes: PieceInclude[] = [];
  /** Words that a key may leave out. */
  private readonly named: string[] = [];
  private depth = 0;
  private lowest = 0;
  private readonly tokens: Tokens;

  constructor(private readonly text: string) {
    this.tokens = tokenize(text);
  }

  /** Null unless it begins and ends between directives, and what the key leaves out are the words it is taken for. */
  read(words: readonly string[]): PieceKind | null {
    const { data, length, faults } = this.tokens;
    let first = -1; // index of the directive's first token
    for (let index = 0; index < length; index += 3) {
      const kind = data[index] ?? 0;
      if (kind === WORD) {
        if (first < 0) first = index;
      } else if (kind === COMMENT || kind === CLOSE) {
        if (first >= 0) return null;
        if (kind === CLOSE) this.lowest = Math.min(this.lowest, --this.depth);
      } else {
        if (first < 0 || kind === LUA || !this.directive(kind, first, index)) return null;
        first = -1;
      }
    }
    if (first >= 0 || faults.length > 0 || !isPartOf(words, this.named)) return null;
    return { number: nextNumber++, includes: this.includes, deeper: this.depth, lowest: this.lowest };
  }

  /** Whether it is what its text shows: no escapes in its name, no words over several lines. */
  private directive(kind: number, first: number, last: number): boolean {
    const words: string[] = [];
    for (let index = first; index < last; index += 3) words.push(this.word(index));
    const [name = '', pattern = ''] = words;
    // geo has includes of its own; a regular expression takes the last two for line ends
    if (name === 'geo' || !isPlain(name) || words.some((word) => /[\r\n\u2028\u2029]/.test(word))) return false;
    if (kind === OPEN) this.depth += 1;
    for (const word of cutOf(name, words.slice(1)) ?? []) this.named.push(word);
    if (name !== 'include' || kind === OPEN) return true;
    this.includes.push({ pattern, globs: true, placeholder: false });
    return words.length === 2 && isPlain(pattern);
  }

  private word(index: number): string {
    const { data } = this.tokens;
    return this.text.slice(data[index + 1], data[index + 2]);
  }
}

/** Whether all stand in the list, in this order. */
function isPartOf(words: readonly string[], list: readonly string[]): boolean {
  let at = 0;
  for (const word of list) if (word === words[at]) at += 1;
  return at === words.length;
}

/** A word that is as it stands there: no quotes, no escapes. */
function isPlain(word: string): boolean {
  return word !== '' && !isQuote(word.charCodeAt(0)) && !word.includes('\\');
}

/** Where the tokens of a piece start and end, in turn; comments count as what lies between tokens. */
export function tokenEdges(text: string): readonly number[] {
  const { data, length } = tokenize(text);
  const edges: number[] = [];
  for (let index = 0; index < length; index += 3) {
    if (data[index] !== COMMENT) edges.push(data[index + 1] ?? 0, data[index + 2] ?? 0);
  }
  return edges;
}
