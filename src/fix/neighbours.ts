import type { Setting } from '../model/scope';
import type { Directive, SyntaxTree } from '../syntax/nodes';
import { once } from '../text/once';
import type { Body } from './body';
import { indentAt, lineStart, startsLine } from './lines';

/** The step by which this file indents. */
export const indentUnit = once(findUnit);

/** The first child on a line of its own, deeper than its block: breadth first, so that the commonest answer is near. */
function findUnit(tree: SyntaxTree): string {
  const { text } = tree.source;
  const queue: Directive[] = [...tree.directives];
  for (let next = 0; next < queue.length && next < 5000; next += 1) {
    const block = queue[next];
    const child = block?.block?.directives[0];
    if (block === undefined || child === undefined) continue;
    const outside = indentAt(text, block.start);
    const inside = indentAt(text, child.start);
    if (startsLine(text, child.start) && inside.startsWith(outside) && inside.length > outside.length) {
      return inside.slice(outside.length);
    }
    for (const each of block.block?.directives ?? []) queue.push(each);
  }
  return '    ';
}

/** The blanks that a new line in this body starts with, as the line of `near` or any sibling's does. */
export function indentIn(body: Body, near: Directive | null): string {
  const { text } = body.tree.source;
  if (near !== null && startsLine(text, near.start)) return indentAt(text, near.start);
  const sibling = body.directives.find((one) => startsLine(text, one.start));
  if (sibling !== undefined) return indentAt(text, sibling.start);
  return body.opener === null ? '' : indentAt(text, body.opener.start) + indentUnit(body.tree);
}

/** A directive to be written: its words as they stand in the file, quotes included. */
export type FreshLine = readonly string[];

/** A directive whose blanks are to be imitated. */
export type Model = Pick<Setting, 'directive' | 'tree'>;

/** Of a block of thousands of directives so many are imitated. */
const MOST_SIBLINGS = 500;

/** `words` with blanks between them as in the sibling lines, else as in `models`, without the `;`. */
export function spell(body: Body, words: FreshLine, models: readonly Model[] = []): string {
  const siblings = body.directives
    .slice(0, MOST_SIBLINGS)
    .filter((one) => one.block === null && one.words.length > 1)
    .map((directive) => ({ directive, tree: body.tree }));
  const own = siblings.filter((one) => one.directive.name === words[0]);
  const sameName =
    own.length > 0 ? own : models.slice(0, MOST_SIBLINGS).filter((one) => one.directive.name === words[0]);
  let line = words[0] ?? '';
  for (let index = 1; index < words.length; index += 1) {
    const like = index === 1 && own.length === 0 && siblings.length > 0 ? siblings : sameName;
    line += gapBefore(like, index, line.length) + (words[index] ?? '');
  }
  return line;
}

/** A column counts as aligned when the siblings agree on it and one of them needed more than a blank for it. */
function gapBefore(models: readonly Model[], index: number, written: number): string {
  let column: number | null = null;
  let padded = false;
  for (const { directive, tree } of models) {
    const before = directive.words[index - 1];
    const word = directive.words[index];
    if (before === undefined || word === undefined) continue;
    const gap = tree.source.text.slice(before.end, word.start);
    if (gap.includes('\n')) continue;
    if (gap.includes('\t')) return gap;
    const at = word.start - directive.start;
    if (column !== null && column !== at) return ' ';
    column = at;
    padded ||= gap.length > 1;
  }
  return column !== null && padded && column > written ? ' '.repeat(column - written) : ' ';
}

/** A value as a word of the configuration, quoted where it must be, or where the siblings quote their variables. */
export function asWord(value: string, body: Body | null, name: string): string {
  if (value !== '' && !/[\s;{}"'#\\]/.test(value.replace(/\$\{\w+\}/g, ''))) {
    const quote = value.includes('$') && body !== null ? quoteOfVariables(body, name) : '';
    return quote + value + quote;
  }
  const quote = body !== null ? (anyQuote(body, name) ?? '"') : '"';
  return quote + value.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

function quoteOfVariables(body: Body, name: string): string {
  let quote: string | null = null;
  for (const sibling of body.directives) {
    if (sibling.name !== name) continue;
    for (const word of sibling.words.slice(1)) {
      if (!word.value.includes('$')) continue;
      if (quote !== null && quote !== word.quote) return '';
      quote = word.quote;
    }
  }
  return quote ?? '';
}

function anyQuote(body: Body, name: string): string | null {
  for (const sibling of body.directives) {
    if (sibling.name !== name) continue;
    const quoted = sibling.words.find((word) => word.quote !== '');
    if (quoted !== undefined) return quoted.quote;
  }
  return null;
}

/** Offset at which the comment lines directly above a directive start; its own line's start when there are none. */
export function aboveComments(tree: SyntaxTree, directive: Directive): number {
  const { text } = tree.source;
  const own = lineStart(text, directive.start);
  let start = own;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  // a comment that opens the file speaks of the file
  return start === 0 ? own : start;
}
