import type { FileChange } from '../fix/fixer';
import type { Invocation } from './invocation';
import type { Io } from './io';
import type { RepairJob } from './repair';

/** Writes the fixed files, all or none; null, or why nothing was written. */
export function writeChanges(
  _call: Invocation,
  io: Io,
  _jobs: readonly RepairJob[],
  _changes: readonly FileChange[],
): string | null {
  io.holdSignals();
  return 'not yet';
}
