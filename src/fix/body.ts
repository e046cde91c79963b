import type { Scope, Setting } from '../model/scope';
import type { Directive, SyntaxTree } from '../syntax/nodes';

/** Where the lines of a scope stand in a file: inside the braces of a block, or a whole file. */
export interface Body {
  readonly tree: SyntaxTree;
  readonly directives: readonly Directive[];
  /** The directive whose block this is; null for a whole file. */
  readonly opener: Directive | null;
  /** Offset behind `{`; 0 for a file. */
  readonly from: number;
  /** Offset of `}`; the text's length for a file. */
  readonly to: number;
}

/** The scope's own block; null where it has none (main, blocks that were not given, a block without `}`). */
export function bodyOfScope(scope: Scope): Body | null {
  const opener = scope.opener;
  const block = opener?.directive.block;
  if (opener == null || block == null || block.close < 0) return null;
  const { tree, directive } = opener;
  return { tree, directives: block.directives, opener: directive, from: block.open + 1, to: block.close };
}

export function bodyOfFile(tree: SyntaxTree): Body {
  return { tree, directives: tree.directives, opener: null, from: 0, to: tree.source.text.length };
}

/** Where a setting's line stands: the scope's block, or the file that an include brought. */
export function bodyOfSetting(setting: Setting): Body | null {
  const own = bodyOfScope(setting.scope);
  return own !== null && own.tree === setting.tree && within(own, setting.directive) ? own : bodyOfFile(setting.tree);
}

function within(body: Body, directive: Directive): boolean {
  return directive.start >= body.from && directive.end <= body.to;
}

/** Whether the setting's line stands in the scope's own block, rather than in a file that it includes. */
export function standsIn(body: Body, setting: Setting): boolean {
  return setting.tree === body.tree && within(body, setting.directive);
}
