import { treeOf } from '../syntax/cache';
import type { Directive, SyntaxTree } from '../syntax/nodes';
import type { Source } from '../text/source';
import { lineStarts, positionAt } from '../text/source';
import { once } from '../text/once';
import type { Diagnostic } from './result';
import { maskText } from './secrets';

/** A finding that is accepted for now, known by what it says rather than by its line number. */
export interface BaselineEntry {
  readonly rule: string;
  /** The blocks around it: `http > server example.com > location /ws`. */
  readonly path: string;
  /** The directive's line, spaces reduced, secrets masked. */
  readonly line: string;
  /** Where it stood when the baseline was written; for people, not part of the key. */
  readonly file: string;
  /** How many findings have this key. */
  readonly count: number;
}

function keyOf({ rule, path, line }: Pick<BaselineEntry, 'rule' | 'path' | 'line'>): string {
  return `${rule}\n${path}\n${line}`;
}

type Sources = ReadonlyMap<string, Source>;

/** What a baseline says of a finding. */
export function entryOf(diagnostic: Diagnostic, sources: Sources): BaselineEntry {
  const { rule, file, start } = diagnostic;
  const source = sources.get(file);
  const path = source === undefined ? '' : pathAt(treeOf(source), start);
  return { rule, path, line: source === undefined ? '' : lineAt(source, start), file, count: 1 };
}

function lineAt(source: Source, offset: number): string {
  const { line } = positionAt(source, offset);
  const starts = lineStarts(source);
  const from = Math.max(starts[line - 1] ?? 0, offset - 500);
  const to = Math.min(starts[line] ?? source.text.length, offset + 500);
  return maskText(source.text.slice(from, to).replace(/\s+/g, ' ').trim());
}

/** The blocks that hold the offset, outermost first; a server is told by its names. */
function pathAt(tree: SyntaxTree, offset: number): string {
  const names: string[] = [];
  let level: readonly Directive[] | undefined = tree.directives;
  while (level !== undefined) {
    const around: Directive | undefined = lastStartingBefore(level, offset);
    if (around?.block == null || offset >= around.end || offset <= around.block.open) break;
    names.push(nameOfBlock(around));
    level = around.block.directives;
  }
  return names.join(' > ');
}

function lastStartingBefore(level: readonly Directive[], offset: number): Directive | undefined {
  let low = 0;
  let high = level.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((level[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return level[low - 1];
}

/** Asked for every finding in the block, which may hold thousands of directives and as many findings. */
const nameOfBlock = once(writeName);

function writeName({ name, args, block }: Directive): string {
  const named = name === 'server' ? block?.directives.find((directive) => directive.name === 'server_name') : undefined;
  return [name, ...(named?.args.slice(0, 3) ?? args)].join(' ');
}

/** The open findings as entries, one for each key and file, in order. */
export function baselineOf(
  findings: readonly { readonly diagnostic: Diagnostic; readonly sources: Sources }[],
): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const { diagnostic, sources } of findings) {
    const entry = entryOf(diagnostic, sources);
    const known = entries.get(placeOf(entry));
    entries.set(placeOf(entry), known === undefined ? entry : { ...known, count: known.count + 1 });
  }
  return [...entries.values()].sort((a, b) => (a.file === b.file ? order(keyOf(a), keyOf(b)) : order(a.file, b.file)));
}

function placeOf(entry: BaselineEntry): string {
  return `${keyOf(entry)}\n${entry.file}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A baseline in use: entries of a key cover, together, as many findings as they count. */
export interface Baseline {
  /** Whether it covers the finding, which is then used up. */
  covers(diagnostic: Diagnostic, sources: Sources): boolean;
  /** Entries, or parts of them, that covered nothing. */
  stale(): readonly BaselineEntry[];
}

export function createBaseline(entries: readonly BaselineEntry[]): Baseline {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  const used = new Map<string, BaselineEntry>();
  return {
    covers: (diagnostic, sources) => {
      if (left.size === 0) return false;
      const entry = entryOf(diagnostic, sources);
      const count = left.get(keyOf(entry)) ?? 0;
      if (count === 0) return false;
      left.set(keyOf(entry), count - 1);
      used.set(placeOf(entry), { ...entry, count: (used.get(placeOf(entry))?.count ?? 0) + 1 });
      return true;
    },
    stale: () => {
      const unused = without(entries, [...used.values()], placeOf);
      return without(unused.left, unused.over, keyOf).left; // what moved to another file
    },
  };
}

/** The entries without those: less by their counts, where the keys agree; and what of those matched none. */
export function without(
  entries: readonly BaselineEntry[],
  those: readonly BaselineEntry[],
  key: (entry: BaselineEntry) => string = placeOf,
): { readonly left: readonly BaselineEntry[]; readonly over: readonly BaselineEntry[] } {
  const counts = new Map<string, number>();
  for (const each of those) counts.set(key(each), (counts.get(key(each)) ?? 0) + each.count);
  const left = entries.map((entry) => less(entry, counts, key(entry)));
  const over = those.map((each) => {
    const rest = Math.min(each.count, counts.get(key(each)) ?? 0);
    counts.set(key(each), (counts.get(key(each)) ?? 0) - rest);
    return { ...each, count: rest };
  });
  return { left: left.filter(some), over: over.filter(some) };
}

/** Takes what it can off the count that is to be taken. */
function less(entry: BaselineEntry, counts: Map<string, number>, key: string): BaselineEntry {
  const taken = Math.min(entry.count, counts.get(key) ?? 0);
  if (taken > 0) counts.set(key, (counts.get(key) ?? 0) - taken);
  return { ...entry, count: entry.count - taken };
}

function some({ count }: BaselineEntry): boolean {
  return count > 0;
}
