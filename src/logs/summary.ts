import { AT_ONCE, CUT, IDLE } from './access-signatures';
import type { LogGroup, LogSummary, Signature } from './types';

export interface Group {
  readonly signature: Signature;
  readonly facts: Omit<LogGroup, 'signature' | 'count' | 'last' | 'seconds'>;
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
  /** Paths that had a 101 -> how many. */
  readonly switchedPaths: Map<string, number>;
  /** Whole seconds -> connections of that length. */
  readonly lengths: Map<number, number>;
}

const LEAST_SHORT = 3;

const WEIGHTS = { breaks: 0, drops: 1, harmless: 2 } as const;

/** What the lines come to: what breaks first, then what there is most of. */
export function summarise(state: State): LogSummary {
  const groups = [...state.groups.values()].map(finish).filter((group) => isSystematic(state, group));
  const cut = cutAt(state, groups);
  if (cut !== null) groups.push(cut);
  groups.sort((a, b) => WEIGHTS[a.signature.weight] - WEIGHTS[b.signature.weight] || b.count - a.count);
  const { lines, errorLines, accessLines, unknownLines, otherLines, merged, switched } = state;
  return { lines, errorLines, accessLines, unknownLines, otherLines, groups, merged, switched };
}

function finish(group: Group): LogGroup {
  const seconds = group.least === Infinity ? null : { least: group.least, most: group.most };
  return {
    ...group.facts,
    signature: group.signature,
    count: group.count,
    last: group.last ?? group.facts.first,
    seconds,
  };
}

/** One short connection is a tab that was closed, or a check; where half of them are, something is wrong. */
function isSystematic(state: State, { signature, count, path }: LogGroup): boolean {
  if (signature.id !== AT_ONCE.id) return true;
  const all = path === null ? state.switched : (state.switchedPaths.get(path) ?? state.switched);
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
  };
}
