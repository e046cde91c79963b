import { judgeTree } from './differential';
import type { Report } from './differential';
import { hunt } from './hunt';
import type { HuntOptions, Property } from './hunt';
import { listed, share, tally } from './tallies';

/** What scripts/differential.mjs runs. */
export function main(options: HuntOptions): Promise<number> {
  return hunt(options, simulating());
}

/** The simulation is nginx. */
function simulating(): Property<Report> {
  const counts = { requests: 0, switched: 0, forwarded: 0, unknown: 0, values: 0 };
  const reasons = new Map<string, number>();
  return {
    judge: judgeTree,
    count({ judged }) {
      for (const { outcome, observed } of judged) {
        counts.requests++;
        if (observed.switched) counts.switched++;
        if (observed.received.length > 0) counts.forwarded++;
        if (outcome.upstream?.headers.some(({ value }) => typeof value !== 'string') === true) counts.values++;
        if (outcome.outcome !== 'unknown') continue;
        counts.unknown++;
        for (const reason of outcome.unknowns) tally(reasons, reason);
      }
    },
    figures() {
      const { requests, switched, forwarded, unknown, values } = counts;
      return [
        `${requests} requests: ${share(switched, requests)} switched, ${share(forwarded, requests)} forwarded`,
        `unknown: ${share(unknown, requests)}; with a header of unknown value: ${share(values, requests)}`,
        ...listed(reasons),
      ];
    },
    about({ refused, judged }) {
      const [first] = judged;
      if (refused !== null) return { refused: refused.message };
      return { request: first?.request, observed: first?.observed };
    },
  };
}
