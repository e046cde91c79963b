import { once } from '../text/once';
import { parse } from './parse';

/** The tree of a source, parsed once however many ask: the loader looks for includes, the model reads the rest. */
export const treeOf = once(parse);
