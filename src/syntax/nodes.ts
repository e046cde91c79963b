import type { Source, Span } from '../text/source';

/** One word of a directive: its span with quotes, and its value as nginx's reader hands it to the directive. */
export interface Word extends Span {
  /** `"`, `'` or empty. */
  readonly quote: string;
  /** Escapes decoded as ngx_conf_read_token does: `\" \' \\ \t \r \n`; any other backslash stays. */
  readonly value: string;
}

/** The braces of a block directive. */
export interface Block {
  /** Offset of `{`. */
  readonly open: number;
  /** Offset of `}`; -1 when the file ends before it. */
  readonly close: number;
  readonly directives: readonly Directive[];
  /** A `*_by_lua_block` body: its text is Lua, `directives` is empty. */
  readonly lua: boolean;
}

export interface Directive extends Span {
  readonly name: string;
  /** Values of the words after the name. */
  readonly args: readonly string[];
  /** `words[0]` is the name. */
  readonly words: readonly Word[];
  readonly block: Block | null;
  /** False when the `;` is missing and the parser recovered. */
  readonly terminated: boolean;
}

/** What nginx would refuse to read, in nginx's own words without `[emerg]` and ` in file:line`. */
export interface SyntaxFault extends Span {
  readonly message: string;
  /** The line nginx would name: where its reader stands when it notices. */
  readonly line: number;
}

export interface SyntaxTree {
  readonly source: Source;
  readonly directives: readonly Directive[];
  /** `#` up to, not including, the line's LF (and a CR before it). */
  readonly comments: readonly Span[];
  readonly faults: readonly SyntaxFault[];
}
