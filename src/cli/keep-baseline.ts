import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { isInside, pathOf } from '../fs/names';
import { baselineOf, createBaseline, without } from '../lint/baseline';
import type { BaselineEntry } from '../lint/baseline';
import type { LintResult } from '../lint/result';
import type { Workspace } from '../model/workspace';
import { plural } from '../report/counts';
import { baselinePath, writeBaseline } from './baseline-file';
import type { Invocation } from './invocation';
import type { Io } from './io';
import type { Settings } from './settings';

/** A run as far as its baseline goes by it. */
export interface Judged {
  readonly call: Invocation;
  readonly settings: Settings;
  readonly workspaces: readonly Workspace[];
  readonly results: readonly LintResult[];
  /** What the file held. */
  readonly known: readonly BaselineEntry[];
}

/** Writes, prunes, or notes what of the baseline is stale. */
export function keepBaseline(judged: Judged, io: Io): readonly LintResult[] {
  const { call, settings, results } = judged;
  const file = baselinePath(call, settings.config);
  if (file === null) return results;
  const writes = call.flag('write-baseline') || call.flag('prune-baseline');
  if (writes && results.some(({ problems }) => problems.length > 0)) return untouched(results, file);
  return call.flag('write-baseline') ? written(results, file, io) : checked(judged, file, io);
}

/** What was not read may hold what the baseline lists. */
function untouched([first, ...others]: readonly LintResult[], file: string): readonly LintResult[] {
  if (first === undefined) return [];
  const message = `the baseline ${file} stays as it was: not everything could be read`;
  return [{ ...first, problems: [...first.problems, { file: null, message }] }, ...others];
}

function written(results: readonly LintResult[], file: string, io: Io): readonly LintResult[] {
  const open = results.flatMap(({ diagnostics, sources }) =>
    diagnostics.filter(({ ignored }) => ignored === null).map((diagnostic) => ({ diagnostic, sources })),
  );
  writeBaseline(io, file, baselineOf(open));
  const covered = results.map((result) => ({ ...result, diagnostics: result.diagnostics.map(asKnown) }));
  return noting(covered, `${plural(open.length, 'finding')} written to the baseline ${file}`);
}

function asKnown(diagnostic: LintResult['diagnostics'][number]): LintResult['diagnostics'][number] {
  return diagnostic.ignored === null ? { ...diagnostic, ignored: { by: 'baseline', reason: null } } : diagnostic;
}

function checked(judged: Judged, file: string, io: Io): readonly LintResult[] {
  const { call, results, known } = judged;
  const used = createBaseline(known);
  for (const { diagnostics, sources } of results) {
    for (const diagnostic of diagnostics) if (diagnostic.ignored?.by === 'baseline') used.covers(diagnostic, sources);
  }
  const sought = soughtBy(judged, io.cwd);
  const stale = used.stale().filter(sought);
  if (stale.length === 0) return results;
  const entries = stale.length === 1 ? '1 entry' : `${stale.length} entries`;
  if (!call.flag('prune-baseline')) {
    return noting(results, `${entries} of the baseline ${file} match nothing any more (--prune-baseline drops them)`);
  }
  writeBaseline(io, file, without(known, stale).left);
  return noting(results, `${entries} dropped from the baseline ${file}`);
}

/** Whether this run would have met what an entry lists: it ran the rule, and read the file, or the tree that it is gone from. */
function soughtBy({ settings, workspaces }: Judged, cwd: string): (entry: BaselineEntry) => boolean {
  const { only, severities } = settings.lint;
  const read = new Set(workspaces.flatMap(({ focus, files }) => [...(focus ?? files.keys())]));
  const roots = workspaces.flatMap(({ main, fragments }) =>
    main === null ? fragments.map((part) => part.file) : [main],
  );
  const trees = [...new Set(roots.map((root) => dirname(pathOf(root, cwd))))];
  return ({ rule, file }) => {
    if ((only !== null && !only.has(rule)) || severities.get(rule) === 'off') return false;
    if (read.has(file)) return true;
    const path = pathOf(file, cwd);
    return trees.some((tree) => isInside(path, tree)) && !existsSync(path);
  };
}

function noting([first, ...others]: readonly LintResult[], note: string): readonly LintResult[] {
  return first === undefined ? [] : [{ ...first, notes: [...first.notes, note] }, ...others];
}
