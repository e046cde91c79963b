/** A seeded source of choices: the same seed gives the same choices on every machine. */
export interface Random {
  /** 0 <= n < limit */
  int(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T;
  shuffle<T>(list: readonly T[]): T[];
}

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (list) => choose(list, int(list.length)),
    weighted: (list) => byWeight(list, next()),
    shuffle(list) {
      const rest = [...list];
      return list.map(() => choose(rest.splice(int(rest.length), 1), 0));
    },
  };
}

function choose<T>(list: readonly T[], index: number): T {
  if (index >= list.length) throw new Error('nothing to choose from');
  return list[index] as T;
}

function byWeight<T>(list: readonly (readonly [number, T])[], at: number): T {
  let left = at * list.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of list) {
    left -= weight;
    if (left < 0) return value;
  }
  return choose(list, list.length - 1)[1];
}
