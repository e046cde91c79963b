import type { Span } from '../text/source';

/** What covers an offset; the first of several. */
export type Painted<T> = (offset: number) => T | null;

/**
 * Spans laid over each other, the first on top. Each stretch between two ends is painted once, so that thousands of
 * spans and thousands of questions take no square of time.
 */
export function paint<T>(list: readonly T[], spanOf: (one: T) => Span): Painted<T> {
  const ends = [...new Set(list.flatMap((one) => [spanOf(one).start, spanOf(one).end]))].sort((a, b) => a - b);
  const top: (T | null)[] = ends.map(() => null);
  // the next stretch from here on that nothing covers yet
  const free = ends.map((_, at) => at);
  const nextFree = (from: number): number => {
    let at = from;
    for (let next = free[at]; next !== undefined && next !== at; next = free[at]) at = free[at] = free[next] ?? next;
    return at;
  };
  for (const one of list) {
    const { start, end } = spanOf(one);
    for (let at = nextFree(stretchOf(ends, start)); (ends[at] ?? end) < end; at = nextFree(at)) {
      top[at] = one;
      free[at] = at + 1;
    }
  }
  return (offset) => top[stretchOf(ends, offset)] ?? null;
}

/** Index of the last end at or before the offset; -1 before all. */
function stretchOf(ends: readonly number[], offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
