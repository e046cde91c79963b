import { tokenEdges } from '../syntax/pieces';
import type { Pieces } from '../syntax/pieces';
import type { FileEdit } from '../text/edit';
import { lastUpTo } from '../text/source';
import type { Place, Span } from '../text/source';

/** A file that is like another: where its places and words are found again. */
export interface Twin {
  readonly file: string;
  /** Null where the place begins or ends in what makes the two differ. */
  readonly place: (span: Span) => Place | null;
  /** Null also where comments stand beside what differs: an edit imitates its neighbours, and may align with them. */
  readonly edit: (edit: Span & { readonly text: string }) => FileEdit | null;
  /** A word of the model as this file has it. */
  readonly word: (word: string) => string;
}

/** Between pieces stand the two line feeds that part them. */
const GAP = 2;

export function twinOf(model: Pieces, file: string, other: Pieces): Twin {
  const from = startsOf(model);
  const to = startsOf(other);
  const words = new Map<string, string>();
  for (const [index, piece] of model.pieces.entries()) {
    const counterpart = other.pieces[index]?.words ?? [];
    for (const [at, word] of piece.words.entries()) words.set(word, counterpart[at] ?? word);
  }

  const moved = (offset: number): number | null => {
    const index = lastUpTo(from, offset);
    const within = offset - (from[index] ?? 0);
    const same = model.pieces[index] === other.pieces[index];
    const there = same ? within : offsetIn(sideOf(model, index), sideOf(other, index), within);
    return there === null ? null : (to[index] ?? 0) + there;
  };

  const place = ({ start, end }: Span): Place | null => {
    const [first, last] = [moved(start), moved(end)];
    return first === null || last === null ? null : { file, start: first, end: last };
  };

  return {
    file,
    place,
    edit: (edit) => {
      const index = lastUpTo(from, edit.start);
      const plain = model.pieces[index] === other.pieces[index] || model.texts[index]?.includes('#') === false;
      const there = plain && index === lastUpTo(from, edit.end) ? place(edit) : null;
      return there === null ? null : { ...there, text: edit.text };
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

/** A piece's text with the edges of its tokens. */
interface Side {
  readonly text: string;
  readonly edges: readonly number[];
}

const sides = new WeakMap<Pieces, Map<number, Side>>();

/** Read once: a piece may hold thousands of places. */
function sideOf(pieces: Pieces, index: number): Side {
  const known = sides.get(pieces) ?? new Map<number, Side>();
  sides.set(pieces, known);
  let side = known.get(index);
  if (side === undefined) {
    const text = pieces.texts[index] ?? '';
    side = { text, edges: tokenEdges(text) };
    known.set(index, side);
  }
  return side;
}

/** In a text of the same tokens: as far behind the start or end of the same one, if all is the same up to there. */
function offsetIn({ text, edges }: Side, other: Side, offset: number): number | null {
  const edge = lastUpTo(edges, offset);
  const from = edges[edge] ?? 0;
  if (offset < from) return text.slice(0, offset) === other.text.slice(0, offset) ? offset : null;
  const to = other.edges[edge] ?? 0;
  const between = offset - from;
  return text.slice(from, offset) === other.text.slice(to, to + between) ? to + between : null;
}
