import { lintAlike } from '../lint/alike';
import { withReduced } from '../lint/reduced';
import type { Unfit } from '../lint/reduced';
import { Relatives } from '../lint/relatives';
import type { FixRecord } from '../lint/result';
import type { Rule } from '../lint/rule';
import type { Reduced } from '../model/likeness';
import type { Workspace } from '../model/workspace';
import { editSource } from './apply';
import { editMaker } from './edit-maker';
import { fix } from './fixer';
import type { FileChange, FixOptions, FixOutcome } from './fixer';
import { NO_ROUTE } from './proof-line';

/**
 * As `fix`, but unless routes are to be listed, of server files that are alike one is fixed, and all others in the same way: they have the same text
 * around each edit, and what the proof has shown for one holds for all. See `lintAlike`. What remains to be found is then
 * looked for in the files as they are afterwards. Tests hold it to the same texts and records as `fix`.
 */
export function fixAlike(
  workspace: Workspace,
  rules: readonly Rule[],
  options: FixOptions,
  fewFiles?: number,
): FixOutcome {
  if (options.listRoutes !== false) return fix(workspace, rules, options);
  const done = withReduced(workspace, fewFiles, (reduced) => fixReduced(workspace, reduced, rules, options));
  return done === null ? fix(workspace, rules, options) : finished(workspace, done, rules, options, fewFiles);
}

interface Done {
  readonly changes: ReadonlyMap<string, FileChange>;
  readonly records: readonly FixRecord[];
}

function fixReduced(
  workspace: Workspace,
  reduced: Reduced,
  rules: readonly Rule[],
  options: FixOptions,
): Done | Unfit | null {
  const outcome = fix(reduced.workspace, rules, options);
  const { notes, problems } = outcome.result;
  const asBefore = notes.length === workspace.notes.length && problems.length === workspace.problems.length;
  return asBefore && concernsServersAlone(outcome, reduced) ? spread(workspace, reduced, outcome) : null;
}

/** What the proof of a fix says of routes in a file that all share, it would have to say of all. */
function concernsServersAlone({ records }: FixOutcome, { likenesses }: Reduced): boolean {
  const servers = new Set(likenesses.flatMap(({ list }) => list));
  return records.every(({ file, state, proof }) => state !== 'applied' || servers.has(file) || proof === NO_ROUTE);
}

function spread(workspace: Workspace, { likenesses }: Reduced, outcome: FixOutcome): Done | Unfit {
  const families = new Map(likenesses.map((likeness) => [likeness.model, new Relatives(workspace, likeness)]));
  const unfit = new Set<Relatives>();
  const changes = new Map<string, FileChange>();
  const records: FixRecord[] = [];
  for (const change of outcome.changes) {
    const family = families.get(change.file);
    const copies = family === undefined ? [change] : changesLike(workspace, change, family);
    if (copies === null && family !== undefined) unfit.add(family);
    for (const copy of copies ?? []) changes.set(copy.file, copy);
  }
  for (const record of outcome.records) {
    const family = families.get(record.file);
    records.push(record);
    if (family === undefined) continue;
    if (family.namesModel([record.title, record.reason ?? '', record.proof ?? ''].join('\n'))) unfit.add(family);
    for (const { file } of family.twins) {
      const files = record.files.map((one) => (one === record.file ? file : one));
      records.push({ ...record, file, files });
    }
  }
  if (unfit.size > 0) return { unfit: [...unfit].flatMap(({ likeness }) => likeness.files) };
  return { changes, records: records.sort(byFile) };
}

/** As the findings come, and so their fixes. */
function byFile(one: FixRecord, other: FixRecord): number {
  if (one.state !== other.state) return ORDER.indexOf(one.state) - ORDER.indexOf(other.state);
  return one.file < other.file ? -1 : one.file > other.file ? 1 : 0;
}

const ORDER: readonly FixRecord['state'][] = ['applied', 'discarded', 'available'];

/** The change, and those of the files like this one; null where an edit does not fit these. */
function changesLike(workspace: Workspace, change: FileChange, family: Relatives): readonly FileChange[] | null {
  const changes: FileChange[] = [change];
  if (family.namesModel(change.edits.map(({ text }) => text).join('\n'))) return null;
  for (const twin of family.twins) {
    const before = workspace.files.get(twin.file);
    const edits = change.edits.map((edit) => twin.edit(edit));
    if (before === undefined || !edits.every((edit) => edit !== null)) return null;
    changes.push({ file: twin.file, before, after: editSource(before, edits), edits });
  }
  return changes;
}

function finished(
  original: Workspace,
  { changes, records }: Done,
  rules: readonly Rule[],
  options: FixOptions,
  fewFiles?: number,
): FixOutcome {
  const files = new Map([...original.files].map(([file, source]) => [file, changes.get(file)?.after ?? source]));
  const workspace = { ...original, files };
  const result = lintAlike(workspace, rules, { ...options, editsFor: editMaker(options) }, fewFiles);
  const inOrder = [...original.files.keys()].flatMap((file) => changes.get(file) ?? []);
  return { workspace, result: { ...result, fixes: records }, records, changes: inOrder };
}
