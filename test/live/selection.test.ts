import { describeLive } from './nginx';
import { compareSelection } from './selection';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const REQUESTS = 200;

describeLive('a real nginx and the selection of servers and locations', () => {
  test.each(SEEDS)('agree on every request of seed %i', async (seed) => {
    const all = await compareSelection(seed, REQUESTS);
    expect(all.filter(({ real, told }) => real !== told)).toEqual([]);
    expect(all.filter(({ real }) => real.startsWith('200')).length).toBeGreaterThan(REQUESTS / 4);
  });
});
