import { buildConfiguration } from '../model/build';
import type { WebSocketPatterns } from '../model/evidence';
import type { Route } from '../model/route';
import { findRoutes } from '../model/routes';
import type { Configuration } from '../model/scope';
import type { NginxVersion } from '../model/version';
import type { Problem, Workspace } from '../model/workspace';
import { createContext } from './context';
import { veiledDiagnostic, veiledVerdict, veilOver } from './foreign';
import { attachFix, diagnose, mergeSame } from './diagnose';
import type { DiagnoseOptions, EditMaker } from './diagnose';
import { findIgnores } from './ignores';
import { maskText } from './secrets';
import type { Alike, Diagnostic, LintResult, RouteVerdict } from './result';
import type { Rule, RuleContext, RuleOptions, Severity } from './rule';
import { refusalsIn, verdictsIn } from './verdicts';
import type { VerdictInput } from './verdicts';

export interface LintOptions {
  readonly version: NginxVersion | null;
  /** Null: all rules. */
  readonly only: ReadonlySet<string> | null;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly patterns: WebSocketPatterns;
  readonly ruleOptions: RuleOptions;
  /** Makes the edits of single findings, for reports; leave out where only the findings are wanted. */
  readonly editsFor?: (configuration: Configuration, workspace: Workspace, routes: readonly Route[]) => EditMaker;
  /** False where no report lists the routes: then one of those that are alike may stand for the others (lintAlike). */
  readonly listRoutes?: boolean;
  /** Called when there are hundreds of files to judge, before that. */
  readonly whenMany?: () => void;
  /** What the user does not want to hear of: drops findings, or marks them as ignored (baseline, ignore patterns). */
  readonly review?: (diagnostics: readonly Diagnostic[], workspace: Workspace) => readonly Diagnostic[];
}

const MANY_FILES = 200;

/** More of one rule nobody reads; snippets that include each other many times make millions. */
export const MOST_FINDINGS = 20_000;

export function tooManyNote(rule: string): string {
  return `only the first ${MOST_FINDINGS} findings of ${rule} are shown`;
}

/** Where defects are to be reported. */
export const ISSUES = 'https://github.com/nginx-ws-lint/nginx-ws-lint/issues';

/** A rule that reports on the linting itself and so runs when the others are done. */
const LAST = 'unused-ignore';

export const NO_RULE_OPTIONS: RuleOptions = { hops: [], ping: null, rules: new Map() };

export const DEFAULT_OPTIONS: LintOptions = {
  version: null,
  only: null,
  severities: new Map(),
  patterns: { websocket: [], notWebsocket: [] },
  ruleOptions: NO_RULE_OPTIONS,
};

/** What a lint comes to before anybody has looked over it. */
export interface Judged {
  readonly configuration: Configuration;
  /** In no order yet. */
  readonly found: readonly Diagnostic[];
  readonly refusals: () => readonly Diagnostic[];
  readonly verdicts: readonly RouteVerdict[];
  readonly alike?: readonly Alike[];
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** The whole pipeline for one workspace, without fixing: scopes, routes, handshakes, findings. Never throws. */
export function lint(workspace: Workspace, rules: readonly Rule[], options: LintOptions = DEFAULT_OPTIONS): LintResult {
  return resultOf(workspace, judgeWorkspace(workspace, rules, options), options);
}

export function judgeWorkspace(
  workspace: Workspace,
  rules: readonly Rule[],
  options: LintOptions,
  known?: Configuration,
): Judged {
  if ((known?.trees ?? workspace.files).size >= MANY_FILES) options.whenMany?.();
  const configuration = known ?? buildConfiguration(workspace);
  const routes = findRoutes(configuration, options.patterns);
  const ignores = findIgnores(configuration.trees.values());
  const { version, ruleOptions } = options;
  const running = inOrder(rules, options);
  const notRun = new Set(rules.filter((rule) => !running.includes(rule)).map(({ id }) => id));
  const ruleIds = new Set(rules.map(({ id }) => id));
  const given = { workspace, configuration, routes, version, options: ruleOptions, ignores, notRun, ruleIds };
  const context = createContext(given);
  const problems: Problem[] = [...workspace.problems];
  const notes = workspace.notes.map(maskText);
  const guard = guardFor(workspace, problems);
  const veil = veilOver(workspace, rules);
  const look = (rule: Rule, asked: RuleContext, settings: DiagnoseOptions, told: string[]): readonly Diagnostic[] => {
    const diagnostics: Diagnostic[] = [];
    guard(`in rule ${rule.id}`, () => {
      for (const diagnostic of diagnosticsOf(rule, asked, settings)) {
        diagnostics.push(diagnostic);
        if (diagnostics.length < MOST_FINDINGS) continue;
        told.push(tooManyNote(rule.id));
        break;
      }
    });
    const merged = mergeSame(diagnostics);
    return veil === null ? merged : merged.map((diagnostic) => veiledDiagnostic(diagnostic, veil));
  };
  const editsFor = options.editsFor?.(configuration, workspace, routes);
  const reported = { severities: options.severities, ignores };
  const found = running
    .flatMap((rule) => look(rule, context, reported, notes))
    .map((diagnostic) => withFix(diagnostic, editsFor, guard));
  const lookOnly: VerdictInput['look'] = (rule, asked) => look(rule, asked, UNREPORTED, []);
  const input = { context, rules, running, found, look: lookOnly };
  const judged = verdictsIn(input);
  const verdicts = veil === null ? judged : judged.map((verdict) => veiledVerdict(verdict, veil));
  return { configuration, found, refusals: () => refusalsIn(input), verdicts, notes, problems };
}

const UNREPORTED: DiagnoseOptions = { severities: new Map(), ignores: [] };

function* diagnosticsOf(rule: Rule, context: RuleContext, settings: DiagnoseOptions): Generator<Diagnostic> {
  for (const finding of rule.check(context)) {
    const diagnostic = diagnose(rule, finding, settings);
    if (diagnostic !== null) yield diagnostic;
  }
}

/** In order of place, as far as the user wants to hear of it. */
export function resultOf(workspace: Workspace, judged: Judged, options: LintOptions): LintResult {
  const sorted = [...judged.found].sort(byPlace);
  return {
    root: workspace.main ?? workspace.fragments[0]?.file ?? '',
    sources: workspace.files,
    given: workspace.given,
    nginxVersion: options.version,
    diagnostics: options.review?.(sorted, workspace) ?? sorted,
    refusals: judged.refusals,
    routes: judged.verdicts,
    ...(judged.alike !== undefined && { alike: judged.alike }),
    fixes: [],
    notes: judged.notes,
    problems: judged.problems,
  };
}

function withFix(diagnostic: Diagnostic, editsFor: EditMaker | undefined, guard: Guard): Diagnostic {
  let made = diagnostic;
  guard(`in the fix of rule ${diagnostic.rule}`, () => (made = attachFix(diagnostic, editsFor)));
  return made;
}

/** The rules to run; the one that looks back at the others comes last. */
function inOrder(rules: readonly Rule[], options: LintOptions): readonly Rule[] {
  const on = rules.filter(
    ({ id }) => options.severities.get(id) !== 'off' && (options.only === null || options.only.has(id)),
  );
  return [...on.filter(({ id }) => id !== LAST), ...on.filter(({ id }) => id === LAST)];
}

/** Does a piece of work; when it throws, that is a problem, and the rest goes on. */
type Guard = (where: string, work: () => void) => void;

/** One rule that throws does not take the others down; the problem makes the exit status 2. */
function guardFor({ main, fragments }: Workspace, problems: Problem[]): Guard {
  return (where, work) => {
    try {
      work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ file: main ?? fragments[0]?.file ?? null, message: defect(where, message) });
    }
  };
}

/** What went wrong inside, where, and what to do about it, in one line. */
function defect(where: string, message: string): string {
  return `internal error ${where}: ${message} (a defect of nginx-ws-lint: please report it at ${ISSUES})`;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
