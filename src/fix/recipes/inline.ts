import type { Setting } from '../../model/scope';
import type { Directive, SyntaxTree } from '../../syntax/nodes';
import { applyEdits } from '../../text/edit';
import { RANK, type Change } from '../change';
import type { FixContext } from '../context';
import { eolAt, indentAt, isBlank, lineEnd, startsLine } from '../lines';
import type { Operation } from '../operation';
import { recoded } from './words';

/**
 * Where a snippet is shared and only this occurrence wants its lines changed, the snippet's lines take the place of the
 * include, changed. Null when that cannot be done without touching more than these lines.
 */
export function inlineSnippets(context: FixContext, operations: readonly Operation[]): readonly Operation[] | null {
  const made: Operation[] = [];
  const byInclude = new Map<Setting, Operation[]>();
  for (const operation of operations) {
    const include = sharedThrough(context, operation);
    if (include === null) made.push(operation);
    else byInclude.set(include, [...(byInclude.get(include) ?? []), operation]);
  }
  if (byInclude.size === 0) return null;
  for (const [include, inside] of byInclude) {
    const operation = inlined(context, include, inside);
    if (operation === null) return null;
    made.push(operation);
  }
  return made;
}

/** The include that brought the edited lines, when others bring them too. */
function sharedThrough(context: FixContext, { shared }: Operation): Setting | null {
  return shared === null || context.occurrences.of(shared).length === 1 ? null : shared.via;
}

function inlined(context: FixContext, include: Setting, operations: readonly Operation[]): Operation | null {
  const target = context.workspace.includes.get(include.directive.args[0] ?? '');
  const tree = operations[0]?.shared?.tree;
  if (tree === undefined || target?.kind !== 'files' || target.files.length !== 1) return null;
  const changes = operations.flatMap((operation) => operation.changes);
  if (changes.some((change) => change.file !== tree.source.path)) return null;
  if (tree.source.placeholders.length > 0 || !canMove(tree)) return null;
  const text = recoded(applyEdits(tree.source.text, changes), tree, include.tree);
  return text === null ? null : { changes: spliced(include, text), scope: include.scope, shared: include };
}

/** Nothing in it spans lines in a way that another indent would change. */
function canMove({ directives, source, faults }: SyntaxTree): boolean {
  const pending: Directive[] = [...directives];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (one.block?.lua === true) return false;
    if (one.words.some(({ start, end }) => source.text.slice(start, end).includes('\n'))) return false;
    pending.push(...(one.block?.directives ?? []));
  }
  return faults.length === 0;
}

/** The snippet's lines, further in as the include was. */
function spliced({ directive, tree }: Setting, snippet: string): Change[] {
  const { text, path } = tree.source;
  const indent = startsLine(text, directive.start) ? indentAt(text, directive.start) : '';
  const eol = eolAt(text, directive.start);
  const lines = snippet.split(/\r?\n/);
  while (isBlank(lines.at(-1) ?? 'x')) lines.pop();
  while (isBlank(lines[0] ?? 'x')) lines.shift();
  const moved = lines.map((line, index) => (index === 0 || isBlank(line) ? line.trimEnd() : indent + line));
  const goesOn = !isBlank(text.slice(directive.end, lineEnd(text, directive.end)));
  const ending = goesOn && moved.at(-1)?.includes('#') === true ? eol + indent : '';
  const change = { start: directive.start, end: directive.end, text: moved.join(eol) + ending };
  return [{ file: path, ...change, rank: RANK.other }];
}
