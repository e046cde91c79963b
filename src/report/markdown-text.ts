import { visible } from './display';

/** Text that others wrote, for Markdown and for HTML in it (an underscore inside a word is no markup): no markup, no table cells, no mentions, no links, no HTML. */
export function markdownText(value: string): string {
  return visible(value)
    .replace(/[\\`*~[\]<>|#!{}$&]|\b_|_\b|(?<=\W)_|_(?=\W)/g, (unit) => `&#${unit.charCodeAt(0)};`)
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (word) => `${word.slice(0, 3)}&#46;`);
}

/** A code span, in a table too: there a `|` ends the cell even inside code (GFM 4.10), so HTML has to do. */
export function markdownCode(value: string): string {
  return `<code>${markdownText(value)}</code>`;
}

/** A code block whose fence no line of it can close. */
export function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0));
  const fence = '`'.repeat(longest + 1);
  return [fence + language, ...lines, fence].join('\n');
}
