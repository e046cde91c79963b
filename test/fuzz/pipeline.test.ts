import fc from 'fast-check';
import { anyBytes, anyInput, anySoup } from './arbitrary';
import { FIXTURES } from './samples';
import { TARGETS } from './targets';

/** The same inputs on every machine; scripts/fuzz.mjs goes through fresh ones, and through more samples. */
const SEED = 20_260_101;

/** What one input may take on a slow machine that does something else at the same time. */
const LIMIT_MS = 5_000;

const RUNS: Readonly<Record<string, number>> = {
  tokens: 600,
  syntax: 600,
  loader: 250,
  simulator: 120,
  linter: 120,
  fixer: 120,
  alike: 30,
};

test.each(Object.entries(TARGETS))(
  '%s: nothing throws, hangs or breaks its promise on generated trees',
  (name, target) => {
    fc.assert(
      fc.property(anyInput(FIXTURES), (input) => {
        const started = performance.now();
        target(input);
        expect(performance.now() - started).toBeLessThan(LIMIT_MS);
      }),
      { seed: SEED, numRuns: RUNS[name] ?? 100 },
    );
  },
);

test.each(Object.entries(TARGETS))('%s: nor on bytes and tokens in no order', (name, target) => {
  fc.assert(
    fc.property(fc.oneof(anyBytes, anySoup), fc.nat(), (text, seed) => target({ files: { 'nginx.conf': text }, seed })),
    { seed: SEED, numRuns: (RUNS[name] ?? 100) / 2 },
  );
});
