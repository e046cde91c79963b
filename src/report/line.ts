import type { Source, Span } from '../text/source';
import { lineStarts } from '../text/source';
import { secretSpans } from '../lint/secrets';
import { MASK } from '../text/secret-names';
import { cellsOf, isAscii, visibleCharacter, widthOf } from './display';

/** One line as a terminal shows it. */
export interface ShownLine {
  readonly text: string;
  /** Cell at which an offset of the file is shown; what is masked begins where its mask does. */
  readonly cellAt: (offset: number) => number;
}

const TAB = 4;

/** Line ends (CR too) are not part of it. */
export function lineSpan(source: Source, line: number): Span {
  const starts = lineStarts(source);
  const start = starts[line - 1] ?? source.text.length;
  let end = (starts[line] ?? source.text.length + 1) - 1;
  if (end > start && source.text[end - 1] === '\r') end -= 1;
  return { start, end };
}

/** Of a longer line only the part around the place is looked at: a file may be one line. */
const WINDOW = 2000;

/** With tabs expanded, control characters visible, secrets masked. `around` is the offset that must be seen. */
export function showLine(source: Source, line: number, around: number, showSecrets: boolean): ShownLine {
  const span = windowOf(lineSpan(source, line), around);
  const secrets = showSecrets ? [] : secretsIn(source, span);
  const plain = source.text.slice(span.start, span.end);
  if (secrets.length === 0 && isAscii(plain) && !plain.includes('##[')) return shownAsItIs(plain, span);
  const cells: number[] = [];
  let text = '';
  let cell = 0;
  let at = span.start;
  const put = (shown: string, units: number): void => {
    for (let unit = 0; unit < units; unit += 1) cells.push(cell);
    text += shown;
    cell += widthOf(shown);
    at += units;
  };
  for (const secret of [...secrets, { start: span.end, end: span.end }]) {
    while (at < secret.start) {
      const character = String.fromCodePoint(source.text.codePointAt(at) ?? 0);
      if (character === '[' && text.endsWith('##'))
        put('\\x5b', 1); // or else a command of GitHub's runner
      else put(character === '\t' ? ' '.repeat(TAB - (cell % TAB)) : visibleCharacter(character), character.length);
    }
    if (secret.end > at) put(MASK, Math.min(secret.end, span.end) - at);
  }
  return { text, cellAt: (offset) => cells[offset - span.start] ?? (offset < span.start ? 0 : cell) };
}

function shownAsItIs(text: string, { start }: Span): ShownLine {
  return { text, cellAt: (offset) => Math.max(0, Math.min(offset - start, text.length)) };
}

function windowOf(line: Span, around: number): Span {
  if (line.end - line.start <= WINDOW) return line;
  const start = Math.max(line.start, Math.min(around, line.end) - WINDOW / 4);
  return { start, end: Math.min(line.end, start + WINDOW) };
}

function secretsIn(source: Source, span: Span): readonly Span[] {
  const all = secretSpans(source);
  const inside: Span[] = [];
  for (let index = firstEndingAfter(all, span.start); index < all.length; index += 1) {
    const secret = all[index];
    if (secret === undefined || secret.start >= span.end) break;
    inside.push({ start: Math.max(secret.start, span.start), end: Math.min(secret.end, span.end) });
  }
  return inside;
}

function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** At most `limit` cells of a line, around the cells [from, to). */
export interface Cut {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const DOTS = '...';

export function cutAround(text: string, from: number, to: number, limit: number): Cut {
  const width = widthOf(text);
  if (width <= limit) return { text, from, to };
  const first = Math.max(0, Math.min(from - Math.floor(limit / 3), width - limit));
  const last = Math.min(width, first + limit);
  const head = first > 0 ? DOTS : '';
  const part = sliceCells(text, first, last);
  const shift = head.length - part.start;
  return {
    text: head + part.text + (last < width ? DOTS : ''),
    from: Math.max(0, from + shift),
    to: Math.max(from + shift + 1, Math.min(to, last) + shift),
  };
}

/** The characters that lie whole between two cells; `start` is the cell of the first. */
function sliceCells(text: string, first: number, last: number): { readonly text: string; readonly start: number } {
  let cell = 0;
  let part = '';
  let start: number | null = null;
  for (const character of text) {
    const next = cell + cellsOf(character.codePointAt(0) ?? 0);
    if (cell >= first && next <= last) {
      start ??= cell;
      part += character;
    }
    cell = next;
  }
  return { text: part, start: start ?? first };
}
