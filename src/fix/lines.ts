import type { SyntaxTree } from '../syntax/nodes';
import type { Span } from '../text/source';

/** Offset of the line's first character. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line's end, before its CR LF or LF. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset at which the next line starts. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** The line end in use here: this line's, else the one before's, else the file's first, else LF. */
export function eolAt(text: string, offset: number): string {
  let newline = text.indexOf('\n', offset);
  if (newline < 0 && offset > 0) newline = text.lastIndexOf('\n', offset - 1);
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** Blanks that the line of this offset starts with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(start, end);
}

/** Only blanks stand before it on its line. Looks no further back than needed: one line may be the whole file. */
export function startsLine(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at -= 1) {
    const character = text.charAt(at);
    if (character === '\n') return true;
    if (!isBlank(character)) return false;
  }
  return true;
}

export function isBlank(text: string): boolean {
  return /^\s*$/.test(text);
}

/** The comment at the end of the line of this offset, when nothing but blanks stands between. */
export function commentAfter(tree: SyntaxTree, offset: number): Span | null {
  const comment = firstCommentFrom(tree, offset);
  if (comment === undefined || comment.start > lineEnd(tree.source.text, offset)) return null;
  return isBlank(tree.source.text.slice(offset, comment.start)) ? comment : null;
}

/** The comment whose line this offset is on, wherever it starts in it. */
export function commentOnLine(tree: SyntaxTree, offset: number): Span | null {
  const { text } = tree.source;
  const comment = firstCommentFrom(tree, lineStart(text, offset));
  return comment !== undefined && comment.start <= lineEnd(text, offset) ? comment : null;
}

function firstCommentFrom(tree: SyntaxTree, offset: number): Span | undefined {
  const { comments } = tree;
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return comments[low];
}

/** The last comment inside [from, to). */
export function lastCommentIn(tree: SyntaxTree, from: number, to: number): Span | null {
  let last: Span | null = null;
  const { comments } = tree;
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < to) low = middle + 1;
    else high = middle;
  }
  const candidate = comments[low - 1];
  if (candidate !== undefined && candidate.start >= from) last = candidate;
  return last;
}
