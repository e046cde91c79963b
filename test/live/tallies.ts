export function share(part: number, whole: number): string {
  return `${part} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`;
}

export function tally(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

export function listed(counts: Map<string, number>): string[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([what, times]) => `  ${times} x ${what}`);
}
