import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVersion } from '../../src/model/version';
import { judgeFix, type FixReport } from './fixing';
import { generateTree } from './generator/generator';
import { findBinary, nginxVersion } from './nginx';
import { openBench } from './observe';
import { render } from './tree';

/** What scripts/fix-trees.mjs runs: fresh trees, fixed, and run by nginx before and after. */
export interface Options {
  readonly trees: number;
  readonly seed: number;
  readonly nginx: string | null;
}

export async function main(options: Options): Promise<number> {
  const binary = options.nginx ?? findBinary();
  if (binary === null) throw new Error('no nginx found: name one with --nginx');
  const version = nginxVersion(binary);
  const directory = mkdtempSync(join(tmpdir(), 'nwl-fix-'));
  const sums = { trees: 0, refusedBefore: 0, applied: 0, discarded: 0, broken: 0, repaired: 0, violations: 0 };
  let next = options.seed;
  const started = Date.now();
  const worker = async (): Promise<void> => {
    const bench = await openBench(binary);
    while (next < options.seed + options.trees) {
      const report = await judgeFix(bench, generateTree(next++), version);
      sums.trees += 1;
      sums.refusedBefore += report.refusedBefore ? 1 : 0;
      for (const name of ['applied', 'discarded', 'broken', 'repaired'] as const) sums[name] += report[name];
      if (report.lines.length > 0) sums.violations += 1;
      if (report.lines.length > 0) keep(report, directory);
    }
    await bench.close();
  };
  await Promise.all([worker(), worker(), worker()]);
  console.log(`nginx ${formatVersion(version)}, ${((Date.now() - started) / 1000).toFixed(0)} s`, sums);
  return sums.violations === 0 ? 0 : 1;
}

function keep({ tree, lines, texts }: FixReport, directory: string): void {
  for (const [name, files] of [
    ['before', render(tree)],
    ['after', texts],
  ] as const) {
    for (const [path, text] of files) {
      const place = join(directory, tree.name, name, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
  }
  console.log([`${tree.name}: ${join(directory, tree.name)}`, ...lines].join('\n  '));
}
