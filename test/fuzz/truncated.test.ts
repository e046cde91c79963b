import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TARGETS } from './targets';

const SAMPLE = path.join(__dirname, '../../fixtures/projects/sample');
const MAIN = readFileSync(path.join(SAMPLE, 'nginx.conf'), 'utf8');

/** Beyond the first ones every so many bytes, so that all of them together take seconds. */
const STEPS: Readonly<Record<string, number>> = {
  tokens: 1,
  syntax: 1,
  loader: 3,
  simulator: 7,
  linter: 13,
  fixer: 13,
};

test.each(Object.entries(TARGETS))('%s: a sample that ends too early', (name, target) => {
  for (let end = 0; end <= MAIN.length; end += STEPS[name] ?? 1) {
    const input = { files: { 'nginx.conf': MAIN.slice(0, end) }, seed: end };
    expect(() => target(input)).not.toThrow();
  }
});
