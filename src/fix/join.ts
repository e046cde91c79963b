import type { FileEdit } from '../text/edit';
import { isInsertion, type Change } from './change';

/** Identical edits once: a map that several repairs need, the opening up of a one-line block. */
export function unique(changes: readonly Change[]): readonly Change[] {
  const seen = new Map<string, Change>();
  for (const change of changes)
    seen.set(`${change.start} ${change.end} ${change.rank} ${change.file}\0${change.text}`, change);
  return [...seen.values()];
}

/** The edits to make at once, by file: insertions at one point joined, what is written first going first. */
export function joinEdits(changes: readonly Change[]): ReadonlyMap<string, readonly FileEdit[]> {
  const byFile = new Map<string, FileEdit[]>();
  const ordered = unique(changes)
    .map((change, order) => ({ change, order }))
    .sort((a, b) => a.change.start - b.change.start || a.change.rank - b.change.rank || a.order - b.order);
  for (const { change } of ordered) {
    const { file, start, end, text } = change;
    const edits = byFile.get(file) ?? [];
    byFile.set(file, edits);
    const at = isInsertion(change) ? insertionAt(edits, start) : -1;
    const same = edits[at];
    if (same === undefined) edits.push({ file, start, end, text });
    else edits[at] = { ...same, text: same.text + text };
  }
  return byFile;
}

function insertionAt(edits: readonly FileEdit[], offset: number): number {
  let index = edits.length - 1;
  for (let edit = edits[index]; edit?.start === offset; edit = edits[--index]) if (isInsertion(edit)) return index;
  return -1;
}
