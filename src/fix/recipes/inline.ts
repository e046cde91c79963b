import { applyEdits } from '../../text/edit';
import type { Setting } from '../../model/scope';
import { RANK, type Change } from '../change';
import type { FixContext } from '../context';
import { eolAt, indentAt, lineEnd, startsLine } from '../lines';
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
    const via = operation.shared?.via ?? null;
    const alone = operation.shared === null || context.occurrences.of(operation.shared).length === 1;
    // lines inside the scope's own block, or a snippet nobody else reads, stay where they are
    if (alone || via === null || via.scope !== operation.scope || operation.shared?.scope !== operation.scope) {
      made.push(operation);
      continue;
    }
    const known = byInclude.get(via);
    if (known === undefined) byInclude.set(via, [operation]);
    else known.push(operation);
  }
  if (byInclude.size === 0) return null;
  for (const [include, inside] of byInclude) {
    const operation = inlined(context, include, inside);
    if (operation === null) return null;
    made.push(operation);
  }
  return made;
}

function inlined(context: FixContext, include: Setting, operations: readonly Operation[]): Operation | null {
  const target = context.workspace.includes.get(include.directive.args[0] ?? '');
  const [first] = operations;
  const tree = first?.shared?.tree;
  if (first === undefined || tree === undefined || target?.kind !== 'files' || target.files.length !== 1) return null;
  const changes = operations.flatMap((operation) => operation.changes);
  if (changes.some((change) => change.file !== tree.source.path)) return null;
  if (tree.source.placeholders.length > 0 || hasLongWords(tree)) return null;
  const text = recoded(applyEdits(tree.source.text, changes), tree, include.tree);
  return text === null ? null : { changes: spliced(include, text), scope: first.scope, shared: include };
}

function hasLongWords(tree: Setting['tree']): boolean {
  return tree.directives.some(
    ({ words, block }) =>
      block !== null || words.some(({ start, end }) => tree.source.text.slice(start, end).includes('\n')),
  );
}

/** The snippet's lines, indented as the include was. */
function spliced({ directive, tree }: Setting, snippet: string): Change[] {
  const { text, path } = tree.source;
  const indent = startsLine(text, directive.start) ? indentAt(text, directive.start) : '';
  const eol = eolAt(text, directive.start);
  const lines = snippet
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const goesOn = text.slice(directive.end, lineEnd(text, directive.end)).trim() !== '';
  const ending = goesOn && lines.at(-1)?.includes('#') === true ? eol + indent : '';
  const change = { start: directive.start, end: directive.end, text: lines.join(eol + indent) + ending };
  return [{ file: path, ...change, rank: RANK.other }];
}
