import { isMarker } from '../model/markers';
import type { Directive, SyntaxTree } from '../syntax/nodes';
import type { Place } from '../text/source';
import { firstFrom, isIgnore } from './ignores';

/** A comment that is meant for this tool, and that it does not go by. */
export interface StrayComment extends Place {
  readonly message: string;
  readonly help: string;
}

const ADDRESSED = /^#\s*nginx-ws-lint(?:-ignore|:)/;
const WRITE_IGNORE = 'write "# nginx-ws-lint-ignore RULE, RULE -- reason": it covers the next directive with its block';

export function strayComments(trees: Iterable<SyntaxTree>): readonly StrayComment[] {
  const found: StrayComment[] = [];
  for (const tree of trees) {
    const { path: file, text } = tree.source;
    if (!text.includes('nginx-ws-lint')) continue;
    for (const { start, end } of tree.comments) {
      const comment = text.slice(start, end);
      const words = ADDRESSED.test(comment) ? complaint(comment, tree, start) : null;
      if (words !== null) found.push({ file, start, end, ...words });
    }
  }
  return found;
}

/** Null for a comment that does what it says. */
function complaint(comment: string, tree: SyntaxTree, at: number): Pick<StrayComment, 'message' | 'help'> | null {
  if (isIgnore(comment)) return null;
  if (isMarker(comment)) {
    if (standsInLocation(tree.directives, at)) return null;
    return { message: 'the marker stands in no location of this file', help: 'put it inside the braces of a location' };
  }
  const said = comment.replace(/^#\s*nginx-ws-lint-?:?\s*/, '').trim();
  if (/^ignore\s*(?:--|$)/.test(said)) return { message: 'the comment names no rule to ignore', help: WRITE_IGNORE };
  const marks = /websocket/i.test(said);
  return {
    message: `nginx-ws-lint does not know "${said.split(/\s/)[0] ?? ''}"`,
    help: marks ? 'write "# nginx-ws-lint: websocket" or "# nginx-ws-lint: not-websocket"' : WRITE_IGNORE,
  };
}

function standsInLocation(directives: readonly Directive[], at: number): boolean {
  for (let level: readonly Directive[] | undefined = directives; level !== undefined;) {
    const around: Directive | undefined = level[firstFrom(level, at) - 1];
    if (around === undefined || around.end <= at) return false;
    if (around.name === 'location') return true;
    level = around.block?.directives;
  }
  return false;
}
