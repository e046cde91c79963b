import type { Span } from './source';

/** Replaces a span of a file's text; an empty span inserts. */
export interface Edit extends Span {
  readonly text: string;
}

/** An edit in a file of the workspace. */
export interface FileEdit extends Edit {
  readonly file: string;
}

/** Whether two edits may not be made in one go: they overlap, or insert at the same point. */
export function collide(a: Edit, b: Edit): boolean {
  if (a.start === b.start && a.end === b.end) return true;
  return a.start < b.end && b.start < a.end;
}

/** Applies edits that do not collide, in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) throw new RangeError(`edits overlap at offset ${edit.start}`);
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
