import { changesOf, fixTrees } from '../api/fix-trees';
import type { FixJob } from '../api/fix-trees';
import { pathOf } from '../fs/names';
import { editMaker } from '../fix/edit-maker';
import type { FileChange, FixOutcome } from '../fix/fixer';
import { lintAlike } from '../lint/alike';
import type { FixRecord, LintResult } from '../lint/result';
import type { Rule } from '../lint/rule';
import { visible } from '../report/display';
import { patchNames, unifiedPatch } from '../text/patch';
import type { Invocation } from './invocation';
import { resolveIn } from './io';
import type { Io } from './io';
import { shellWord } from './next-steps';
import { writeFile } from './outputs';
import { during } from './stage';
import { writeChanges } from './write-changes';

export interface Repaired {
  readonly results: readonly LintResult[];
  /** The patch to print; null without --diff. */
  readonly diff: Uint8Array | null;
  /** Something could not be written: said already. */
  readonly failed: boolean;
  /** The command that takes back what was written; null where there is no patch of it. */
  readonly undo?: string | null;
}

/** --fix writes; --diff prints; --patch writes the same into a file, and alone changes nothing else. */
export function repair(call: Invocation, io: Io, jobs: readonly FixJob[], rules: readonly Rule[]): Repaired {
  const outcomes = during('fixing', () => fixTrees(jobs, rules, call.flag('unsafe-fixes')));
  const changes = changesOf(outcomes);
  const patch = during('making the patch', () => patchOf(changes, io));
  const file = call.value('patch');
  if (call.flag('fix') && !call.flag('diff'))
    return written(io, { jobs, outcomes, changes, patch, file, verify: call.flag('verify') }, rules);
  if (file !== null) writeFile(io, file, patch.bytes);
  if (changes.length > 0) io.stderr(applyHint(patch.base, file, io));
  if (!call.flag('diff')) return { results: jobs.map((job) => asItIs(job, rules)), diff: null, failed: false };
  const results = outcomes.map(({ result }) => ({ ...result, fixes: result.fixes.map(unwritten) }));
  return { results, diff: patch.bytes, failed: false };
}

interface Done {
  readonly jobs: readonly FixJob[];
  readonly outcomes: readonly FixOutcome[];
  readonly changes: readonly FileChange[];
  readonly patch: Patch;
  readonly file: string | null;
  readonly verify: boolean;
}

/** The status judges the tree as it is afterwards: when nothing could be written, as it was. */
function written(io: Io, done: Done, rules: readonly Rule[]): Repaired {
  const { jobs, outcomes, changes, patch, file } = done;
  const refusals = done.verify && changes.length > 0 ? during('verifying', () => refusedCopies(io, done)) : [];
  if (refusals.length > 0) {
    for (const line of refusals) io.stderr(`nginx-ws-lint: ${visible(line)}\n`);
    return { results: jobs.map((job) => asItIs(job, rules)), diff: null, failed: true };
  }
  const workspaces = jobs.map(({ workspace }) => workspace);
  const wanted = file === null ? null : { file, bytes: patch.bytes };
  const failures = during('writing the files', () => writeChanges(io, { changes, workspaces, patch: wanted }));
  for (const line of failures) io.stderr(`nginx-ws-lint: ${visible(line)}\n`);
  if (failures.length > 0) return { results: jobs.map((job) => asItIs(job, rules)), diff: null, failed: true };
  const undo = file === null || changes.length === 0 ? null : applyCommand(patch.base, file, io, '-R');
  return { results: outcomes.map(({ result }) => result), diff: null, failed: false, undo };
}

/** Why nginx would not take what is to be written: what it says now and did not say before. */
function refusedCopies(io: Io, { jobs, outcomes }: Done): readonly string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { verifyOutcomes } = require('./verify') as typeof import('./verify');
  return verifyOutcomes(
    io,
    jobs.map(({ workspace }) => workspace),
    outcomes,
  );
}

function asItIs({ workspace, options }: FixJob, rules: readonly Rule[]): LintResult {
  return lintAlike(workspace, rules, { ...options, editsFor: editMaker(options) });
}

/** Not written: the diff holds what would be. */
function unwritten(record: FixRecord): FixRecord {
  return record.state === 'applied' ? { ...record, state: 'available' } : record;
}

interface Patch {
  readonly bytes: Uint8Array;
  /** The directory it applies in, absolute. */
  readonly base: string;
}

function patchOf(changes: readonly FileChange[], io: Io): Patch {
  const paths = changes.map(({ file }) => slashed(pathOf(file, io.cwd)));
  const { base, names } = patchNames(paths, slashed(io.cwd));
  const files = changes.map(({ before, edits }, index) => {
    return { name: names.get(paths[index] ?? '') ?? '', before, edits };
  });
  return { bytes: unifiedPatch(files), base: changes.length === 0 ? io.cwd : base };
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function applyHint(base: string, file: string | null, io: Io): string {
  const command = applyCommand(base, file, io);
  return `apply it with: ${command}${file === null ? ' (reads the patch from standard input)' : ''}\n`;
}

function applyCommand(base: string, file: string | null, io: Io, ...options: readonly string[]): string {
  const here = base === slashed(io.cwd);
  const name = file === null ? [] : [shellWord(here ? file : resolveIn(io, file))];
  return ['git', ...(here ? [] : ['-C', shellWord(base)]), 'apply', ...options, ...name].join(' ');
}
