/**
 * Edits (insert, delete, replace, swap of neighbours) that turn one word into the other, or `limit + 1` when it takes
 * more. Optimal string alignment; the words are directive, header and variable names.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current.push(cell(a, b, row, column, before, above, current));
    }
    before = above;
    above = current;
  }
  return Math.min(above[b.length] ?? limit + 1, limit + 1);
}

function cell(
  a: string,
  b: string,
  row: number,
  column: number,
  before: readonly number[],
  above: readonly number[],
  current: readonly number[],
): number {
  const same = a[row - 1] === b[column - 1];
  let least = Math.min(
    (above[column] ?? 0) + 1,
    (current[column - 1] ?? 0) + 1,
    (above[column - 1] ?? 0) + (same ? 0 : 1),
  );
  if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
    least = Math.min(least, (before[column - 2] ?? 0) + 1);
  }
  return least;
}

/** The nearest of the candidates within `limit` edits; null for none. The first one wins a tie. */
export function nearest(word: string, candidates: Iterable<string>, limit: number): string | null {
  let best: string | null = null;
  let least = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, least - 1);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}
