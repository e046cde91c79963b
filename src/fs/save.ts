import type { Source } from '../text/source';
import { checkChanges } from './save-check';
import type { Plan } from './save-check';
import { commit, prepare, rollBack, sweep } from './save-write';
import type { Step } from './save-write';
import { describe } from './read';
import { nodeSystem } from './system';
import type { System } from './system';

/** A file's new text. `before` is what was read, which must still be there. */
export interface Change {
  readonly before: Source;
  readonly text: string;
}

export interface SaveOptions {
  /** Names of sources are relative to it. */
  readonly cwd: string;
  /** Names of the files that may be written: `Workspace.given`. */
  readonly given: ReadonlySet<string>;
  readonly system?: System;
}

/**
 * What became of a file. `kept`: never touched, the old text. `restored`: written and put back. `damaged`: neither old
 * nor new could be put there; `copy` names the file with the old text.
 */
export interface SavedFile {
  readonly file: string;
  readonly state: 'written' | 'kept' | 'restored' | 'damaged';
  readonly reason: string | null;
  readonly copy: string | null;
}

export interface SaveResult {
  /** Every file was written. Otherwise none was, but for those whose state says so. */
  readonly saved: boolean;
  /** In the order of the changes. */
  readonly files: readonly SavedFile[];
  /** Temporary files that could not be removed. */
  readonly leftovers: readonly string[];
}

/**
 * Writes all files or none. Checks and temporary files come first, then a rename each; when one fails, those before it
 * are put back. Killed at any point, each file is old or new (one that must be written in place: has its old text
 * beside it in a dot file).
 */
export function save(changes: readonly Change[], options: SaveOptions): SaveResult {
  const system = options.system ?? nodeSystem;
  const { plans, refusals, close } = checkChanges(changes, options, system);
  try {
    return refusals.size > 0 ? refused(plans, refusals) : writeAll(plans, system);
  } finally {
    close();
  }
}

function refused(plans: readonly Plan[], refusals: ReadonlyMap<string, string>): SaveResult {
  const files = plans.map(({ name }): SavedFile => kept(name, refusals.get(name) ?? null));
  return { saved: false, files, leftovers: [] };
}

function kept(file: string, reason: string | null): SavedFile {
  return { file, state: 'kept', reason, copy: null };
}

function writeAll(plans: readonly Plan[], system: System): SaveResult {
  const steps = plans.map((plan): Step => ({ plan, temporary: null, copy: null, began: false, inPlace: plan.inPlace }));
  for (const work of [prepare, commit]) {
    for (const step of steps) {
      try {
        work(step, system);
      } catch (error) {
        return abandon(steps, step, describe(error), system);
      }
    }
  }
  const files = plans.map(({ name }): SavedFile => ({ file: name, state: 'written', reason: null, copy: null }));
  return { saved: true, files, leftovers: sweep(steps, new Set(), system) };
}

/** Puts back what was begun, the last first, and says what became of each. */
function abandon(steps: readonly Step[], failed: Step, reason: string, system: System): SaveResult {
  const files = new Map<Step, SavedFile>();
  const needed = new Set<Step>();
  for (const step of [...steps].reverse()) {
    const why = step === failed ? reason : null;
    if (!step.began) files.set(step, kept(step.plan.name, why));
    else files.set(step, putBack(step, why, needed, system));
  }
  const leftovers = sweep(steps, needed, system);
  return { saved: false, files: steps.flatMap((step) => files.get(step) ?? []), leftovers };
}

function putBack(step: Step, why: string | null, needed: Set<Step>, system: System): SavedFile {
  const file = step.plan.name;
  try {
    rollBack(step, system);
    return { file, state: why === null ? 'restored' : 'kept', reason: why, copy: null };
  } catch (error) {
    needed.add(step);
    const reason = `${why === null ? '' : `${why}; `}could not be put back: ${describe(error)}`;
    return { file, state: step.inPlace ? 'damaged' : 'written', reason, copy: step.copy?.shown ?? null };
  }
}
