import { isIgnored } from '../model/server-addresses';
import { refusals } from '../model/validate';
import { announcements, type Announced } from './announced';
import { changedRoutes } from './changed';
import { handshakeChange, plainChange } from './compare-answers';
import { unannouncedSetting } from './compare-settings';
import type { PlannedFix } from './plan';
import type { Outcome } from '../handshake/types';
import type { Scope } from '../model/scope';
import type { State } from './state';
import { onRoute, type Violation } from './violation';

/**
 * What the fixes changed beyond what they announced: new faults of the configuration, settings of any route, and the
 * answers to Chrome's and Firefox's handshake and a plain GET and POST on every route. Empty: proven.
 */
export function violations(
  before: State,
  after: State,
  fixes: readonly PlannedFix[],
  edited: Iterable<string>,
): Violation[] {
  const faults = [...newFaults(before, after, edited), ...newRefusals(before, after)];
  if (faults.length > 0) return faults;
  if (before.routes.length !== after.routes.length) {
    return [{ route: null, file: null, reason: 'the configuration would proxy other places than before' }];
  }
  return [...routeChanges(before, after, fixes)];
}

function* newFaults(before: State, after: State, edited: Iterable<string>): Generator<Violation> {
  for (const file of edited) {
    const fault = after.configuration.trees.get(file)?.faults[0];
    if (fault === undefined || (before.configuration.trees.get(file)?.faults.length ?? 0) > 0) continue;
    yield { route: null, file, reason: `nginx could not read the file any more: ${fault.message}` };
  }
}

function* newRefusals(before: State, after: State): Generator<Violation> {
  const known = new Set([...refusals(before.configuration, before.version)].map(({ message }) => message));
  for (const { setting, message } of refusals(after.configuration, after.version)) {
    if (known.has(message)) continue;
    yield { route: null, file: setting.tree.source.path, reason: `nginx would refuse the configuration: ${message}` };
  }
}

function* routeChanges(before: State, after: State, fixes: readonly PlannedFix[]): Generator<Violation> {
  const announced = announcements(fixes);
  const mayDiffer = changedRoutes(before, after);
  for (const [index, old] of before.routes.entries()) {
    const now = after.routes[index];
    if (now === undefined || !mayDiffer(old, now) || isIgnored(before.configuration, old.server)) continue;
    const setting = unannouncedSetting(old.scope, now.scope, announced(old.scope));
    const reason =
      setting === null ? changedAnswer(before, after, index, announced) : `${setting} would change for ${old.label}`;
    if (reason !== null) yield onRoute(index, reason);
  }
}

type AnnouncedIn = (scope: Scope) => Announced | null;

function changedAnswer(before: State, after: State, index: number, announced: AnnouncedIn): string | null {
  const old = before.routes[index];
  if (old === undefined) return null;
  // a request for this route may be taken elsewhere: there its answer may change as announced there
  const allowed = (outcome: Outcome): Announced | null =>
    announced(outcome.inIf ?? outcome.location ?? outcome.server ?? old.scope);
  const change =
    firstChange(before.plain(index), after.plain(index), (a, b) => plainChange(a, b, allowed(a))) ??
    firstChange(before.handshakes(index), after.handshakes(index), (a, b) => handshakeChange(a, b, allowed(a)));
  return change === null ? null : `${change} (${old.label})`;
}

type Answers = ReturnType<State['plain']>;

function firstChange(
  before: Answers,
  after: Answers,
  compare: (a: Outcome, b: Outcome) => string | null,
): string | null {
  for (const [index, old] of (before ?? []).entries()) {
    const now = after?.[index];
    const change = now === undefined ? 'no request would reach it any more' : compare(old, now);
    if (change !== null) return change;
  }
  return null;
}
