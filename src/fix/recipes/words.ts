import type { Setting } from '../../model/scope';
import { toBytes } from '../../model/value';
import type { Directive, SyntaxTree } from '../../syntax/nodes';
import { asWord } from '../neighbours';
import type { FreshLine } from '../neighbours';
import type { Body } from '../body';

const ASCII = /^[\x00-\x7f]*$/;

/** The directive's words as they stand, to be written in another file; null when that file cannot hold them. */
export function copiedWords({ directive, tree }: Setting, into: SyntaxTree): FreshLine | null {
  const words: string[] = [];
  for (const { start, end } of directive.words) {
    const word = recoded(tree.source.text.slice(start, end), tree, into);
    if (word === null) return null;
    words.push(word);
  }
  return words;
}

/** Text of one file for another: bytes stay bytes. */
export function recoded(text: string, from: SyntaxTree, into: SyntaxTree): string | null {
  if (from.source.encoding === into.source.encoding || ASCII.test(text)) return text;
  return into.source.encoding === 'latin1' ? toBytes(text) : null;
}

/** `name key value` as fresh words. */
export function entryLine(list: string, key: string, value: string, body: Body): FreshLine {
  return [list, asWord(key, null, list), asWord(value, body, list)];
}

/** Whether a directive has nothing in it that would be lost when it is written on one line. */
export function isPlain(directive: Directive): boolean {
  return directive.block === null && directive.terminated;
}
