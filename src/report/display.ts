import { withTags } from '../syntax/placeholders';

/**
 * Text for a terminal: what would move the cursor, change colours or reorder letters is shown as an escape. Names and
 * values come from configurations that may be hostile.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/;

export function visible(given: string): string {
  const text = withTags(given);
  if (!UNSAFE.test(text)) return withoutCommand(text);
  let shown = '';
  for (const character of text) shown += visibleCharacter(character);
  return withoutCommand(shown);
}

/**
 * GitHub's runner reads whatever a step prints: `::error::` where a line begins, blanks aside, and the older `##[error]`
 * anywhere.
 */
function withoutCommand(text: string): string {
  const begun = /^\s*::/.test(text) ? text.replace('::', '\\x3a:') : text;
  return begun.includes('##[') ? begun.replaceAll('##[', '##\\x5b') : begun;
}

/** Of one code point (or a lone surrogate). */
export function visibleCharacter(character: string): string {
  if (character.length > 1 || !UNSAFE.test(character)) return character;
  const code = character.charCodeAt(0);
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Cells that a code point takes on a terminal. */
export function cellsOf(code: number): number {
  if (code < 0x300) return 1;
  if (within(code, ZERO)) return 0;
  return code >= 0x1100 && within(code, WIDE) ? 2 : 1;
}

/** Combining marks and variation selectors. */
const ZERO: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xe0100, 0xe01ef],
];

/** East Asian wide and full width, and pictographs (Unicode's EastAsianWidth.txt, in large runs). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function within(code: number, ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}

const ASCII = /^[\x20-\x7e]*$/;

/** Whether each character is one code unit, and one cell wide. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

export function widthOf(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const character of text) width += cellsOf(character.codePointAt(0) ?? 0);
  return width;
}

/** Breaks a sentence at its spaces into lines of `width` cells; later ones begin with `indent`, which is not counted. */
export function wrap(text: string, width: number, indent: string): string {
  if (isAscii(text) && text.length <= width) return text;
  const lines: string[] = [];
  let line = '';
  let filled = 0;
  for (const word of text.split(' ')) {
    const cells = widthOf(word);
    // a line must not begin as a workflow command does
    if (line !== '' && filled + 1 + cells > width && !word.startsWith('::')) {
      lines.push(line);
      line = word;
      filled = cells;
    } else {
      filled += line === '' ? cells : cells + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}
