import { AT_ONCE, CUT, IDLE } from './access-signatures';
import type { Lengths, LogGroup, LogSummary, Signature } from './types';

export interface Group {
  readonly signature: Signature;
  readonly facts: Omit<LogGroup, 'signature' | 'count' | 'last' | 'seconds' | 'certain'>;
  count: number;
  last: string | null;
  least: number;
  most: number;
}

/** What is kept of all lines. */
export interface State {
  file: string;
  lineInFile: number;
  lines: number;
  errorLines: number;
  accessLines: number;
  unknownLines: number;
  otherLines: number;
  switched: number;
  merged: boolean;
  readonly groups: Map<string, Group>;
  /** Lines that plain requests print too, of paths that nothing was known of when they came. */
  readonly undecided: Map<string, Group>;
  /** Paths that had a 101. */
  readonly switchedPaths: Map<string, Switched>;
  /** Whole seconds -> connections of that length. */
  readonly lengths: Map<number, number>;
}

/** How many 101s a path had, and how long they lasted. */
export interface Switched {
  count: number;
  least: number;
  most: number;
}

const LEAST_SHORT = 3;

const WEIGHTS = { breaks: 0, drops: 1, harmless: 2 } as const;

/** What the lines come to: what breaks first, then what there is most of. `configured`: it is known what serves. */
export function summarise(state: State, configured: boolean): LogSummary {
  const { certain, maybe, plain } = decide(state, configured);
  const groups = certain.map((group) => finish(state, group, true)).filter((group) => isSystematic(state, group));
  const cut = cutAt(state, groups);
  if (cut !== null) groups.push(cut);
  groups.push(...maybe.map((group) => finish(state, group, false)));
  groups.sort(
    (a, b) =>
      Number(b.certain) - Number(a.certain) ||
      WEIGHTS[a.signature.weight] - WEIGHTS[b.signature.weight] ||
      b.count - a.count,
  );
  const { lines, errorLines, accessLines, unknownLines, merged, switched } = state;
  const otherLines = state.otherLines + plain;
  return { lines, errorLines, accessLines, unknownLines, otherLines, groups, merged, switched };
}

interface Decided {
  readonly certain: readonly Group[];
  readonly maybe: readonly Group[];
  /** Lines that are about plain requests. */
  readonly plain: number;
}

/** All lines are read: a path without any 101 is an endpoint only if the configuration says so. */
function decide(state: State, configured: boolean): Decided {
  const certain = new Map(state.groups);
  const maybe: Group[] = [];
  let plain = 0;
  for (const [key, group] of state.undecided) {
    const { signature, facts, count } = group;
    if (facts.path !== null && state.switchedPaths.has(facts.path)) certain.set(key, joined(group, certain.get(key)));
    else if (signature.endpointOnly === true || (configured && facts.path !== null)) plain += count;
    else maybe.push(group);
  }
  return { certain: [...certain.values()], maybe, plain };
}

/** Lines before the first 101 of their path, and those after it. */
function joined(before: Group, after: Group | undefined): Group {
  if (after === undefined) return before;
  return { ...before, count: before.count + after.count, last: after.last };
}

function finish(state: State, group: Group, certain: boolean): LogGroup {
  return {
    ...group.facts,
    signature: group.signature,
    count: group.count,
    last: group.last ?? group.facts.first,
    seconds: lengthsOf(group) ?? tunnelLengths(state, group),
    certain,
  };
}

function lengthsOf({ least, most }: { readonly least: number; readonly most: number }): Lengths | null {
  return least === Infinity ? null : { least, most };
}

/** An error line has no length: those of the path's 101s tell which of the two timeouts it was. */
function tunnelLengths(state: State, { signature, facts: { path } }: Group): Lengths | null {
  if (signature.id !== 'idle-timeout' || path === null) return null;
  const switched = state.switchedPaths.get(path);
  return switched === undefined ? null : lengthsOf(switched);
}

/** One short connection is a tab that was closed, or a check; where half of them are, something is wrong. */
function isSystematic(state: State, { signature, count, path }: LogGroup): boolean {
  if (signature.id !== AT_ONCE.id) return true;
  const all = path === null ? state.switched : (state.switchedPaths.get(path)?.count ?? state.switched);
  return count >= LEAST_SHORT && count * 2 >= all;
}

/** One length that at least five connections, and two in five of all, have in common is no accident. */
function cutAt(state: State, groups: readonly LogGroup[]): LogGroup | null {
  let best: readonly [number, number] = [0, 0];
  for (const entry of state.lengths) if (entry[1] > best[1]) best = entry;
  const [whole, count] = best;
  if (count < 5 || count < 0.4 * state.switched) return null;
  const told = groups.some(
    ({ signature, seconds }) => signature.id === IDLE.id && Math.floor(seconds?.least ?? -1) === whole,
  );
  if (told) return null;
  return {
    signature: CUT,
    count,
    path: null,
    host: null,
    server: null,
    upstream: null,
    level: null,
    status: 101,
    first: null,
    last: null,
    file: state.file,
    line: 0,
    sample: `${count} of ${state.switched} connections lasted ${whole} to ${whole + 1} s`,
    seconds: { least: whole, most: whole + 1 },
    certain: true,
  };
}
