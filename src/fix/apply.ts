import type { Workspace } from '../model/workspace';
import { applyEdits, type Edit } from '../text/edit';
import type { Source, Span } from '../text/source';

/** The workspace with edits made; files without any stay the same objects, so that they are not parsed again. */
export function editWorkspace(workspace: Workspace, edits: ReadonlyMap<string, readonly Edit[]>): Workspace {
  if (edits.size === 0) return workspace;
  const files = new Map(workspace.files);
  for (const [file, list] of edits) {
    const source = files.get(file);
    if (source !== undefined) files.set(file, editSource(source, list));
  }
  return { ...workspace, files };
}

/** The source after edits. Placeholders of a template move along; copied ones are masked as their originals are. */
export function editSource(source: Source, edits: readonly Edit[]): Source {
  const text = applyEdits(source.text, edits);
  if (source.code === source.text) return { ...source, text, code: text, placeholders: [] };
  const masks = masksOf(source);
  const masked = edits.map((edit) => ({ ...edit, text: mask(edit.text, masks) }));
  return { ...source, text, code: applyEdits(source.code, masked), placeholders: moved(source, edits) };
}

/** Each placeholder's text with what the tokenizer reads in its place; longest first. */
function masksOf(source: Source): readonly (readonly [text: string, code: string])[] {
  const masks = new Map<string, string>();
  for (const { start, end } of source.placeholders)
    masks.set(source.text.slice(start, end), source.code.slice(start, end));
  return [...masks].sort((a, b) => b[0].length - a[0].length);
}

function mask(text: string, masks: readonly (readonly [text: string, code: string])[]): string {
  return masks.reduce((masked, [placeholder, code]) => masked.replaceAll(placeholder, code), text);
}

function moved(source: Source, edits: readonly Edit[]): readonly Span[] {
  const spans: Span[] = [];
  const texts = masksOf(source).map(([text]) => text);
  let shift = 0;
  let next = 0;
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const span of source.placeholders) {
    for (let edit = ordered[next]; edit !== undefined && edit.end <= span.start; edit = ordered[++next]) {
      spans.push(...copied(edit.text, edit.start + shift, texts));
      shift += edit.text.length - (edit.end - edit.start);
    }
    spans.push({ start: span.start + shift, end: span.end + shift });
  }
  for (let edit = ordered[next]; edit !== undefined; edit = ordered[++next]) {
    spans.push(...copied(edit.text, edit.start + shift, texts));
    shift += edit.text.length - (edit.end - edit.start);
  }
  return spans;
}

/** Placeholders in a new text that starts at `at`. */
function copied(text: string, at: number, placeholders: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (let offset = 0; offset < text.length;) {
    const found = placeholders.find((one) => text.startsWith(one, offset));
    if (found !== undefined) spans.push({ start: at + offset, end: at + offset + found.length });
    offset += found?.length ?? 1;
  }
  return spans;
}
