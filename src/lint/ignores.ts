import { positionAt } from '../text/source';
import type { Place, Span } from '../text/source';
import type { Directive, SyntaxTree } from '../syntax/nodes';
import { paint } from './painted';
import type { Painted } from './painted';
import type { UnusedIgnore } from './rule';

/** A comment `# nginx-ws-lint-ignore id[, id..] -- reason` and what it covers (design 4.3). */
export interface Ignore {
  readonly tree: SyntaxTree;
  readonly comment: Span;
  readonly rules: readonly string[];
  readonly reason: string | null;
  readonly covers: Span;
  /** Ids that ignored a finding. */
  readonly used: Set<string>;
}

const IGNORE =
  /^#\s*nginx-ws-lint-ignore[ \t]+([\w*][\w*-]*(?:(?:[ \t]*,[ \t]*|[ \t]+)[\w*][\w*-]*)*)[ \t]*(?:--[ \t]*(.*?))?[ \t]*$/;

export function isIgnore(comment: string): boolean {
  return IGNORE.test(comment);
}

export function findIgnores(trees: Iterable<SyntaxTree>): readonly Ignore[] {
  const ignores: Ignore[] = [];
  for (const tree of trees) {
    if (!tree.source.text.includes('nginx-ws-lint-ignore')) continue;
    for (const comment of tree.comments) {
      const ignore = readIgnore(tree, comment);
      if (ignore !== null) ignores.push(ignore);
    }
  }
  return ignores;
}

function readIgnore(tree: SyntaxTree, comment: Span): Ignore | null {
  const match = IGNORE.exec(tree.source.text.slice(comment.start, comment.end));
  if (match === null) return null;
  const rules = (match[1] ?? '').split(/[ \t,]+/);
  return { tree, comment, rules, reason: match[2] ?? null, covers: coveredBy(tree, comment), used: new Set() };
}

/** Behind a directive: its line. On a line of its own: the next directive with its block. */
function coveredBy(tree: SyntaxTree, comment: Span): Span {
  const { text } = tree.source;
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  if (text.slice(lineStart, comment.start).trim() !== '') return { start: lineStart, end: comment.end };
  return directiveAfter(tree.directives, comment.end) ?? { start: comment.end, end: comment.end };
}

/** The first directive that starts after the offset: in the innermost block that holds it, or behind that block. */
function directiveAfter(directives: readonly Directive[], offset: number): Directive | null {
  let found: Directive | null = null;
  for (let level: readonly Directive[] | null = directives; level !== null;) {
    const next: number = firstFrom(level, offset);
    const before: Directive | undefined = level[next - 1];
    found = level[next] ?? null;
    level = before !== undefined && offset <= before.end ? (before.block?.directives ?? null) : null;
    if (level?.length === 0) return null;
  }
  return found;
}

/** Index of the first directive that starts at the offset or behind it. */
export function firstFrom(directives: readonly Directive[], offset: number): number {
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((directives[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ignore that covers a finding of this rule there, which is then used. */
export function ignoreFor(ignores: readonly Ignore[], rule: string, place: Place): Ignore | null {
  if (ignores.length === 0) return null;
  const ignore = coversOf(ignores, rule, place.file)(place.start);
  const id = ignore?.rules.find((candidate) => isFor(candidate, rule));
  if (id !== undefined) ignore?.used.add(id);
  return ignore;
}

function isFor(id: string, rule: string): boolean {
  return id === rule || id === '*';
}

/** By file and rule, what is covered by which: findings and ignores may both be thousands. */
const covers = new WeakMap<readonly Ignore[], Map<string, Painted<Ignore>>>();

function coversOf(ignores: readonly Ignore[], rule: string, file: string): Painted<Ignore> {
  const known = covers.get(ignores) ?? new Map<string, Painted<Ignore>>();
  covers.set(ignores, known);
  const key = `${rule} ${file}`;
  let painted = known.get(key);
  if (painted === undefined) {
    const those = ignores.filter(({ tree, rules }) => tree.source.path === file && rules.some((id) => isFor(id, rule)));
    painted = paint(those, (ignore) => ignore.covers);
    known.set(key, painted);
  }
  return painted;
}

/**
 * `notRun`: rules that were not asked; nobody can tell whether an ignore of theirs is needed. `ids`: all rules.
 */
export function unusedIgnores(
  ignores: readonly Ignore[],
  notRun: ReadonlySet<string>,
  ids: ReadonlySet<string>,
): readonly UnusedIgnore[] {
  return ignores.flatMap((ignore) => {
    const rules = ignore.rules.filter((id) => !ignore.used.has(id) && !notRun.has(id));
    if (rules.length === 0 || (ignore.rules.includes('*') && notRun.size > 0)) return [];
    const whole = rules.length === ignore.rules.length;
    const unknown = rules.find((id) => id !== '*' && !ids.has(id)) ?? null;
    const { start, end } = ignore.comment;
    return [{ file: ignore.tree.source.path, start, end, rules, whole, unknown }];
  });
}

/** `# ... -- reason` is missing: for those who demand reasons. */
export function withoutReason(ignores: readonly Ignore[]): readonly { readonly file: string; readonly line: number }[] {
  return ignores
    .filter((ignore) => ignore.reason === null || ignore.reason === '')
    .map(({ tree, comment }) => ({ file: tree.source.path, line: positionAt(tree.source, comment.start).line }));
}
