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
    const texts = [model.texts[index] ?? '', other.texts[index] ?? ''] as const;
    const same = model.pieces[index] === other.pieces[index];
    const there = same ? within : offsetIn(texts[0], texts[1], within);
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

/** In a text of the same tokens: as far behind the start or end of the same one, if all is the same up to there. */
function offsetIn(text: string, other: string, offset: number): number | null {
  const edges = tokenEdges(text);
  const edge = lastUpTo(edges, offset);
  const from = edges[edge] ?? 0;
  if (offset < from) return text.slice(0, offset) === other.slice(0, offset) ? offset : null;
  const to = tokenEdges(other)[edge] ?? 0;
  const between = offset - from;
  return text.slice(from, offset) === other.slice(to, to + between) ? to + between : null;
}
