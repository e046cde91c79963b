import type { Edit } from './edit';

/** A run of a text made by edits: either kept from the original, or new. */
type Piece =
  | { readonly kept: true; readonly start: number; readonly end: number }
  | { readonly kept: false; readonly text: string };

/** The edits on `original` that do in one go what `first`, and then `second` on its outcome, do. Linear. */
export function composeEdits(original: string, first: readonly Edit[], second: readonly Edit[]): Edit[] {
  const pieces = cut(piecesOf(original, first), second);
  return editsOf(original, pieces);
}

/** The edits on the outcome that lead back to `original`. */
export function invertEdits(original: string, edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: original.slice(edit.start, edit.end) };
  });
}

/** As applyEdits orders them; insertions at one point stay in the order given. */
function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

function piecesOf(original: string, edits: readonly Edit[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start > at) pieces.push({ kept: true, start: at, end: edit.start });
    if (edit.text !== '') pieces.push({ kept: false, text: edit.text });
    at = edit.end;
  }
  if (at < original.length) pieces.push({ kept: true, start: at, end: original.length });
  return pieces;
}

function lengthOf(piece: Piece): number {
  return piece.kept ? piece.end - piece.start : piece.text.length;
}

function part(piece: Piece, from: number, to: number): Piece {
  if (!piece.kept) return { kept: false, text: piece.text.slice(from, to) };
  return { kept: true, start: piece.start + from, end: piece.start + to };
}

function cut(pieces: readonly Piece[], edits: readonly Edit[]): Piece[] {
  const made: Piece[] = [];
  let index = 0;
  let inside = 0; // how much of pieces[index] is used up
  let at = 0; // offset in the text that the pieces make
  const advance = (target: number, keep: boolean): void => {
    while (at < target) {
      const piece = pieces[index];
      if (piece === undefined) throw new RangeError(`edit beyond the end of the text: ${target}`);
      const take = Math.min(target - at, lengthOf(piece) - inside);
      if (keep) made.push(part(piece, inside, inside + take));
      at += take;
      inside += take;
      if (inside === lengthOf(piece)) {
        index += 1;
        inside = 0;
      }
    }
  };
  for (const edit of inOrder(edits)) {
    if (edit.start < at) throw new RangeError(`edits overlap at offset ${edit.start}`);
    advance(edit.start, true);
    if (edit.text !== '') made.push({ kept: false, text: edit.text });
    advance(edit.end, false);
  }
  for (let piece = pieces[index]; piece !== undefined; piece = pieces[index]) {
    advance(at + lengthOf(piece) - inside, true);
  }
  return made;
}

function editsOf(original: string, pieces: readonly Piece[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let text = '';
  const flush = (end: number): void => {
    const edit = narrowed(original, { start: at, end, text });
    if (edit.end > edit.start || edit.text !== '') edits.push(edit);
    text = '';
  };
  for (const piece of pieces) {
    if (!piece.kept) {
      text += piece.text;
      continue;
    }
    flush(piece.start);
    at = piece.end;
  }
  flush(original.length);
  return edits;
}

/** Without what the edit puts back as it was, so that undoing a change leaves no edit. */
function narrowed(original: string, edit: Edit): Edit {
  let { start, end, text } = edit;
  while (start < end && text !== '' && original[start] === text[0]) {
    start += 1;
    text = text.slice(1);
  }
  while (start < end && text !== '' && original[end - 1] === text[text.length - 1]) {
    end -= 1;
    text = text.slice(0, -1);
  }
  return { start, end, text };
}
