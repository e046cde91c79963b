import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVersion } from '../../src/model/version';
import type { NginxVersion } from '../../src/model/version';
import { judgeTree } from './differential';
import type { Report } from './differential';
import { generateTree } from './generator/generator';
import { findBinary, nginxVersion } from './nginx';
import { openBench } from './observe';
import type { Bench } from './observe';
import { shrink } from './shrink';
import { render } from './tree';
import type { Tree } from './tree';

/** What scripts/differential.mjs runs: fresh trees, counts, and a minimised tree for each disagreement. */
export interface Options {
  readonly trees: number;
  readonly seed: number;
  readonly nginx: string | null;
  /** Stop after so many trees that disagree. */
  readonly limit: number;
}

interface Counts {
  trees: number;
  refused: number;
  requests: number;
  switched: number;
  forwarded: number;
  unknown: number;
  unknownValues: number;
  disagreeing: number;
  readonly reasons: Map<string, number>;
}

export async function main(options: Options): Promise<number> {
  const binary = options.nginx ?? findBinary();
  if (binary === null) throw new Error('no nginx found: name one with --nginx');
  const version = nginxVersion(binary);
  const counts = newCounts();
  const directory = mkdtempSync(join(tmpdir(), 'nwl-differential-'));
  const started = Date.now();
  let next = options.seed;
  const worker = async (): Promise<void> => {
    const bench = await openBench(binary);
    while (next < options.seed + options.trees && counts.disagreeing < options.limit) {
      const report = await judgeTree(bench, generateTree(next++), version);
      count(report, counts);
      if (report.lines.length > 0) await keep(bench, report, version, directory);
    }
    await bench.close();
  };
  await Promise.all([worker(), worker(), worker()]);
  print(counts, formatVersion(version), (Date.now() - started) / 1000);
  return counts.disagreeing === 0 ? 0 : 1;
}

function newCounts(): Counts {
  return {
    trees: 0,
    refused: 0,
    requests: 0,
    switched: 0,
    forwarded: 0,
    unknown: 0,
    unknownValues: 0,
    disagreeing: 0,
    reasons: new Map(),
  };
}

function count(report: Report, counts: Counts): void {
  counts.trees++;
  if (report.refused !== null) counts.refused++;
  if (report.lines.length > 0) counts.disagreeing++;
  for (const { outcome, observed } of report.judged) {
    counts.requests++;
    if (observed.switched) counts.switched++;
    if (observed.received.length > 0) counts.forwarded++;
    if (outcome.upstream?.headers.some(({ value }) => typeof value !== 'string') === true) counts.unknownValues++;
    if (outcome.outcome !== 'unknown') continue;
    counts.unknown++;
    for (const reason of outcome.unknowns) counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1);
  }
}

function print(counts: Counts, version: string, seconds: number): void {
  const share = (part: number): string => `${part} (${((100 * part) / Math.max(1, counts.requests)).toFixed(2)} %)`;
  console.log(
    `nginx ${version}: ${counts.trees} trees (${counts.refused} refused by nginx) in ${seconds.toFixed(0)} s`,
  );
  console.log(`${counts.requests} requests: ${share(counts.switched)} switched, ${share(counts.forwarded)} forwarded`);
  console.log(`unknown: ${share(counts.unknown)}; with a header of unknown value: ${share(counts.unknownValues)}`);
  for (const [reason, times] of [...counts.reasons].sort(([, a], [, b]) => b - a))
    console.log(`  ${times} x ${reason}`);
  console.log(`trees that disagree: ${counts.disagreeing}`);
}

/** Prints a disagreement, minimises it, and writes it in the form of a fixture. */
async function keep(bench: Bench, report: Report, version: NginxVersion, directory: string): Promise<void> {
  const kind = kindOf(report.lines[0] ?? '');
  const fails = async (tree: Tree): Promise<boolean> => {
    const { lines, refused } = await judgeTree(bench, tree, version);
    return (refused === null) === (report.refused === null) && lines.some((line) => kindOf(line) === kind);
  };
  const small = await shrink(report.tree, fails);
  const judged = await judgeTree(bench, small, version);
  const place = join(directory, small.name.replace(' ', '-'));
  writeCase(place, judged, version);
  console.log(`${small.name}: ${report.lines[0] ?? ''}\n  minimised in ${place}`);
}

/** The words of a disagreement without its values: what must stay while a tree shrinks. */
function kindOf(line: string): string {
  return line
    .replace(/^\S+ \S+: /, '')
    .replace(/(said (?:the backend answers|method|URI|header|Location|\S+)).*?; nginx: /, '$1; ');
}

function writeCase(place: string, { judged, lines, tree, refused }: Report, version: NginxVersion): void {
  for (const [path, text] of render(tree)) {
    if (text === '') continue;
    const target = join(place, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, 'latin1');
  }
  const [first] = judged;
  const kept = refused === null ? { request: first?.request, observed: first?.observed } : { refused: refused.message };
  const about = { about: lines, version: formatVersion(version), ...kept };
  writeFileSync(join(place, 'case.json'), `${JSON.stringify(about, null, 2)}\n`);
}
