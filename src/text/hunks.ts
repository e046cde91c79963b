import type { Edit } from './edit';

/** One hunk as the `diff` package's formatPatch takes it: line numbers from 1, each line with its ` `, `-` or `+`. */
export interface Hunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
}

/** Lines [from, to) of the old text become `lines`; a line holds its LF, the last one perhaps none. */
interface Replacement {
  from: number;
  to: number;
  lines: readonly string[];
}

const NO_NEWLINE = '\\ No newline at end of file';

/** Unified hunks straight from edits that do not collide: linear, where diffing the texts is quadratic. */
export function hunksFromEdits(text: string, edits: readonly Edit[], context = 3): Hunk[] {
  const starts = startsOfFile(text);
  const hunks: Hunk[] = [];
  let delta = 0;
  for (const group of nearby(replacements(text, starts, edits), 2 * context)) {
    const hunk = makeHunk(text, starts, group, context, delta);
    delta += hunk.newLines - hunk.oldLines;
    hunks.push(hunk);
  }
  return hunks;
}

/** Of the last text: reports ask for the fixes of one file after another. */
let last: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

function startsOfFile(text: string): readonly number[] {
  if (last.text !== text) last = { text, starts: startsOfLines(text) };
  return last.starts;
}

/** Starts of the lines, and the text's length at the end: line i is [starts[i], starts[i + 1]). */
function startsOfLines(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length;) {
    starts.push(at);
    const newline = text.indexOf('\n', at);
    at = newline < 0 ? text.length : newline + 1;
  }
  starts.push(text.length);
  return starts;
}

function splitLines(text: string): string[] {
  const starts = startsOfLines(text);
  return starts.slice(0, -1).map((start, index) => text.slice(start, starts[index + 1]));
}

function replacements(text: string, starts: readonly number[], edits: readonly Edit[]): Replacement[] {
  const count = starts.length - 1;
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  const found: Replacement[] = [];
  for (let next = 0; next < sorted.length;) {
    const first = sorted[next]?.edit;
    if (first === undefined) break;
    const from = lineAt(text, starts, first.start);
    let to = from;
    let copied = starts[from] ?? text.length;
    let made = '';
    let open = 1; // 0 once the text's last line has lost its end: what is inserted there belongs to it
    for (;;) {
      // every edit that starts in the lines taken so far belongs to them
      for (let edit = sorted[next]?.edit; edit !== undefined; edit = sorted[next]?.edit) {
        const line = lineAt(text, starts, edit.start);
        if (edit !== first && line >= to && to < count + open) break;
        made += text.slice(copied, edit.start) + edit.text;
        copied = edit.end;
        to = Math.max(to, edit.end > edit.start ? lineAt(text, starts, edit.end - 1) + 1 : Math.min(line + 1, count));
        next += 1;
      }
      const end = starts[to] ?? text.length;
      made += text.slice(copied, end);
      copied = end;
      // a line end was removed: what follows joins the line
      if (made === '' || made.endsWith('\n')) break;
      if (to < count) to += 1;
      else if (next < sorted.length) open = 0;
      else break;
    }
    found.push(trimmed(text, starts, { from, to, lines: splitLines(made) }));
  }
  return found.filter((one) => one.to > one.from || one.lines.length > 0);
}

/** The line an offset lies in; the number of lines when it is the end of a text that ends with LF. */
function lineAt(text: string, starts: readonly number[], offset: number): number {
  const count = starts.length - 1;
  if (offset >= text.length) return text === '' || text.endsWith('\n') ? count : count - 1;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Without the lines at both ends that stay as they are. */
function trimmed(text: string, starts: readonly number[], whole: Replacement): Replacement {
  let { from, to } = whole;
  let first = 0;
  let last = whole.lines.length;
  const old = (line: number): string => text.slice(starts[line], starts[line + 1]);
  while (from < to && first < last && old(from) === whole.lines[first]) {
    from += 1;
    first += 1;
  }
  while (from < to && first < last && old(to - 1) === whole.lines[last - 1]) {
    to -= 1;
    last -= 1;
  }
  return { from, to, lines: whole.lines.slice(first, last) };
}

function nearby(all: readonly Replacement[], distance: number): Replacement[][] {
  const groups: Replacement[][] = [];
  let last: Replacement | undefined;
  for (const one of all) {
    if (last !== undefined && one.from - last.to <= distance) groups[groups.length - 1]?.push(one);
    else groups.push([one]);
    last = one;
  }
  return groups;
}

function makeHunk(
  text: string,
  starts: readonly number[],
  group: readonly Replacement[],
  context: number,
  delta: number,
): Hunk {
  const count = starts.length - 1;
  const from = Math.max(0, (group[0]?.from ?? 0) - context);
  const to = Math.min(count, (group[group.length - 1]?.to ?? 0) + context);
  const lines: string[] = [];
  const old = (line: number): string => text.slice(starts[line], starts[line + 1]);
  const put = (prefix: string, line: string): void => {
    if (line.endsWith('\n')) lines.push(prefix + line.slice(0, -1));
    else lines.push(prefix + line, NO_NEWLINE);
  };
  let at = from;
  let newLines = to - from;
  for (const one of group) {
    for (; at < one.from; at += 1) put(' ', old(at));
    for (; at < one.to; at += 1) put('-', old(at));
    for (const line of one.lines) put('+', line);
    newLines += one.lines.length - (one.to - one.from);
  }
  for (; at < to; at += 1) put(' ', old(at));
  return { oldStart: from + 1, oldLines: to - from, newStart: from + 1 + delta, newLines, lines };
}
