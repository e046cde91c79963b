import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { FileChange } from '../fix/fixer';
import { save } from '../fs/save';
import type { SaveResult } from '../fs/save';
import type { Workspace } from '../model/workspace';
import { resolveIn } from './io';
import type { Io } from './io';
import { writeFile } from './outputs';

export interface Writing {
  readonly changes: readonly FileChange[];
  readonly workspaces: readonly Workspace[];
  /** What --patch names, and what is to be in it. */
  readonly patch: { readonly file: string; readonly bytes: Uint8Array } | null;
}

/** Writes the fixed files, all or none; what went wrong, in lines, or nothing. */
export function writeChanges(io: Io, { changes, workspaces, patch }: Writing): readonly string[] {
  const undo = patch === null ? null : writePatch(io, patch.file, patch.bytes);
  if (changes.length === 0) return [];
  io.holdSignals();
  const given = new Set(workspaces.flatMap((workspace) => [...workspace.given]));
  const result = save(
    changes.map(({ before, after }) => ({ before, text: after.text })),
    { cwd: io.cwd, given },
  );
  if (result.saved) return leftovers(result);
  undo?.(); // the patch holds what was done
  return failure(result);
}

/** The patch comes first: who cannot undo must not begin. */
function writePatch(io: Io, file: string, bytes: Uint8Array): () => void {
  const target = resolveIn(io, file);
  const before = existsSync(target) ? readFileSync(target) : null;
  writeFile(io, file, bytes);
  return () => {
    if (before === null) rmSync(target, { force: true });
    else writeFileSync(target, before);
  };
}

function failure(result: SaveResult): readonly string[] {
  const lines = result.files.flatMap(({ file, state, reason, copy }) => {
    if (state === 'written') return [`${file}: was written and ${reason ?? 'stays so'}`];
    if (state === 'damaged') return [`${file}: is damaged: ${reason ?? ''}; ${copy ?? 'no file'} holds its old text`];
    return reason === null ? [] : [`${file}: ${reason}`];
  });
  const untouched = result.files.every(({ state }) => state === 'kept' || state === 'restored');
  return [...lines, untouched ? 'nothing was written' : 'not everything could be put back', ...leftovers(result)];
}

function leftovers({ leftovers: files }: SaveResult): readonly string[] {
  return files.map((file) => `${file}: a temporary file that could not be removed`);
}
