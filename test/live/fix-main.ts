import { judgeFix } from './fixing';
import type { FixReport } from './fixing';
import { hunt } from './hunt';
import type { HuntOptions, Property } from './hunt';
import { listed, share, tally } from './tallies';

/** What scripts/fix-trees.mjs runs: a fix repairs, and does no harm. */
export function main(options: HuntOptions): Promise<number> {
  return hunt(options, fixing());
}

function fixing(): Property<FixReport> {
  const sums = { applied: 0, discarded: 0, switched: 0, plain: 0, broken: 0, repaired: 0 };
  const reasons = new Map<string, number>();
  const left: string[] = [];
  return {
    judge: judgeFix,
    count(report) {
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += report[name];
      for (const reason of report.explained) tally(reasons, reason.replace(/\d+/g, 'N').replace(/ \(.*\)$/, ''));
      left.push(...report.left.map((line) => `${report.tree.name} ${line}`));
    },
    figures() {
      const { applied, discarded, switched, plain, broken, repaired } = sums;
      return [
        `fixes applied: ${applied}, discarded: ${discarded}`,
        `requests that switched before: ${switched}; plain requests: ${plain}`,
        `refused for version or headers alone: ${broken}; switch now: ${share(repaired, broken)}`,
        `left with a discarded fix: ${share(broken - repaired - left.length, broken)}`,
        ...listed(reasons),
        `left without: ${share(left.length, broken)}`,
        ...left.map((line) => `  ${line}`),
      ];
    },
    about: ({ tree }) => ({ request: tree.requests[0] }),
  };
}
