import type { NginxVersion } from '../../src/model/version';
import { judgeFix } from './fix-property';
import type { FixReport } from './fix-property';
import { generateTree } from './generator/generator';
import { describeLive, nginxVersion } from './nginx';
import { openBench } from './observe';
import type { Bench } from './observe';

const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

describeLive('generated configurations after --fix --websocket "*"', () => {
  const reports: FixReport[] = [];
  let benches: readonly Bench[] = [];
  let version: NginxVersion;

  beforeAll(async () => {
    version = nginxVersion();
    benches = await Promise.all([openBench(), openBench()]);
    const seeds = [...SEEDS];
    await Promise.all(benches.map((bench) => judgeAll(bench, seeds)));
  }, 300_000);

  afterAll(() => Promise.all(benches.map((bench) => bench.close())));

  async function judgeAll(bench: Bench, seeds: number[]): Promise<void> {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      reports.push(await judgeFix(bench, generateTree(seed), version));
    }
  }

  function sum(figure: (report: FixReport) => number): number {
    return reports.reduce((total, report) => total + figure(report), 0);
  }

  test('nginx accepts them, what worked works, plain requests are what they were, a second fix changes nothing', () => {
    const harmed = reports.filter(({ lines }) => lines.length > 0);
    expect(harmed.map(({ tree, lines }) => [tree.name, ...lines])).toEqual([]);
  });

  test('handshakes refused for their version or headers switch, but for fixes said to be discarded: below 2 %', () => {
    const broken = sum((report) => report.broken);
    expect(broken).toBeGreaterThan(50);
    expect(sum((report) => report.explained.length) / broken).toBeLessThan(0.02);
  });

  test('there is something to keep: handshakes that switched, plain requests', () => {
    expect(sum((report) => report.switched)).toBeGreaterThan(100);
    expect(sum((report) => report.plain)).toBeGreaterThan(200);
  });
});
