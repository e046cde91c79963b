import type { Fix } from '../lint/result';
import { secretSpans } from '../lint/secrets';
import { MASK } from '../text/secret-names';
import { createSource } from '../text/source';
import type { Source } from '../text/source';
import type { Edit } from '../text/edit';
import { hunksFromEdits } from '../text/hunks';
import type { Paint } from './color';
import { visible } from './display';

export interface MiniDiffOptions {
  readonly paint: Paint;
  readonly showSecrets: boolean;
  /** Lines at most. */
  readonly most: number;
}

/** The lines that a fix takes away and adds, file by file. `--diff` shows it with its surroundings. */
export function miniDiff(fix: Fix, sources: ReadonlyMap<string, Source>, options: MiniDiffOptions): readonly string[] {
  const rows: string[] = [];
  const files = new Set(fix.edits.map(({ file }) => file));
  for (const file of files) {
    const source = sources.get(file);
    if (source === undefined) continue;
    const edits = fix.edits.filter((edit) => edit.file === file);
    if (files.size > 1) rows.push(options.paint.dim(visible(file)));
    rows.push(...changedLines(source, edits, options));
  }
  if (rows.length <= options.most) return rows;
  const left = rows.length - options.most + 1;
  return [...rows.slice(0, options.most - 1), options.paint.dim(`... ${left} more lines (--diff shows all)`)];
}

function changedLines(source: Source, edits: readonly Edit[], options: MiniDiffOptions): string[] {
  const lines = hunksFromEdits(source.text, edits, 0)
    .flatMap((hunk) => hunk.lines)
    .filter((line) => !line.startsWith('\\'))
    .map((line) => ({ sign: line.charAt(0), text: expanded(line.slice(1)) }))
    .filter(({ text }) => text !== '');
  const indent = Math.min(...lines.map(({ text }) => /^ */.exec(text)?.[0].length ?? 0));
  return lines.map(({ sign, text }) => {
    const own = text.slice(indent);
    const shown = `${sign} ${visible(options.showSecrets ? own : maskLine(own))}`;
    return sign === '-' ? options.paint.red(shown) : options.paint.green(shown);
  });
}

/** Without its end; tabs as four blanks. */
function expanded(line: string): string {
  return line.trimEnd().replaceAll('\t', '    ');
}

function maskLine(text: string): string {
  const line = createSource('', text);
  let masked = '';
  let at = 0;
  for (const { start, end } of secretSpans(line)) {
    masked += text.slice(at, start) + MASK;
    at = end;
  }
  return masked + text.slice(at);
}
