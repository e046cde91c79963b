import { positionAt } from '../text/source';
import type { Source, Span } from '../text/source';
import type { Paint } from './color';
import { cutAround, lineSpan, showLine } from './line';

export interface FrameOptions {
  readonly showSecrets: boolean;
  readonly paint: Paint;
  /** Colour of the mark. */
  readonly mark: (text: string) => string;
  readonly sign: '^' | '-';
  /** Lines before the span; those after it are not shown: the eye stops at the mark. */
  readonly context: number;
  /** Said behind the mark. */
  readonly label: string;
}

const LIMIT = 160;
/** Lines of a long span that are shown. */
const MOST = 3;

/** Lines of a file around a span, with line numbers, the span underlined. Without a final line break. */
export function frame(source: Source, span: Span, options: FrameOptions): string {
  const { paint } = options;
  const from = positionAt(source, span.start).line;
  const to = Math.max(from, positionAt(source, Math.max(span.start, span.end - 1)).line);
  const last = Math.min(to, from + MOST - 1);
  const first = firstLine(source, from, options.context);
  const gutter = String(last).length;
  const bar = paint.blue('|');
  const rows: string[] = [`${' '.repeat(gutter)} ${bar}`];
  for (let line = first; line <= last; line += 1) {
    const shown = showLine(source, line, span.start, options.showSecrets);
    const cells = line < from ? { from: 0, to: 0 } : markedCells(source, line, span, shown.cellAt);
    const cut = cutAround(shown.text, cells.from, cells.to, LIMIT);
    const number = paint.blue(String(line).padStart(gutter));
    rows.push(`${number} ${bar} ${cut.text}`.trimEnd());
    if (line < from) continue;
    const mark = options.sign.repeat(Math.max(1, cut.to - cut.from));
    const label = line === last && options.label !== '' ? ` ${options.label}` : '';
    rows.push(`${' '.repeat(gutter)} ${bar} ${' '.repeat(cut.from)}${options.mark(mark + label)}`);
  }
  return rows.join('\n');
}

/** Up to `context` lines before, without blank ones at the top. */
function firstLine(source: Source, from: number, context: number): number {
  let first = Math.max(1, from - context);
  while (first < from) {
    const { start, end } = lineSpan(source, first);
    if (source.text.slice(start, end).trim() !== '') break;
    first += 1;
  }
  return first;
}

function markedCells(
  source: Source,
  line: number,
  span: Span,
  cellAt: (offset: number) => number,
): { readonly from: number; readonly to: number } {
  const own = lineSpan(source, line);
  const indent = /^\s*/.exec(source.text.slice(own.start, own.end))?.[0].length ?? 0;
  const start = Math.max(span.start, own.start + (span.start < own.start ? indent : 0));
  const end = Math.min(Math.max(span.end, start), own.end);
  const from = cellAt(start);
  return { from, to: Math.max(from + 1, cellAt(end)) };
}
