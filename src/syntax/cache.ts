import type { Source } from '../text/source';
import type { SyntaxTree } from './nodes';
import { parse } from './parse';

const trees = new WeakMap<Source, SyntaxTree>();

/** The tree of a source, parsed once however many ask: the loader looks for includes, the model reads the rest. */
export function treeOf(source: Source): SyntaxTree {
  let tree = trees.get(source);
  if (tree === undefined) {
    tree = parse(source);
    trees.set(source, tree);
  }
  return tree;
}
