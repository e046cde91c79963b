import { ask } from '../handshake/ask';
import { plainGet } from '../handshake/clients';
import { simulate } from '../handshake/simulate';
import { entrance, requestFor, targetFor } from '../handshake/target';
import type { Outcome } from '../handshake/types';
import type { Route } from '../model/route';
import type { Configuration } from '../model/scope';
import { NEWEST, targetVersions } from '../model/version';
import type { NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';
import { unusedIgnores } from './ignores';
import type { Ignore } from './ignores';
import type { RuleContext, RuleOptions } from './rule';
import { strayComments } from './stray-comments';

export interface ContextInput {
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly routes: readonly Route[];
  readonly version: NginxVersion | null;
  readonly options: RuleOptions;
  readonly ignores: readonly Ignore[];
  /** Ids of the rules that are not asked in this run. */
  readonly notRun: ReadonlySet<string>;
  /** Ids of all rules. */
  readonly ruleIds: ReadonlySet<string>;
}

/** What rules ask, each answer worked out once. */
export function createContext(input: ContextInput): RuleContext {
  const { configuration, routes, version } = input;
  const versions = targetVersions(version);
  const outcomes = new Map<Route, Outcome>();

  const handshake = (route: Route): Outcome => {
    let outcome = outcomes.get(route);
    if (outcome === undefined) {
      outcome = worstOf(versions, (each) => handshakeOn(configuration, route, each));
      outcomes.set(route, outcome);
    }
    return outcome;
  };

  return {
    workspace: input.workspace,
    configuration,
    routes,
    websocketRoutes: routes.filter((route) => route.websocket.serves !== 'no'),
    version,
    options: input.options,
    handshake,
    plainGet: (route) => {
      const target = targetFor(configuration, route);
      return target === null ? null : simulate(configuration, plainGet(target), version ?? NEWEST);
    },
    handshakeAt: (server, path) =>
      ask(configuration, requestFor(entrance(configuration, server, path)), version ?? NEWEST),
    simulate: (request, on) => simulate(configuration, request, on),
    target: (route) => targetFor(configuration, route)?.target ?? null,
    unusedIgnores: () => unusedIgnores(input.ignores, input.notRun, input.ruleIds),
    strayComments: () => strayComments(configuration.trees.values()),
    ruleIds: input.ruleIds,
    faults: (route, ...kinds) => handshake(route).faults.filter((fault) => kinds.includes(fault.kind)),
  };
}

function handshakeOn(configuration: Configuration, route: Route, version: NginxVersion): Outcome {
  const target = targetFor(configuration, route);
  if (target === null) return noTarget(route, version);
  return ask(configuration, requestFor(target), version);
}

/** No URL is known to reach the route: nothing can be said of it. */
function noTarget(route: Route, version: NginxVersion): Outcome {
  return {
    outcome: 'unknown',
    status: null,
    redirect: null,
    server: route.server,
    location: route.location,
    inIf: route.inner,
    pass: route.pass,
    upstream: null,
    faults: [],
    unknowns: ['no request was found that reaches it'],
    steps: [],
    version,
  };
}

/** A configuration must work on every version it is judged for: a failure outweighs an unknown, which outweighs 101. */
function worstOf(versions: readonly NginxVersion[], on: (version: NginxVersion) => Outcome): Outcome {
  let worst: Outcome | null = null;
  for (const version of versions) {
    const outcome = on(version);
    if (outcome.outcome === 'fails') return outcome;
    if (worst === null || (outcome.outcome === 'unknown' && worst.outcome !== 'unknown')) worst = outcome;
  }
  if (worst === null) throw new Error('no nginx version to judge for');
  return worst;
}
