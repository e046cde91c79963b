import type { Span } from '../text/source';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSING_PAREN,
  CR,
  DOLLAR,
  HASH,
  OPEN_BRACE,
  SEMICOLON,
  isQuote,
  isSpace,
} from './characters';
import { endOfLua } from './lua';

/** Kinds of token. White space is what lies between tokens; `listTokens` names it. */
export const WORD = 1;
export const COMMENT = 2;
export const OPEN = 3;
export const CLOSE = 4;
export const END = 5;
export const LUA = 6;

/**
 * Tokens as triples kind, start, end: objects would cost more than all the reading. `data` is good until the next text
 * is read: thousands of files use the same memory.
 */
export interface Tokens {
  readonly data: Int32Array;
  /** Numbers in use: three a token. */
  readonly length: number;
  /** What the reader itself refuses, in order. */
  readonly faults: readonly TokenFault[];
}

export interface TokenFault extends Span {
  readonly message: string;
  /** Offset at which nginx's reader stands when it notices: decides the line it names. */
  readonly noticed: number;
}

/** nginx reads through a buffer of this many bytes: no word and no comment may be longer (NGX_CONF_BUFFER). */
const BUFFER = 4096;

let memory = new Int32Array(1 << 14);

/** nginx's ngx_conf_read_token, without stopping at the first fault. */
export function tokenize(code: string): Tokens {
  const length = code.length;
  const faults: TokenFault[] = [];
  let data = memory;
  let used = 0;
  const push = (kind: number, start: number, end: number): void => {
    if (used + 3 > data.length) {
      memory = new Int32Array(data.length * 2);
      memory.set(data);
      data = memory;
    }
    data[used] = kind;
    data[used + 1] = start;
    data[used + 2] = end;
    used += 3;
  };

  let statement = -1; // token index of the current directive's first word
  let at = 0;
  while (at < length) {
    const character = code.charCodeAt(at);
    if (isSpace(character)) {
      at++;
    } else if (character === HASH) {
      const end = endOfComment(code, at);
      checkComment(code, at, end, faults);
      push(COMMENT, at, end);
      at = end;
    } else if (character === SEMICOLON) {
      push(END, at, ++at);
      statement = -1;
    } else if (character === CLOSE_BRACE) {
      push(CLOSE, at, ++at);
      statement = -1;
    } else if (character === OPEN_BRACE) {
      push(OPEN, at, ++at);
      if (statement >= 0 && opensLua(code, data[statement + 1] ?? 0, data[statement + 2] ?? 0)) {
        const end = endOfLua(code, at);
        push(LUA, at, end < 0 ? length : end);
        at = end < 0 ? length : end;
      }
      statement = -1;
    } else {
      const start = at;
      at = isQuote(character) ? endOfQuoted(code, at, faults) : endOfPlain(code, at);
      if (at - start > BUFFER / 3) checkWord(code, start, at, faults);
      if (statement < 0) statement = used;
      push(WORD, start, at);
    }
  }
  return { data, length: used, faults };
}

function opensLua(code: string, start: number, end: number): boolean {
  return code.startsWith('_by_lua_block', end - 13) && end - 13 > start;
}

function endOfComment(code: string, at: number): number {
  const lineFeed = code.indexOf('\n', at);
  if (lineFeed < 0) return code.length;
  return code.charCodeAt(lineFeed - 1) === CR ? lineFeed - 1 : lineFeed;
}

/** A quoted word ends at its quote; only space, `;`, `{` and `)` may follow it. */
function endOfQuoted(code: string, start: number, faults: TokenFault[]): number {
  const quote = code.charCodeAt(start);
  for (let at = start + 1; at < code.length; at++) {
    const character = code.charCodeAt(at);
    if (character === BACKSLASH) at++;
    else if (character === quote) {
      checkAfterQuote(code, at + 1, faults);
      return at + 1;
    }
  }
  return code.length;
}

function checkAfterQuote(code: string, at: number, faults: TokenFault[]): void {
  if (at >= code.length) return;
  const next = code.charCodeAt(at);
  if (isSpace(next) || next === SEMICOLON || next === OPEN_BRACE || next === CLOSING_PAREN) return;
  faults.push({ message: `unexpected "${code.charAt(at)}"`, start: at, end: at + 1, noticed: at });
}

/** A plain word goes on to white space, `;` or `{`; a `{` after `$` belongs to it, and so do quotes, `#` and `}`. */
function endOfPlain(code: string, start: number): number {
  const length = code.length;
  let at = start;
  let afterDollar = false;
  while (at < length) {
    const character = code.charCodeAt(at);
    if (character === OPEN_BRACE && afterDollar) {
      at++;
      continue;
    }
    if (isSpace(character) || character === SEMICOLON || character === OPEN_BRACE) break;
    afterDollar = character === DOLLAR;
    at += character === BACKSLASH ? 2 : 1;
  }
  return at > length ? length : at;
}

function checkWord(code: string, start: number, end: number, faults: TokenFault[]): void {
  const quote = code.charAt(start);
  const quoted = isQuote(code.charCodeAt(start));
  const from = quoted ? start + 1 : start;
  const closed = quoted && end - start > 1 && code.charAt(end - 1) === quote;
  if (byteLength(code, from, closed ? end - 1 : end) < BUFFER) return;
  const message = quoted
    ? `too long parameter, probably missing terminating "${quote}" character`
    : `too long parameter "${code.slice(start, start + 10)}..." started`;
  faults.push({ message, start, end, noticed: start });
}

/** nginx keeps a comment in the same buffer: one of 4096 bytes and more is refused, unless the file ends there. */
function checkComment(code: string, start: number, end: number, faults: TokenFault[]): void {
  if (end - start <= BUFFER / 3) return;
  const bytes = byteLength(code, start, code.charCodeAt(end) === CR ? end + 1 : end);
  if (bytes < BUFFER || (bytes === BUFFER && end === code.length)) return;
  const message = `too long parameter "${code.slice(start, start + 10)}..." started`;
  faults.push({ message, start, end, noticed: start });
}

/** Bytes of the text in UTF-8. (A latin1 source never holds a unit above 0xff; there one unit is one byte.) */
function byteLength(code: string, start: number, end: number): number {
  let bytes = end - start;
  for (let at = start; at < end; at++) {
    const unit = code.charCodeAt(at);
    if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit > 0x7f) bytes += 1;
  }
  return bytes;
}

export interface Token extends Span {
  readonly kind: 'space' | 'word' | 'comment' | '{' | '}' | ';' | 'lua';
}

const NAMES = ['space', 'word', 'comment', '{', '}', ';', 'lua'] as const;

/** The flat list that covers every character of the text. */
export function listTokens(code: string): readonly Token[] {
  const { data, length } = tokenize(code);
  const tokens: Token[] = [];
  let at = 0;
  for (let index = 0; index < length; index += 3) {
    const [kind = 0, start = 0, end = 0] = data.subarray(index, index + 3);
    if (start > at) tokens.push({ kind: 'space', start: at, end: start });
    tokens.push({ kind: NAMES[kind] ?? 'space', start, end });
    at = end;
  }
  if (at < code.length) tokens.push({ kind: 'space', start: at, end: code.length });
  return tokens;
}
