import type { Setting } from '../model/scope';
import type { Change } from './change';
import { RANK } from './change';
import { commentAfter, commentOnLine, lineEnd, lineStart, nextLine } from './lines';
import type { SyntaxTree } from '../syntax/nodes';

/** The edits that put `text` in the place of the words [from, to] of a directive; none when it stands there already. */
export function replaceWords(setting: Setting, from: number, to: number, text: string): Change[] {
  const { words } = setting.directive;
  const first = words[from];
  const last = words[to];
  if (first === undefined || last === undefined) return appendWords(setting, text);
  const source = setting.tree.source.text;
  // a word that goes takes the blanks before it along
  const blanks = text === '' ? source.slice(words[from - 1]?.end ?? first.start, first.start) : '';
  const start = /^[ \t]*$/.test(blanks) ? first.start - blanks.length : first.start;
  const old = source.slice(start, last.end);
  if (old === text) return [];
  const edit: Change = { file: setting.tree.source.path, start, end: last.end, text, rank: RANK.other };
  const gap = gapOfComment(setting, text.length - old.length);
  return gap === null ? [edit] : [edit, gap];
}

/** All arguments become `words`. */
export function replaceArguments(setting: Setting, words: readonly string[]): Change[] {
  const { directive } = setting;
  const same = directive.args.length === words.length && directive.args.every((arg, index) => arg === words[index]);
  return same ? [] : replaceWords(setting, 1, directive.words.length - 1, words.join(' '));
}

function appendWords({ directive, tree }: Setting, text: string): Change[] {
  const end = directive.words.at(-1)?.end ?? directive.start;
  return [{ file: tree.source.path, start: end, end, text: ` ${text}`, rank: RANK.other }];
}

/** Keeps a trailing comment in the column that it shares with the line above or below. */
function gapOfComment({ directive, tree }: Setting, growth: number): Change | null {
  const { text, path } = tree.source;
  const comment = commentAfter(tree, directive.end);
  if (comment === null || growth === 0) return null;
  const gap = text.slice(directive.end, comment.start);
  if (!/^ +$/.test(gap) || !isAligned(tree, comment.start)) return null;
  const blanks = Math.max(1, gap.length - growth);
  if (blanks === gap.length) return null;
  return { file: path, start: directive.end, end: comment.start, text: ' '.repeat(blanks), rank: RANK.other };
}

function isAligned(tree: SyntaxTree, comment: number): boolean {
  const { text } = tree.source;
  const start = lineStart(text, comment);
  const column = comment - start;
  const neighbours = [start > 0 ? start - 1 : -1, nextLine(text, lineEnd(text, comment))];
  return neighbours.some((offset) => {
    if (offset < 0 || offset >= text.length) return false;
    const other = commentOnLine(tree, offset);
    return other !== null && other.start - lineStart(text, offset) === column;
  });
}
