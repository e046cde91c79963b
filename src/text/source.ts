import { once } from './once';

/** Half-open range of offsets into one file's text: `start` is in it, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a file. `file` is the key of `Workspace.files`. */
export interface Place extends Span {
  readonly file: string;
}

/**
 * One file as read. `text` holds UTF-16 code units when the bytes are valid UTF-8, otherwise one unit per byte
 * (`encoding` says which), so that writing it back gives the same bytes. A BOM stays in `text`: nginx does not skip it.
 */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
  /** What the tokenizer reads: `text` with a BOM and a template's placeholders masked, of the same length. */
  readonly code: string;
  /** Where a template's placeholders stand; empty for an ordinary file. Edits never touch them. */
  readonly placeholders: readonly Span[];
}

/** Line and column count from 1, columns in units of `Source.text`. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function createSource(path: string, text: string, encoding: Source['encoding'] = 'utf8'): Source {
  return { path, text, encoding, code: text, placeholders: [] };
}

/** Length of the byte order mark that a text begins with, in its units. */
export function markLength({ text, encoding }: Pick<Source, 'text' | 'encoding'>): number {
  if (encoding === 'utf8') return text.startsWith('\ufeff') ? 1 : 0;
  return text.startsWith('\xef\xbb\xbf') ? 3 : 0;
}

/** Offsets at which the lines start; a line ends with its LF, as nginx counts. */
export const lineStarts = once((source: Source): readonly number[] => findLineStarts(source.text));

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  const line = lastUpTo(starts, offset);
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}

/** Index of the last of some ascending numbers that is not above a value; 0 when all are. */
export function lastUpTo(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
