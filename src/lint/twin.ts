import { tokenEdges } from '../syntax/pieces';
import type { Pieces } from '../syntax/pieces';
import type { FileEdit } from '../text/edit';
import type { Place, Span } from '../text/source';

/** A file that is like another: where its places and words are found again. */
export interface Twin {
  readonly file: string;
  /** Null where the place begins or ends within a word, or in what makes the two differ. */
  readonly place: (span: Span) => Place | null;
  /** Null where the texts around differ: an edit imitates them. */
  readonly edit: (edit: Span & { readonly text: string }) => FileEdit | null;
  /** A word of the model as this file has it. */
  readonly word: (word: string) => string;
}

/** Between pieces stand the two line feeds that part them. */
const GAP = 2;

/** The same file in both roles is its own twin. */
export function twinOf(model: Pieces, file: string, other: Pieces): Twin {
  const from = startsOf(model);
  const to = startsOf(other);
  const words = new Map<string, string>();
  for (const [index, piece] of model.pieces.entries()) {
    const counterpart = other.pieces[index]?.words ?? [];
    for (const [at, word] of piece.words.entries()) words.set(word, counterpart[at] ?? word);
  }

  const moved = (offset: number, edge: 0 | 1): number | null => {
    const index = pieceAt(from, offset);
    const shift = (to[index] ?? 0) - (from[index] ?? 0);
    const piece = model.pieces[index];
    const counterpart = other.pieces[index];
    if (piece === undefined || counterpart === undefined) return null;
    if (piece === counterpart) return offset + shift;
    const token = tokenEdges(model.texts[index] ?? '', edge).indexOf(offset - (from[index] ?? 0));
    return token < 0 ? null : (to[index] ?? 0) + (tokenEdges(other.texts[index] ?? '', edge)[token] ?? 0);
  };

  return {
    file,
    place: ({ start, end }) => {
      const [first, last] = [moved(start, 0), moved(end, 1)];
      return first === null || last === null ? null : { file, start: first, end: last };
    },
    edit: ({ start, end, text }) => {
      const index = pieceAt(from, start);
      const within = index === pieceAt(from, end) && model.pieces[index] === other.pieces[index];
      const shift = (to[index] ?? 0) - (from[index] ?? 0);
      return within ? { file, start: start + shift, end: end + shift, text } : null;
    },
    word: (word) => words.get(word) ?? word,
  };
}

function startsOf({ texts }: Pieces): readonly number[] {
  let at = 0;
  return texts.map((text) => {
    const start = at;
    at += text.length + GAP;
    return start;
  });
}

/** The last piece that starts at or before the offset. */
function pieceAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
