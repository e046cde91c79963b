import { veiledRecord, veilOver } from '../lint/foreign';
import { lint, type LintOptions } from '../lint/linter';
import { attachFix, type EditMaker } from '../lint/diagnose';
import type { Diagnostic, FixRecord, LintResult } from '../lint/result';
import type { RepairPlan, Rule } from '../lint/rule';
import { buildConfiguration } from '../model/build';
import type { Route } from '../model/route';
import { findRoutes } from '../model/routes';
import type { Configuration } from '../model/scope';
import type { Workspace } from '../model/workspace';
import { composeEdits } from '../text/compose';
import type { Edit, FileEdit } from '../text/edit';
import type { Source } from '../text/source';
import { isRefusal } from './change';
import { UNREADABLE } from './editable';
import { createFixContext, type FixContext } from './context';
import { generatedNotes } from './generated';
import { editsFor, planFixes, type PlannedFix } from './plan';
import { Records } from './records';
import { settle } from './settle';
import { createState, type State } from './state';

export interface FixOptions extends LintOptions {
  /** Makes unsafe fixes too. */
  readonly unsafe: boolean;
}

/** A file that fixing changed. The edits lead from `before` to `after`. */
export interface FileChange {
  readonly file: string;
  readonly before: Source;
  readonly after: Source;
  readonly edits: readonly Edit[];
}

export interface FixOutcome {
  /** As it is after fixing. */
  readonly workspace: Workspace;
  /** What remains, with `fixes` filled in. */
  readonly result: LintResult;
  readonly records: readonly FixRecord[];
  /** In the order of the workspace's files. */
  readonly changes: readonly FileChange[];
}

const MOST_PASSES = 10;

/** A lint, with the scopes that its plans speak of. */
interface Look {
  readonly result: LintResult;
  readonly state: State;
  readonly context: FixContext;
}

/**
 * Lints and fixes until nothing is left to fix, at most ten times. Each round of fixes proves itself before it is kept:
 * what changes more than it announced is discarded and said so. Rules whose fixes come to no end fix nothing at all:
 * what they did ten times a second run would go on with.
 */
export function fix(workspace: Workspace, rules: readonly Rule[], options: FixOptions): FixOutcome {
  const first = look(workspace, rules, options);
  const endless = new Set<string>();
  const notes: string[] = [];
  for (let tries = 1; ; tries += 1) {
    const ended = fixWithout(endless, first, workspace, rules, options);
    if ('outcome' in ended) {
      const { result, ...others } = ended.outcome;
      return { ...others, result: { ...result, notes: [...result.notes, ...notes] } };
    }
    for (const one of ended.endless) endless.add(tries > MOST_BARRED ? one.rule : barredAs(one));
    notes.push(ended.note);
  }
}

/** After so many tries without single findings, whole rules are left out. */
const MOST_BARRED = 4;

function barredAs({ rule, file, message }: Diagnostic): string {
  return JSON.stringify([rule, file, message]);
}

const ENDLESS = 'it would go on changing the file';

/** What came of it; or the rules that would go on for ever. */
function fixWithout(
  barred: ReadonlySet<string>,
  first: Look,
  workspace: Workspace,
  rules: readonly Rule[],
  options: FixOptions,
): { readonly outcome: FixOutcome } | { readonly endless: readonly Diagnostic[]; readonly note: string } {
  const isBarred = (one: Diagnostic): boolean => barred.has(one.rule) || barred.has(barredAs(one));
  const edits = new Map<string, readonly Edit[]>();
  let at = first;
  const records = new Records(first.state);
  const seen = new Set([fingerprint(workspace, workspace, [])]);
  for (let pass = 1; ; pass += 1) {
    const open = at.result.diagnostics
      .filter(isOpen)
      .filter((one) => !isBarred(one) && !records.isDiscarded(one, at.result));
    const round = oneRound(at, open, options);
    records.discard(round.discarded, at.result);
    if (round.made.size === 0) {
      // what was discarded may prove itself now that others are made
      if (records.reconsider()) continue;
      break;
    }
    const next = round.after.workspace;
    const print = fingerprint(workspace, next, [...edits.keys(), ...round.edits.keys()]);
    if (pass > MOST_PASSES || seen.has(print)) {
      const endless = [...round.made.keys()];
      const why = seen.has(print)
        ? 'undo what others do'
        : `would go on changing the files after ${MOST_PASSES} rounds`;
      return { endless, note: `fixing left out what comes to no end: ${[...rulesOf(endless)].join(', ')} ${why}` };
    }
    seen.add(print);
    records.apply(round.made, at.result);
    for (const [file, list] of round.edits) edits.set(file, compose(workspace, file, edits.get(file), list));
    at = look(next, rules, options);
  }
  const left = at.result.diagnostics.filter(isOpen).filter(isBarred);
  records.discard(
    left.map((item) => ({ item, reason: ENDLESS })),
    at.result,
  );
  return { outcome: outcome(workspace, first, at, edits, records, generatedNotes(workspace, edits), options.unsafe) };
}

function look(workspace: Workspace, rules: readonly Rule[], options: FixOptions): Look {
  const seen: { configuration: Configuration | null; routes: readonly Route[] } = { configuration: null, routes: [] };
  const capture = (configuration: Configuration, _: Workspace, routes: readonly Route[]): EditMaker => {
    Object.assign(seen, { configuration, routes });
    return () => null;
  };
  const result = lint(workspace, rules, { ...options, editsFor: capture });
  const configuration = seen.configuration ?? buildConfiguration(workspace);
  const state = createState(workspace, configuration, seen.routes, options.version);
  return { result, state, context: createFixContext(workspace, configuration, seen.routes, options.version) };
}

function isOpen(diagnostic: Diagnostic): diagnostic is Fixable {
  return diagnostic.plan !== null && diagnostic.ignored === null;
}

type Fixable = Diagnostic & { readonly plan: RepairPlan };

interface Round {
  readonly after: State;
  readonly made: ReadonlyMap<Diagnostic, PlannedFix>;
  readonly edits: ReadonlyMap<string, readonly FileEdit[]>;
  readonly discarded: readonly { readonly item: Diagnostic; readonly reason: string }[];
}

function oneRound(at: Look, open: readonly Fixable[], options: FixOptions): Round {
  const shop = {
    before: at.state,
    plan: (items: readonly Fixable[]) => planAllowed(at.context, items, options.unsafe),
    look: (workspace: Workspace) => rebuild(workspace, options, at.state),
  };
  const { after, made, edits, discarded } = settle(shop, open);
  return { after, made: new Map(made.map(({ item, fix }) => [item, fix])), edits, discarded };
}

/** Plans what may be made; a plan that turns out to rest on an assumption drops out, and the others are planned anew. */
function planAllowed(
  context: FixContext,
  items: readonly Fixable[],
  unsafe: boolean,
): { item: Fixable; fix: PlannedFix }[] {
  let open = unsafe ? items : items.filter(({ plan }) => plan.safety === 'safe');
  for (;;) {
    const planned = planFixes(
      context,
      open.map(({ plan }) => plan),
    );
    const pairs = open.flatMap((item, index) => {
      const fix = planned[index];
      return fix === undefined || fix.refused !== null ? [] : [{ item, fix }];
    });
    const unwanted = new Set(pairs.filter(({ fix }) => !unsafe && fix.safety === 'unsafe').map(({ item }) => item));
    if (unwanted.size === 0) return pairs;
    open = open.filter((item) => !unwanted.has(item));
  }
}

/** Without linting, to ask the same requests as before. */
function rebuild(workspace: Workspace, options: FixOptions, like: State): State {
  const configuration = buildConfiguration(workspace);
  return createState(workspace, configuration, findRoutes(configuration, options.patterns), options.version, like);
}

function compose(
  workspace: Workspace,
  file: string,
  before: readonly Edit[] | undefined,
  now: readonly FileEdit[],
): readonly Edit[] {
  return composeEdits(workspace.files.get(file)?.text ?? '', before ?? [], now);
}

/** The texts that differ from the original's: tells whether a round leads back to where fixing has been. */
function fingerprint(original: Workspace, workspace: Workspace, edited: Iterable<string>): string {
  const texts = [...new Set(edited)].sort().map((file) => [file, workspace.files.get(file)?.text]);
  return JSON.stringify(texts.filter(([file = '', text]) => original.files.get(file)?.text !== text));
}

function rulesOf(diagnostics: Iterable<Diagnostic>): ReadonlySet<string> {
  return new Set([...diagnostics].map(({ rule }) => rule));
}

function outcome(
  original: Workspace,
  first: Look,
  last: Look,
  edits: ReadonlyMap<string, readonly Edit[]>,
  records: Records,
  notes: readonly string[],
  unsafe: boolean,
): FixOutcome {
  const refused = new Map<RepairPlan, string>();
  const maker: EditMaker = (plan) => {
    const made = editsFor(last.context, plan);
    if (!isRefusal(made)) return made;
    // an unsafe fix that nobody asked for is not one that was given up
    if (made.refused !== UNREADABLE && (unsafe || plan.safety === 'safe')) refused.set(plan, made.refused);
    return null;
  };
  const diagnostics = last.result.diagnostics.map((diagnostic) => attachFix(diagnostic, maker));
  const { configuration, routes, version, workspace } = last.state;
  const state = createState(workspace, configuration, routes, version, first.state);
  const made = records.all({ state, own: last.state, result: last.result }, diagnostics, refused);
  const veil = veilOver(original, []);
  const all = veil === null ? made : made.map((record) => veiledRecord(record, veil));
  const changes: FileChange[] = [];
  for (const [file, before] of original.files) {
    const after = last.state.workspace.files.get(file);
    const list = edits.get(file) ?? [];
    if (after !== undefined && list.length > 0) changes.push({ file, before, after, edits: list });
  }
  const result = { ...last.result, diagnostics, fixes: all, notes: [...last.result.notes, ...notes] };
  return { workspace: last.state.workspace, result, records: all, changes };
}
