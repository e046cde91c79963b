import { effort } from '../model/effort';
import type { Configuration, Scope } from '../model/scope';
import type { NginxVersion } from '../model/version';
import { Choices } from './choices';
import { checkRequest, refusedConnection } from './connection';
import { findServer, tellServer } from './find';
import { isHandshake } from './pass';
import { runPhases } from './phases';
import type { End } from './phases';
import { merge } from './merge';
import { createRun } from './request';
import { fault } from './run';
import type { Run } from './run';
import type { ClientRequest, Fault, Outcome } from './types';

/** Runs that answer open questions one way or the other; beyond, the outcome is unknown. */
const MOST_RUNS = 24;
const TOO_MANY = 'more open questions than are followed';

/**
 * What nginx of this version does with a request, as far as the configuration decides it. Where something is known at
 * run time only (an `if`, the client's address), every way it could go is tried: `fails` and `switches` hold for all.
 */
export function simulate(configuration: Configuration, request: ClientRequest, version: NginxVersion): Outcome {
  const known = recent.find((one) => one.request === request && one.version === version);
  if (known?.configuration === configuration) return known.outcome;
  const outcome = affordable(configuration, () => simulateAll(configuration, request, version)) ?? tooMuch(version);
  recent[next++ % RECENT] = { configuration, request, version, outcome };
  return outcome;
}

/** The request that finds a route's URL is asked about again at once, by whoever wanted the URL. */
interface Simulated {
  readonly configuration: Configuration;
  readonly request: ClientRequest;
  readonly version: NginxVersion;
  readonly outcome: Outcome;
}

/** What a request may take (src/model/effort.ts), and what all requests to a configuration together beyond that. */
const FREE = 1_000;
const SHARED = 2_000_000;
const excess = new WeakMap<Configuration, number>();

/**
 * Null when requests have taken too much already. A server of 5,000 rewrite directives and 5,000 locations runs the
 * former for each of the latter: the last of such routes are unknown.
 */
function affordable(configuration: Configuration, work: () => Outcome): Outcome | null {
  const before = excess.get(configuration) ?? 0;
  if (before > SHARED) return null;
  const start = effort();
  const outcome = work();
  excess.set(configuration, before + Math.max(0, effort() - start - FREE));
  return outcome;
}

function tooMuch(version: NginxVersion): Outcome {
  const reason = 'requests to this configuration take more steps than are followed';
  return { ...noServer(reason, null, version), outcome: 'unknown', faults: [], unknowns: [reason] };
}

const RECENT = 8;
const recent: Simulated[] = [];
let next = 0;

function simulateAll(configuration: Configuration, request: ClientRequest, version: NginxVersion): Outcome {
  const handshake = request.headers.some(([name]) => name.toLowerCase() === 'upgrade');
  const outcomes: Outcome[] = [];
  const reasons: string[] = [];
  const pending: (readonly boolean[])[] = [[]];
  for (let given = pending.pop(); given !== undefined; given = pending.pop()) {
    if (outcomes.length === MOST_RUNS) return merge(outcomes, [...reasons, TOO_MANY], false);
    const choices = new Choices(given);
    outcomes.push(simulateOnce(configuration, request, version, choices));
    pending.push(...choices.others());
    if (outcomes.length === 1) reasons.push(...choices.asked.map(({ reason }) => reason));
  }
  return merge(outcomes, reasons, handshake);
}

function simulateOnce(
  configuration: Configuration,
  request: ClientRequest,
  version: NginxVersion,
  choices: Choices,
): Outcome {
  const found = findServer(configuration, request, version);
  if ('none' in found) return noServer(found.none, found.status, version);
  const run = createRun(configuration, request, version, choices, found);
  const { choice } = found;
  tellServer(run, choice);
  const refused = refusedConnection(run, choice);
  if (refused !== null) return outcomeOf(run, 'fails', refused.status, [refused.fault]);
  if (run.badRequest !== null) return outcomeOf(run, 'fails', 400, [fault('bad-request', null, run.badRequest)]);
  if (choice.unknown !== null) return { ...outcomeOf(run, 'unknown', null, []), unknowns: [choice.unknown] };
  const end = runPhases(run, checkRequest(run, choice));
  return proxyProtocol(choice.address.proxyProtocol, outcomeOfEnd(run, end));
}

/** Only a load balancer that speaks the PROXY protocol gets an answer there; a browser does not. */
function proxyProtocol(expected: boolean, outcome: Outcome): Outcome {
  if (!expected || outcome.outcome !== 'switches') return outcome;
  const reason = 'the listener wants the PROXY protocol first, which a load balancer sends and a browser does not';
  return { ...outcome, outcome: 'unknown', unknowns: [reason] };
}

function outcomeOfEnd(run: Run, end: End): Outcome {
  if (end.kind === 'unknown') return { ...outcomeOf(run, 'unknown', null, []), unknowns: [end.reason] };
  if (end.kind === 'answer') {
    const faults = [...(end.passed?.faults ?? []), ...own(run.cause), ...own(end.fault)];
    const base = outcomeOf(run, 'fails', end.status, withoutTwins(faults));
    const { passed } = end;
    return { ...base, redirect: end.redirect, pass: passed?.pass ?? null, upstream: passed?.upstream ?? null };
  }
  return backendOutcome(run, end.passed);
}

function own(cause: Fault | null): readonly Fault[] {
  return cause === null ? [] : [cause];
}

function withoutTwins(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(
    (one, index) => faults.findIndex((other) => other.kind === one.kind && other.setting === one.setting) === index,
  );
}

type Passed = Extract<End, { kind: 'backend' }>['passed'];

/** The backend decides; an error_page that keeps its own status spoils even a 101. */
function backendOutcome(run: Run, passed: Passed): Outcome {
  const { pass, upstream, unknowns } = passed;
  const spoilt = run.errStatus !== 0 && run.cause !== null ? [run.cause] : [];
  const faults = [...passed.faults, ...spoilt];
  const verdict = faults.length > 0 || !isHandshake(run) ? 'fails' : unknowns.length > 0 ? 'unknown' : 'switches';
  const base = outcomeOf(run, verdict, run.errStatus === 0 ? null : run.errStatus, faults);
  return { ...base, pass, upstream, unknowns: verdict === 'unknown' ? unknowns : [] };
}

function outcomeOf(run: Run, outcome: Outcome['outcome'], status: number | null, faults: readonly Fault[]): Outcome {
  return {
    outcome,
    status,
    redirect: null,
    server: run.server,
    location: locationOf(run.scope),
    inIf: run.scope.kind === 'if' || run.scope.kind === 'limit_except' ? run.scope : null,
    pass: null,
    upstream: null,
    faults: [...faults, ...run.notes],
    unknowns: [],
    steps: run.steps,
    version: run.version,
  };
}

function locationOf(scope: Scope): Scope | null {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.kind === 'location') return level;
  }
  return null;
}

function noServer(reason: string, status: number | null, version: NginxVersion): Outcome {
  return {
    outcome: 'fails',
    status,
    redirect: null,
    server: null,
    location: null,
    inIf: null,
    pass: null,
    upstream: null,
    faults: [fault('bad-request', null, reason)],
    unknowns: [],
    steps: [{ what: reason, setting: null }],
    version,
  };
}
