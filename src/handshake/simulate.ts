import { effort } from '../model/effort';
import type { Configuration, Setting } from '../model/scope';
import { NEWEST } from '../model/version';
import type { NginxVersion } from '../model/version';
import { arrive, goOn, isArrival } from './arrival';
import type { Arrival } from './arrival';
import { Choices } from './choices';
import { merge } from './merge';
import { noServer } from './outcome';
import { certainPass } from './pass';
import type { ClientRequest, Outcome } from './types';

/** Runs that answer open questions one way or the other; beyond, the outcome is unknown. */
const MOST_RUNS = 24;
const TOO_MANY = 'more open questions than are followed';

/**
 * What nginx of this version does with a request, as far as the configuration decides it. Where something is known at
 * run time only (an `if`, the client's address), every way it could go is tried: `fails` and `switches` hold for all.
 */
export function simulate(configuration: Configuration, request: ClientRequest, version: NginxVersion): Outcome {
  const known = recall(configuration, request);
  let outcome = known.outcomes.find((one) => one.version === version);
  if (outcome === undefined) {
    outcome = affordable(configuration, () => simulateAll(known, version)) ?? tooMuch(version);
    known.outcomes.push(outcome);
  }
  return outcome;
}

/**
 * The pass that takes a request on the newest version, where that is certain before the request for its backend is made;
 * null where it takes a simulation to tell.
 */
export function passFor(configuration: Configuration, request: ClientRequest): Setting | null {
  const known = recall(configuration, request);
  if (known.arrival === null && known.ended === null) affordable(configuration, () => begin(known, NEWEST));
  return known.arrival === null ? null : certainPass(known.arrival.run);
}

/** The request that finds a route's URL is asked about again at once, by whoever wanted the URL. */
interface Known {
  readonly configuration: Configuration;
  readonly request: ClientRequest;
  /** Where it is passed on, on every version. */
  arrival: Arrival | null;
  /** What came of its first run, where that does not hold for every version. */
  ended: Ended | null;
  readonly outcomes: Outcome[];
}

interface Ended {
  readonly outcome: Outcome;
  readonly choices: Choices;
}

const RECENT = 8;
const recent: Known[] = [];
let next = 0;

function recall(configuration: Configuration, request: ClientRequest): Known {
  for (const one of recent) if (one.request === request && one.configuration === configuration) return one;
  const known: Known = { configuration, request, arrival: null, ended: null, outcomes: [] };
  recent[next++ % RECENT] = known;
  return known;
}

/** What a request may take (src/model/effort.ts), and what all requests to a configuration together beyond that. */
const FREE = 1_000;
const SHARED = 2_000_000;
const excess = new WeakMap<Configuration, number>();

/**
 * Null when requests have taken too much already. A server of 5,000 rewrite directives and 5,000 locations runs the
 * former for each of the latter: the last of such routes are unknown.
 */
function affordable<T>(configuration: Configuration, work: () => T): T | null {
  const before = excess.get(configuration) ?? 0;
  if (before > SHARED) return null;
  const start = effort();
  const done = work();
  const beyond = effort() - start - FREE;
  if (beyond > 0) excess.set(configuration, before + beyond);
  return done;
}

function tooMuch(version: NginxVersion): Outcome {
  const reason = 'requests to this configuration take more steps than are followed';
  return { ...noServer(reason, null, version), outcome: 'unknown', faults: [], unknowns: [reason] };
}

function simulateAll(known: Known, version: NginxVersion): Outcome {
  const handshake = known.request.headers.some(([name]) => name.toLowerCase() === 'upgrade');
  const outcomes: Outcome[] = [];
  const reasons: string[] = [];
  const pending: (readonly boolean[])[] = [[]];
  for (let given = pending.pop(); given !== undefined; given = pending.pop()) {
    if (outcomes.length === MOST_RUNS) return merge(outcomes, [...reasons, TOO_MANY], false);
    const { outcome, choices } = simulateOnce(known, version, given);
    outcomes.push(outcome);
    for (const decisions of choices.others()) pending.push(decisions);
    if (outcomes.length === 1) reasons.push(...choices.asked.map(({ reason }) => reason));
  }
  return merge(outcomes, reasons, handshake);
}

function simulateOnce(known: Known, version: NginxVersion, given: readonly boolean[]): Ended {
  if (known.arrival === null && known.ended === null) begin(known, version);
  const { arrival, ended } = known;
  const isFirst = given.length === 0;
  if (arrival === null && isFirst && ended?.outcome.version === version) return ended;
  const choices = new Choices(given);
  const at = arrival ?? arrive(known.configuration, known.request, version, choices);
  const again = arrival !== null && !(isFirst && arrival.version === version);
  return { outcome: isArrival(at) ? goOn(at, version, choices, again) : at, choices };
}

function begin(known: Known, version: NginxVersion): void {
  const choices = new Choices([]);
  const at = arrive(known.configuration, known.request, version, choices);
  if (isArrival(at)) known.arrival = at;
  else known.ended = { outcome: at, choices };
}
