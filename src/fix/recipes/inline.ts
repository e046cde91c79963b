import type { Setting } from '../../model/scope';
import type { Directive, SyntaxTree } from '../../syntax/nodes';
import { applyEdits } from '../../text/edit';
import type { Candidate } from '../agree';
import { isRefusal, RANK, type Change } from '../change';
import { bodyOfSetting } from '../body';
import type { FixContext } from '../context';
import { openedUp } from '../insert';
import { joinEdits } from '../join';
import { eolAt, indentAt, isBlank, lineEnd, startsLine } from '../lines';
import type { Operation } from '../operation';
import { Taken } from '../taken';
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
  // what a patch shows must not come from where a pull request leads the tool
  if (context.workspace.outside?.has(tree.source.path) === true) return null;
  const changes = operations.flatMap((operation) => operation.changes);
  if (changes.some((change) => change.file !== tree.source.path)) return null;
  return withChanges(include, tree, changes);
}

function withChanges(include: Setting, tree: SyntaxTree, changes: readonly Change[]): Operation | null {
  if (tree.source.placeholders.length > 0 || !canMove(tree) || !new Taken().take(changes)) return null;
  const edits = joinEdits(changes).get(tree.source.path) ?? [];
  const text = recoded(applyEdits(tree.source.text, edits), tree, include.tree);
  if (text === null) return null;
  return { changes: spliced(include, text), scope: include.scope, shared: include, within: { include, tree, changes } };
}

/** Several changes to one snippet in one place make one change of its include. */
export function mergeInlined(candidates: readonly Candidate[]): void {
  const merged = new Map<Setting, Operation>();
  for (const { within } of operationsOf(candidates)) {
    if (within === undefined) continue;
    const before = merged.get(within.include)?.within?.changes ?? [];
    const both = withChanges(within.include, within.tree, [...before, ...within.changes]);
    if (both !== null) merged.set(within.include, both);
  }
  if (merged.size === 0) return;
  for (const one of candidates) {
    if (isRefusal(one.way)) continue;
    const operations = one.way.operations.map((old) => (old.within && merged.get(old.within.include)) ?? old);
    one.way = { ...one.way, operations };
  }
}

function* operationsOf(candidates: readonly Candidate[]): Generator<Operation> {
  for (const { way } of candidates) if (!isRefusal(way)) yield* way.operations;
}

/** Nothing in it spans lines in a way that another indent would change. */
function canMove({ directives, source, faults }: SyntaxTree): boolean {
  const pending: Directive[] = [...directives];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (one.block?.lua === true) return false;
    if (one.words.some(({ start, end }) => source.text.slice(start, end).includes('\n'))) return false;
    for (const each of one.block?.directives ?? []) pending.push(each);
  }
  return faults.length === 0;
}

/** The snippet's lines, further in as the include was. */
function spliced(include: Setting, snippet: string): Change[] {
  const { directive, tree } = include;
  const { text, path } = tree.source;
  const body = bodyOfSetting(include);
  const opened = body === null ? null : openedUp(body);
  const indent = opened?.indent ?? (startsLine(text, directive.start) ? indentAt(text, directive.start) : '');
  const eol = eolAt(text, directive.start);
  const lines = snippet.split(/\r?\n/);
  while (isBlank(lines.at(-1) ?? 'x')) lines.pop();
  while (isBlank(lines[0] ?? 'x')) lines.shift();
  const moved = lines.map((line, index) => (index === 0 || isBlank(line) ? line.trimEnd() : indent + line));
  const goesOn = !isBlank(text.slice(directive.end, lineEnd(text, directive.end)));
  const ending = goesOn && moved.at(-1)?.includes('#') === true ? eol + indent : '';
  const change = { start: directive.start, end: directive.end, text: moved.join(eol) + ending };
  return [...(opened?.changes ?? []), { file: path, ...change, rank: RANK.other }];
}
