import type { FileEdit } from '../text/edit';

/**
 * An edit as a recipe makes it. Insertions at one point from several fixes are made together, in the order of `rank`
 * (what is written first) and then of the fixes.
 */
export interface Change extends FileEdit {
  readonly rank: number;
}

export const RANK = {
  /** Line ends that open up a one-line block. */
  opening: 0,
  map: 10,
  httpVersion: 20,
  header: 30,
  setting: 40,
  other: 50,
  closing: 90,
} as const;

export function isInsertion(edit: { readonly start: number; readonly end: number }): boolean {
  return edit.start === edit.end;
}

/** Why a repair cannot be turned into edits, in words. */
export interface Refusal {
  readonly refused: string;
}

export function refusal(refused: string): Refusal {
  return { refused };
}

export function isRefusal<T extends object>(answer: T | Refusal): answer is Refusal {
  return 'refused' in answer;
}
