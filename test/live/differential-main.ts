import { judgeTree } from './differential';
import type { Report } from './differential';
import { judgeFix } from './fix-property';
import type { FixReport } from './fix-property';
import { hunt } from './hunt';
import type { HuntOptions, Property } from './hunt';

/** What scripts/differential.mjs runs. */
export function main(options: HuntOptions & { readonly property: string }): Promise<number> {
  return options.property === 'fix' ? hunt(options, fixing()) : hunt(options, simulating());
}

function share(part: number, whole: number): string {
  return `${part} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`;
}

function tally(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function listed(counts: Map<string, number>): string[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([what, times]) => `  ${times} x ${what}`);
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

/** A fix repairs and does no harm. */
function fixing(): Property<FixReport> {
  const counts = { changed: 0, switched: 0, broken: 0, repaired: 0, plain: 0 };
  const reasons = new Map<string, number>();
  return {
    judge: judgeFix,
    count({ changed, switched, broken, repaired, plain, explained }) {
      if (changed) counts.changed++;
      counts.switched += switched;
      counts.broken += broken;
      counts.repaired += repaired;
      counts.plain += plain;
      for (const reason of explained) tally(reasons, reason.replace(/\d+/g, 'N'));
    },
    figures() {
      const { changed, switched, broken, repaired, plain } = counts;
      return [
        `trees changed: ${changed}; requests that switched before: ${switched}; plain requests: ${plain}`,
        `refused for version or headers: ${broken}, of these repaired: ${share(repaired, broken)}; the others:`,
        ...listed(reasons),
      ];
    },
    about: ({ tree }) => ({ request: tree.requests[0] }),
  };
}
