import type { Outcome } from '../handshake/types';
import { targetFor, urlOf } from '../handshake/target';
import type { Route } from '../model/route';
import { once } from '../text/once';
import { inFirefox } from './firefox';
import type { Diagnostic, RouteVerdict } from './result';
import type { Rule, RuleContext } from './rule';

/** A verdict is what nginx does: findings that nobody wants to hear of decide as well. */
export interface VerdictInput {
  readonly context: RuleContext;
  readonly rules: readonly Rule[];
  /** Of these the ones that were asked, and what they found. */
  readonly running: readonly Rule[];
  readonly found: readonly Diagnostic[];
  /** What a rule finds, without it being reported. */
  readonly look: (rule: Rule, context: RuleContext) => readonly Diagnostic[];
}

/** For what nginx refuses the configuration, reported or not: then no handshake succeeds anywhere. */
export const refusalsIn = once((input: VerdictInput): readonly Diagnostic[] =>
  decisive(input, ({ refuses }) => refuses === true).filter(({ refuses }) => refuses),
);

export function verdictsIn(input: VerdictInput): readonly RouteVerdict[] {
  return input.context.routes.map((route) => verdictOn(input, route));
}

/**
 * Worked out when somebody asks: most routes serve no WebSocket and most reports leave them out (of 2,000 servers with
 * 6,000 routes this was a third of the time).
 */
function verdictOn(input: VerdictInput, route: Route): RouteVerdict {
  const { context } = input;
  const target = (): ReturnType<typeof targetFor> => targetFor(context.configuration, route);
  const handshake = (): Outcome | null => {
    const simulated = target() === null ? null : context.handshake(route);
    return simulated !== null && refusalsIn(input).length > 0 ? refused(simulated) : simulated;
  };
  const because = (): readonly Diagnostic[] => [
    ...oneOfEachRule(refusalsIn(input)),
    ...(causesIn(input, route.websocket.serves !== 'no').get(route) ?? []),
  ];
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
      return refusalsIn(input).length > 0 ? null : inFirefox(context, route);
    },
    get because() {
      return because();
    },
    get causes() {
      return handshake()?.outcome === 'fails' ? ruleIds(because()) : [];
    },
  };
}

/** What nginx does not load switches nothing. */
export function refused(simulated: Outcome): Outcome {
  return { ...simulated, outcome: 'fails', status: null, unknowns: [] };
}

export function ruleIds(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ rule }) => rule))];
}

/** There may be thousands. */
const oneOfEachRule = once((refusals: readonly Diagnostic[]): readonly Diagnostic[] =>
  ruleIds(refusals).flatMap((id) => refusals.find(({ rule }) => rule === id) ?? []),
);

type Causes = ReadonlyMap<Route, readonly Diagnostic[]>;

function causesIn(input: VerdictInput, websocket: boolean): Causes {
  return websocket ? websocketCauses(input) : plainCauses(input);
}

const websocketCauses = once((input: VerdictInput): Causes => {
  const { running } = input;
  return byRoute(decisive(input, (rule) => running.includes(rule) || rule.explains !== undefined || isGrave(rule)));
});

function isGrave({ severity }: Rule): boolean {
  return severity === 'error';
}

/** Rules look at routes that serve WebSocket. What they would find on the others says why a handshake fails there. */
const plainCauses = once((input: VerdictInput): Causes => {
  const { context, rules, look } = input;
  const plain = { ...context, websocketRoutes: context.routes.filter(({ websocket }) => websocket.serves === 'no') };
  return byRoute(rules.filter(({ explains }) => explains !== undefined).flatMap((rule) => look(rule, plain)));
});

/** What these rules find, in their order: those that are off are asked now. */
function decisive(
  { context, rules, running, found, look }: VerdictInput,
  isWanted: (rule: Rule) => boolean,
): readonly Diagnostic[] {
  return rules
    .filter(isWanted)
    .flatMap((one) => (running.includes(one) ? found.filter(({ rule }) => rule === one.id) : look(one, context)));
}

/** What nginx refuses breaks every route, whichever it names. */
function byRoute(diagnostics: readonly Diagnostic[]): Causes {
  const causes = new Map<Route, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (!diagnostic.breaks || diagnostic.refuses) continue;
    for (const route of diagnostic.routes) {
      const known = causes.get(route);
      if (known === undefined) causes.set(route, [diagnostic]);
      else known.push(diagnostic);
    }
  }
  return causes;
}
