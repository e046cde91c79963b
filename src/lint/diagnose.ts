import type { FileEdit } from '../text/edit';
import { isConditional, lowered, trustIn } from './certainty';
import { ignoreFor } from './ignores';
import type { Ignore } from './ignores';
import { chainOf, placeOf, placeOfFinding } from './places';
import type { Diagnostic, Fix } from './result';
import type { Finding, RepairPlan, Rule, Severity } from './rule';

/** Turns a plan into edits; null when it cannot be expressed. Passed in, because fixes stand beside the linter. */
export type EditMaker = (plan: RepairPlan) => MadeEdits | null;

export interface MadeEdits {
  readonly edits: readonly FileEdit[];
  /** Unsafe also where the rule calls the plan safe, but its edits rest on an assumption. */
  readonly safety: RepairPlan['safety'];
}

export interface DiagnoseOptions {
  /** By rule id: what `--rule` and the configuration file set. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly ignores: readonly Ignore[];
  readonly editsFor?: EditMaker | undefined;
}

/** More of them nobody reads: a block may hold thousands of lines that one finding is about. */
const MOST_RELATED = 20;

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** The diagnostic of a finding; null when what was not read could supply what it misses. */
export function diagnose(rule: Rule, finding: Finding, options: DiagnoseOptions): Diagnostic | null {
  const trust = trustIn(finding);
  if (trust === 'unknown') return null;
  const place = placeOfFinding(finding);
  const severity = severityOf(rule, finding, trust === 'assumed', options);
  const ignore = ignoreFor(options.ignores, rule.id, place);
  return {
    ...place,
    rule: rule.id,
    severity,
    message: finding.message,
    why: finding.why ?? null,
    help: finding.help ?? null,
    notes: notesOf(finding, trust === 'assumed'),
    related: (finding.related ?? []).slice(0, MOST_RELATED).map(({ at, message }) => ({ ...placeOf(at), message })),
    routes: finding.routes,
    certainty: trust,
    via: chainOf(finding.at),
    plan: planOf(finding, trust === 'assumed'),
    fix: null,
    ignored: ignore === null ? null : { by: 'comment', reason: ignore.reason },
    breaks: finding.breaks ?? false,
    refuses: (finding.refuses ?? false) && trust === 'certain',
  };
}

function severityOf(rule: Rule, finding: Finding, assumed: boolean, options: DiagnoseOptions): Severity {
  const stated = options.severities.get(rule.id);
  const severity = stated === undefined || stated === 'off' ? (finding.severity ?? rule.severity) : stated;
  return assumed ? lowered(severity, finding) : severity;
}

function notesOf(finding: Finding, assumed: boolean): readonly string[] {
  const notes: string[] = [];
  if (finding.versions !== undefined) notes.push(finding.versions);
  if (assumed && isConditional(finding)) {
    notes.push('the file is a template: its conditions decide which of these lines stand in the configuration');
  } else if (assumed) {
    const what = finding.absent?.directive ?? 'it';
    notes.push(`the blocks that enclose this file were not given and may set ${what}; --context says that they do not`);
  }
  return notes;
}

/** What rests on an assumption is never a safe fix (design part 6). */
function planOf(finding: Finding, assumed: boolean): RepairPlan | null {
  const plan = finding.repairs ?? null;
  return plan !== null && assumed ? { ...plan, safety: 'unsafe' } : plan;
}

/** Findings of one rule at one span become one, with all their routes. Severest first decides the words. */
export function mergeSame(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const groups = new Map<string, [Diagnostic, ...Diagnostic[]]>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.rule} ${diagnostic.start} ${diagnostic.end} ${diagnostic.file}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [diagnostic]);
    else group.push(diagnostic);
  }
  return [...groups.values()].map(mergeGroup);
}

/** All at once: a snippet that is included 10,000 times has as many findings at one span. */
function mergeGroup(group: readonly [Diagnostic, ...Diagnostic[]]): Diagnostic {
  if (group.length === 1) return group[0];
  const chosen = group.reduce((first, second) => (RANK[second.severity] > RANK[first.severity] ? second : first));
  return {
    ...chosen,
    routes: [...new Set(group.flatMap(({ routes }) => routes))],
    plan: mergePlans([chosen, ...group.filter((one) => one !== chosen)].map(({ plan }) => plan)),
    breaks: group.some(({ breaks }) => breaks),
    refuses: group.some(({ refuses }) => refuses),
  };
}

/** Plans of unlike safety stay apart: an unsafe repair must not hold back a safe one, which the next round follows. */
function mergePlans(plans: readonly (RepairPlan | null)[]): RepairPlan | null {
  const made = plans.filter((plan) => plan !== null);
  const safe = made.filter((plan) => plan.safety === 'safe');
  const kept = safe.length > 0 ? safe : made;
  const [first] = kept;
  if (first === undefined || kept.length === 1) return first ?? null;
  return { ...first, repairs: kept.flatMap(({ repairs }) => repairs) };
}

export function attachFix(diagnostic: Diagnostic, editsFor: EditMaker | undefined): Diagnostic {
  const { plan } = diagnostic;
  const made = plan === null || editsFor === undefined ? null : editsFor(plan);
  if (plan === null || made === null || made.edits.length === 0) return diagnostic;
  const fix: Fix = { title: plan.title, ...made };
  return { ...diagnostic, fix };
}
