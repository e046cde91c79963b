import type { Outcome } from './types';

/**
 * One answer from those for every way the open questions could be decided: `reasons` name the questions. A handshake
 * that fails in every way fails; of a plain request it counts where it goes and what it is answered.
 */
export function merge(outcomes: readonly Outcome[], reasons: readonly string[], handshake: boolean): Outcome {
  const first = outcomes[0];
  if (first === undefined) throw new Error('no run, no outcome');
  if (outcomes.length === 1) return first;
  const main = mainOf(outcomes) ?? first;
  const alike = outcomes.every(({ pass, status }) => pass === main.pass && status === main.status);
  // Where a failing handshake goes may be open all the same: `unknowns` then say why.
  if ((alike || handshake) && outcomes.every((outcome) => outcome.outcome === 'fails')) {
    return alike ? main : { ...main, unknowns: reasons };
  }
  if (outcomes.every((outcome) => outcome.outcome === 'switches')) return main;
  const unknowns = new Set([...reasons, ...outcomes.flatMap((outcome) => outcome.unknowns)]);
  // What fails in one way only is no fault yet; facts beside the verdict stay.
  const faults = main.faults.filter(({ kind }) => kind === 'subrequest-upgrade');
  return { ...main, outcome: 'unknown', status: null, redirect: null, faults, unknowns: [...unknowns] };
}

/** The way that leads furthest is told: to a backend rather than to nginx's own answer. */
function mainOf(outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.find((outcome) => outcome.upstream !== null) ?? outcomes.find((outcome) => outcome.pass !== null);
}
