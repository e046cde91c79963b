import { effort, spend } from '../model/effort';
import type { Configuration } from '../model/scope';
import type { NginxVersion } from '../model/version';
import type { Choices } from './choices';
import { checkRequest, refusedConnection, tooManyHeaders } from './connection';
import { findServer, tellServer } from './find';
import type { NotFound } from './find';
import { Nginx } from './nginx';
import { noServer, outcomeOf, outcomeOfEnd, proxyProtocol } from './outcome';
import { passOn, runToPass } from './phases';
import { createRun } from './request';
import { fault } from './run';
import type { Run } from './run';
import type { ClientRequest, Outcome } from './types';

/**
 * A request that a handler is about to pass on, having come there in a way that every version goes and no open question
 * decides: what the versions make of it differs from here on (half of what simulating them took, measured).
 */
export interface Arrival {
  readonly run: Run;
  /** See ServerChoice. */
  readonly proxyProtocol: boolean;
  /** The version that it was found for. */
  readonly version: NginxVersion;
  /** What it took to come here. */
  readonly effort: number;
}

export function isArrival(at: Arrival | Outcome): at is Arrival {
  return 'run' in at;
}

/** Runs a request up to where it is passed on; to its end where that is not the same for all versions, or it never is. */
export function arrive(
  configuration: Configuration,
  request: ClientRequest,
  version: NginxVersion,
  choices: Choices,
): Arrival | Outcome {
  const start = effort();
  const nginx = new Nginx(version);
  const found = findServer(configuration, request, nginx);
  if ('none' in found) return notFound(found, version);
  const run = createRun(configuration, request, nginx, choices, found);
  const { choice } = found;
  tellServer(run, choice);
  const refused = refusedConnection(run, choice) ?? tooManyHeaders(run, found.reading);
  if (refused !== null) return outcomeOf(run, 'fails', refused.status, [refused.fault]);
  if (run.badRequest !== null) return outcomeOf(run, 'fails', 400, [fault('bad-request', null, run.badRequest)]);
  if (choice.unknown !== null) return { ...outcomeOf(run, 'unknown', null, []), unknowns: [choice.unknown] };
  const expected = choice.address.proxyProtocol && request.proxyProtocol !== true;
  const end = runToPass(run, checkRequest(run, choice));
  if (end === null && nginx.isAny && choices.asked.length === 0) {
    return { run, proxyProtocol: expected, version, effort: effort() - start };
  }
  return proxyProtocol(expected, outcomeOfEnd(run, end ?? passOn(run)));
}

function notFound({ none, status, unknown }: NotFound, version: NginxVersion): Outcome {
  const outcome = noServer(none, status, version);
  return unknown ? { ...outcome, outcome: 'unknown', faults: [], unknowns: [none] } : outcome;
}

/** Goes on from there, as often as need be. What it took to come there counts `again` but for the run that came there. */
export function goOn(at: Arrival, version: NginxVersion, choices: Choices, again: boolean): Outcome {
  if (again) spend(at.effort);
  const { values, steps, notes } = at.run;
  const own = { values: new Map(values), steps: [...steps], notes: [...notes] };
  const run: Run = { ...at.run, ...own, nginx: new Nginx(version), choices };
  return proxyProtocol(at.proxyProtocol, outcomeOfEnd(run, passOn(run)));
}
