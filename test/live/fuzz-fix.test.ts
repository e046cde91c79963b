import { mutatedTree } from '../fuzz/mutated-trees';
import { judgeByNginx } from '../fuzz/nginx-judge';
import type { Judgement } from '../fuzz/nginx-judge';
import { describeLive, findBinary, nginxVersion } from './nginx';

/** Every run goes through these; scripts/fuzz.mjs --nginx through fresh ones. */
const SEEDS = Array.from({ length: 80 }, (_, index) => 500_000 + index);

describeLive('fixes of mutated trees', () => {
  let judged: readonly (Judgement & { readonly seed: number })[] = [];

  beforeAll(() => {
    const binary = findBinary() ?? '';
    const version = nginxVersion(binary);
    judged = SEEDS.map((seed) => ({ seed, ...judgeByNginx(mutatedTree(seed), seed, version, binary) }));
  }, 120_000);

  test('nginx takes what it took before, and a second fix is none', () => {
    expect(judged.filter(({ complaint }) => complaint !== null)).toEqual([]);
  });

  test('most of them are changed, and taken by nginx before that', () => {
    expect(judged.filter(({ changed, accepted }) => changed && accepted).length).toBeGreaterThan(SEEDS.length / 4);
  });
});
