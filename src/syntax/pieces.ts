import type { Source } from '../text/source';
import { CLOSE, COMMENT, END, LUA, OPEN, WORD, tokenize } from './tokenize';
import type { Tokens } from './tokenize';

/** What stands between two blank lines: read once, however many files hold it. */
export interface Piece {
  /** The same for pieces that differ in what comments say and in words that make no difference, and in nothing else. */
  readonly kind: number;
  /** Words that make no difference between pieces of one kind, in order: server names, and paths of files. */
  readonly words: readonly string[];
  /** Those among them that name servers, in lower case. */
  readonly serverNames: readonly string[];
  /** What its include directives name. */
  readonly includes: readonly string[];
  /** How much deeper the blocks are behind it, and how far it goes up in between (0 or less). */
  readonly deeper: number;
  readonly lowest: number;
  /** Start and end of each token but comments: in pieces of one kind the same tokens. */
  readonly tokens: Int32Array;
}

export interface Pieces {
  readonly texts: readonly string[];
  readonly pieces: readonly Piece[];
}

const piecesOf = new WeakMap<Source, Pieces | null>();

/**
 * A file as pieces; null where it cannot be taken apart that way: a directive goes on over a blank line, blocks are left
 * open, it is a template, or a comment in it speaks to this tool. Of 2,000 server files that a program wrote, most
 * consist of pieces that were met before: to look these up takes a fifth of the time of reading them (measured).
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
  if (source.placeholders.length > 0) return null;
  const texts = source.code.split('\n\n');
  const pieces: Piece[] = [];
  let depth = 0;
  for (const text of texts) {
    const piece = pieceOf(text);
    if (piece === null || depth + piece.lowest < 0) return null;
    depth += piece.deeper;
    pieces.push(piece);
  }
  return depth === 0 ? { texts, pieces } : null;
}

/** Texts of pieces are parts of sources, which are kept anyway; only a hostile tree has more of them than this. */
const KEEP = 200_000;
const known = new Map<string, Piece | null>();
const kinds = new Map<string, number>();
let nextKind = 0;

function pieceOf(text: string): Piece | null {
  let piece = known.get(text);
  if (piece === undefined) {
    piece = readPiece(text);
    if (known.size >= KEEP) known.clear();
    known.set(text, piece);
  }
  return piece;
}

/** Numbers are never used again: pieces of a former kind may still be around. */
function kindOf(key: string): number {
  let kind = kinds.get(key);
  if (kind === undefined) {
    if (kinds.size >= KEEP) kinds.clear();
    kind = nextKind++;
    kinds.set(key, kind);
  }
  return kind;
}

function readPiece(text: string): Piece | null {
  if (text.includes('nginx-ws-lint')) return null;
  const read = tokenize(text);
  if (read.faults.length > 0) return null;
  const reader = new PieceReader(text, read);
  return reader.read() ? reader.piece() : null;
}

class PieceReader {
  private readonly words: string[] = [];
  private readonly serverNames: string[] = [];
  private readonly includes: string[] = [];
  /** The text, without words that make no difference and what comments say. No part of it is empty but for these. */
  private readonly key: string[] = [];
  private readonly tokens: Int32Array;
  private statement: string[] = [];
  private count = 0;
  private depth = 0;
  private lowest = 0;

  constructor(
    private readonly text: string,
    private readonly found: Tokens,
  ) {
    this.tokens = new Int32Array((found.length / 3) * 2);
  }

  /** Whether it begins and ends between directives. */
  read(): boolean {
    const { data, length } = this.found;
    let at = 0;
    for (let index = 0; index < length; index += 3) {
      const kind = data[index] ?? 0;
      const start = data[index + 1] ?? 0;
      const end = data[index + 2] ?? 0;
      this.key.push(this.text.slice(at, start));
      at = end;
      if (kind === COMMENT) this.key.push('#');
      else if (!this.take(kind, start, end)) return false;
    }
    this.key.push(this.text.slice(at));
    return this.statement.length === 0;
  }

  private take(kind: number, start: number, end: number): boolean {
    this.tokens[this.count++] = start;
    this.tokens[this.count++] = end;
    if (kind === WORD) {
      this.statement.push(this.text.slice(start, end));
      return true;
    }
    return kind === CLOSE ? this.leave() : kind !== LUA && this.close(kind);
  }

  private leave(): boolean {
    this.key.push('}');
    this.depth -= 1;
    this.lowest = Math.min(this.lowest, this.depth);
    return this.statement.length === 0;
  }

  private close(kind: number): boolean {
    const [name, ...words] = this.statement;
    this.statement = [];
    if (name === undefined || name === 'geo' || !isPlain(name)) return false; // geo has includes of its own kind
    if (kind === OPEN) this.depth += 1;
    else if (name === 'include' && !this.include(words)) return false;
    this.compare(name, words);
    this.key.push(kind === END ? ';' : '{');
    return true;
  }

  private include([pattern = '', ...more]: readonly string[]): boolean {
    this.includes.push(pattern);
    return pattern !== '' && isPlain(pattern) && more.length === 0;
  }

  private compare(name: string, words: readonly string[]): void {
    const [first = '', ...rest] = words;
    if (name === 'server_name' && words.length > 0 && words.every((word) => PLAIN_NAME.test(word))) {
      this.words.push(...words);
      this.serverNames.push(...words.map((word) => word.toLowerCase()));
      this.key.push(name, '', String(words.length));
    } else if (FILES.has(name) && PLAIN_PATH.test(first)) {
      this.words.push(first);
      this.key.push(name, '', ...rest);
    } else this.key.push(name, ...words);
  }

  piece(): Piece {
    const { words, serverNames, includes, depth, lowest } = this;
    const tokens = this.tokens.subarray(0, this.count);
    return { kind: kindOf(this.key.join('\0')), words, serverNames, includes, deeper: depth, lowest, tokens };
  }
}

/** Directives whose first word names a file, and nothing else that anybody here looks at. */
const FILES: ReadonlySet<string> = new Set([
  'root',
  'access_log',
  'error_log',
  'ssl_certificate',
  'ssl_certificate_key',
  'ssl_trusted_certificate',
  'auth_basic_user_file',
]);

/** No variable, no quote, no placeholder that sed fills in. */
const PLAIN_PATH = /^\/[\w./-]*[\w-]$/;
/** An exact name: no wildcard, no regex, no variable. */
const PLAIN_NAME = /^[a-z0-9](?:[a-z0-9-]*\.)*[a-z0-9-]*[a-z0-9]$/i;

/** What stands there is what nginx reads. */
function isPlain(word: string): boolean {
  return !/^["']|\\/.test(word);
}
