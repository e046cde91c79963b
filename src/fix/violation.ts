/** A change that no fix announced. */
export interface Violation {
  /** Index of the route it was seen on; null when it concerns a file or the whole configuration. */
  readonly route: number | null;
  /** The file of a new fault; null otherwise. */
  readonly file: string | null;
  /** In words, for the report. */
  readonly reason: string;
}

export function onRoute(route: number, reason: string): Violation {
  return { route, file: null, reason };
}
