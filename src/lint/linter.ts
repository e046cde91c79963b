import { targetFor, urlOf } from '../handshake/target';
import { buildConfiguration } from '../model/build';
import type { Outcome } from '../handshake/types';
import type { WebSocketPatterns } from '../model/evidence';
import type { Route } from '../model/route';
import { findRoutes } from '../model/routes';
import type { Configuration } from '../model/scope';
import type { NginxVersion } from '../model/version';
import type { Problem, Workspace } from '../model/workspace';
import { createContext } from './context';
import { veiledDiagnostic, veiledVerdict, veilOver } from './foreign';
import { attachFix, diagnose, mergeSame } from './diagnose';
import type { EditMaker } from './diagnose';
import { inFirefox } from './firefox';
import { findIgnores } from './ignores';
import { maskText } from './secrets';
import type { Alike, Diagnostic, LintResult, RouteVerdict } from './result';
import type { Rule, RuleContext, RuleOptions, Severity } from './rule';

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
  const context = createContext({ workspace, configuration, routes, version, options: ruleOptions, ignores, notRun });
  const problems: Problem[] = [...workspace.problems];
  const found: Diagnostic[] = [];
  const settings = { severities: options.severities, ignores };
  const notes = workspace.notes.map(maskText);
  const guard = guardFor(workspace, problems);
  for (const rule of running) {
    const diagnostics: Diagnostic[] = [];
    guard(`in rule ${rule.id}`, () => {
      for (const finding of rule.check(context)) {
        const diagnostic = diagnose(rule, finding, settings);
        if (diagnostic !== null) diagnostics.push(diagnostic);
        if (diagnostics.length < MOST_FINDINGS) continue;
        notes.push(tooManyNote(rule.id));
        break;
      }
    });
    for (const each of mergeSame(diagnostics)) found.push(each);
  }
  const editsFor = options.editsFor?.(configuration, workspace, routes);
  const veil = veilOver(workspace, rules);
  const shown = veil === null ? found : found.map((diagnostic) => veiledDiagnostic(diagnostic, veil));
  const all = shown.map((diagnostic) => withFix(diagnostic, editsFor, guard));
  const judged = verdicts(context, all);
  const veiled = veil === null ? judged : judged.map((verdict) => veiledVerdict(verdict, veil));
  return { configuration, found: all, verdicts: veiled, notes, problems };
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

function verdicts(context: RuleContext, diagnostics: readonly Diagnostic[]): readonly RouteVerdict[] {
  const causes = causesByRoute(diagnostics);
  const refusing = diagnostics.filter(({ refuses, ignored }) => refuses && ignored === null).map(({ rule }) => rule);
  return context.routes.map((route) => verdictOn(context, route, refusing, [...(causes.get(route) ?? [])]));
}

/**
 * Worked out when somebody asks: most routes serve no WebSocket and most reports leave them out (of 2,000 servers with
 * 6,000 routes this was a third of the time).
 */
function verdictOn(
  context: RuleContext,
  route: Route,
  refusing: readonly string[],
  causes: readonly string[],
): RouteVerdict {
  const target = (): ReturnType<typeof targetFor> => targetFor(context.configuration, route);
  const handshake = (): Outcome | null => {
    const simulated = target() === null ? null : context.handshake(route);
    return simulated !== null && refusing.length > 0 ? refused(simulated) : simulated;
  };
  return {
    route,
    get target() {
      return target()?.target ?? null;
    },
    get url() {
      const found = target();
      return found === null || route.location?.opener === null ? null : urlOf(found);
    },
    get handshake() {
      return handshake();
    },
    get firefox() {
      return target() === null || refusing.length > 0 ? null : inFirefox(context, route);
    },
    get causes() {
      return handshake()?.outcome === 'fails' ? [...new Set([...refusing, ...causes])] : [];
    },
  };
}

/** What nginx does not load switches nothing. */
function refused(simulated: Outcome): Outcome {
  return { ...simulated, outcome: 'fails', status: null, unknowns: [] };
}

function causesByRoute(diagnostics: readonly Diagnostic[]): ReadonlyMap<Route, ReadonlySet<string>> {
  const causes = new Map<Route, Set<string>>();
  // what nginx refuses, thousands of times if need be, breaks all routes
  const done = new Map<readonly Route[], Set<string>>();
  for (const { routes, rule, breaks } of diagnostics) {
    const rules = done.get(routes) ?? new Set<string>();
    if (!breaks || rules.has(rule)) continue;
    done.set(routes, rules.add(rule));
    for (const route of routes) {
      const known = causes.get(route);
      if (known === undefined) causes.set(route, new Set([rule]));
      else known.add(rule);
    }
  }
  return causes;
}
