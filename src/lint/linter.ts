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
import { attachFix, diagnose, mergeSame } from './diagnose';
import type { EditMaker } from './diagnose';
import { findIgnores } from './ignores';
import type { Diagnostic, LintResult, RouteVerdict } from './result';
import type { Finding, Rule, RuleContext, RuleOptions, Severity } from './rule';

export interface LintOptions {
  readonly version: NginxVersion | null;
  /** Null: all rules. */
  readonly only: ReadonlySet<string> | null;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly patterns: WebSocketPatterns;
  readonly ruleOptions: RuleOptions;
  /** Makes the edits of single findings, for reports; leave out where only the findings are wanted. */
  readonly editsFor?: (configuration: Configuration, workspace: Workspace, routes: readonly Route[]) => EditMaker;
  /** What the user does not want to hear of: drops findings, or marks them as ignored (baseline, ignore patterns). */
  readonly review?: (diagnostics: readonly Diagnostic[], workspace: Workspace) => readonly Diagnostic[];
}

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

/** The whole pipeline for one workspace, without fixing: scopes, routes, handshakes, findings. Never throws. */
export function lint(workspace: Workspace, rules: readonly Rule[], options: LintOptions = DEFAULT_OPTIONS): LintResult {
  const configuration = buildConfiguration(workspace);
  const routes = findRoutes(configuration, options.patterns);
  const ignores = findIgnores(configuration.trees.values());
  const { version, ruleOptions } = options;
  const running = inOrder(rules, options);
  const notRun = new Set(rules.filter((rule) => !running.includes(rule)).map(({ id }) => id));
  const context = createContext({ workspace, configuration, routes, version, options: ruleOptions, ignores, notRun });
  const problems: Problem[] = [...workspace.problems];
  const found: Diagnostic[] = [];
  const settings = { severities: options.severities, ignores };
  for (const rule of running) {
    const diagnostics: Diagnostic[] = [];
    for (const finding of checkSafely(rule, context, problems)) {
      const diagnostic = diagnose(rule, finding, settings);
      if (diagnostic !== null) diagnostics.push(diagnostic);
    }
    found.push(...mergeSame(diagnostics));
  }
  const editsFor = options.editsFor?.(configuration, workspace, routes);
  const all = found.map((diagnostic) => attachFix(diagnostic, editsFor)).sort(byPlace);
  const diagnostics = options.review?.(all, workspace) ?? all;
  return {
    root: workspace.main ?? workspace.fragments[0]?.file ?? '',
    sources: workspace.files,
    given: workspace.given,
    nginxVersion: version,
    diagnostics,
    routes: verdicts(context, all),
    fixes: [],
    notes: workspace.notes,
    problems,
  };
}

/** The rules to run; the one that looks back at the others comes last. */
function inOrder(rules: readonly Rule[], options: LintOptions): readonly Rule[] {
  const on = rules.filter(
    ({ id }) => options.severities.get(id) !== 'off' && (options.only === null || options.only.has(id)),
  );
  return [...on.filter(({ id }) => id !== LAST), ...on.filter(({ id }) => id === LAST)];
}

/** One rule that throws does not take the others down; the problem makes the exit status 2. */
function* checkSafely(rule: Rule, context: RuleContext, problems: Problem[]): Generator<Finding> {
  try {
    yield* rule.check(context);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems.push({ file: null, message: `internal error in rule ${rule.id}: ${message}` });
  }
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
      return found === null ? null : urlOf(found);
    },
    get handshake() {
      return handshake();
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
  for (const { routes, rule, breaks } of diagnostics) {
    if (!breaks) continue;
    for (const route of routes) {
      const known = causes.get(route);
      if (known === undefined) causes.set(route, new Set([rule]));
      else known.add(rule);
    }
  }
  return causes;
}
