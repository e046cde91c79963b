import type { Scope } from '../model/scope';
import type { NginxVersion } from '../model/version';
import { isHandshake } from './pass';
import type { End } from './phases';
import { fault } from './run';
import type { Run } from './run';
import type { Fault, Outcome } from './types';

/** Only a load balancer that speaks the PROXY protocol gets an answer there; a browser does not. */
export function proxyProtocol(expected: boolean, outcome: Outcome): Outcome {
  if (!expected || outcome.outcome !== 'switches') return outcome;
  const reason = 'the listener wants the PROXY protocol first, which a load balancer sends and a browser does not';
  return { ...outcome, outcome: 'unknown', unknowns: [reason] };
}

export function outcomeOfEnd(run: Run, end: End): Outcome {
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

/** The backend decides; an error_page that keeps its own status spoils even a 101, unless it says `=101`. */
function backendOutcome(run: Run, passed: Passed): Outcome {
  const { pass, upstream, unknowns } = passed;
  const status = run.errStatus === 0 || run.errStatus === 101 ? null : run.errStatus;
  const spoilt = status !== null && run.cause !== null ? [run.cause] : [];
  const faults = [...passed.faults, ...spoilt];
  const verdict = faults.length > 0 || !isHandshake(run) ? 'fails' : unknowns.length > 0 ? 'unknown' : 'switches';
  const base = outcomeOf(run, verdict, status, faults);
  return { ...base, pass, upstream, unknowns: verdict === 'unknown' ? unknowns : [] };
}

export function outcomeOf(
  run: Run,
  outcome: Outcome['outcome'],
  status: number | null,
  faults: readonly Fault[],
): Outcome {
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
    version: run.nginx.version,
  };
}

function locationOf(scope: Scope): Scope | null {
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.kind === 'location') return level;
  }
  return null;
}

export function noServer(reason: string, status: number | null, version: NginxVersion): Outcome {
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
