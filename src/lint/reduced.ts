import { buildConfiguration } from '../model/build';
import { misplaced, reduce } from '../model/likeness';
import type { Reduced } from '../model/likeness';
import { dependsOnNames } from '../model/name-dependence';
import type { Configuration } from '../model/scope';
import type { Workspace } from '../model/workspace';

/** Files that cannot stand for others, or others for them. */
export interface Unfit {
  readonly unfit: readonly string[];
}

/** Files found unfit are read as all others are, and the rest is tried again: once is the rule, twice is rare. */
const MOST_ROUNDS = 3;

/**
 * Does something with a workspace in which files stand for others that are alike. Null where none can; then each file is
 * to be judged by itself. `fewFiles`: fewer in one place are not worth it.
 */
export function withReduced<Done extends object>(
  workspace: Workspace,
  fewFiles: number | undefined,
  work: (reduced: Reduced, configuration: Configuration) => Done | Unfit | null,
): Done | null {
  const apart = new Set<string>();
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const reduced = reduce(workspace, apart, fewFiles);
    const done = reduced === null ? null : tried(reduced, work);
    if (done === null || !('unfit' in done)) return done;
    for (const file of done.unfit) apart.add(file);
  }
  return null;
}

function tried<Done extends object>(
  reduced: Reduced,
  work: (reduced: Reduced, configuration: Configuration) => Done | Unfit | null,
): Done | Unfit | null {
  const configuration = buildConfiguration(reduced.workspace);
  const unfit = misplaced(reduced, configuration);
  if (unfit.length > 0) return { unfit };
  return dependsOnNames(configuration) ? null : work(reduced, configuration);
}
