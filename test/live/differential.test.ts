import type { NginxVersion } from '../../src/model/version';
import { judgeTree } from './differential';
import type { Report } from './differential';
import { generateTree } from './generator/generator';
import { describeLive, nginxVersion } from './nginx';
import { openBench } from './observe';
import type { Bench } from './observe';

/** The trees that every run holds against nginx: 150 seeds, and those that disagreed once. */
const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

describeLive('generated configurations: the simulation is nginx', () => {
  const reports: Report[] = [];
  let benches: readonly Bench[] = [];
  let version: NginxVersion;

  beforeAll(async () => {
    version = nginxVersion();
    benches = await Promise.all([openBench(), openBench()]);
    const seeds = [...SEEDS];
    await Promise.all(benches.map((bench) => judgeAll(bench, seeds)));
  }, 120_000);

  afterAll(() => Promise.all(benches.map((bench) => bench.close())));

  async function judgeAll(bench: Bench, seeds: number[]): Promise<void> {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      reports.push(await judgeTree(bench, generateTree(seed), version));
    }
  }

  test('verdict, status, redirect, request line and every header are those of nginx', () => {
    const disagreeing = reports.filter(({ lines }) => lines.length > 0);
    expect(disagreeing.map(({ tree, lines }) => [tree.name, ...lines])).toEqual([]);
  });

  test('the trees reach what they are made for', () => {
    const judged = reports.flatMap((report) => report.judged);
    expect(judged.length).toBeGreaterThan(1_000);
    expect(judged.filter(({ observed }) => observed.switched).length).toBeGreaterThan(100);
    expect(judged.filter(({ observed }) => observed.received.length > 0).length).toBeGreaterThan(400);
    expect(new Set(judged.map(({ observed }) => observed.status)).size).toBeGreaterThan(12);
  });

  test('less than one request in a hundred is unknown', () => {
    const judged = reports.flatMap((report) => report.judged);
    const unknown = judged.filter(({ outcome }) => outcome.outcome === 'unknown');
    expect(unknown.length / judged.length).toBeLessThan(0.01);
  });
});
