import { fix, lint } from '../../src/core';
import { effort } from '../../src/model/effort';

type Files = Readonly<Record<string, string>>;

const { SHAPES, sizeOf } = jest.requireActual<{
  readonly SHAPES: Readonly<Record<string, (size: number) => Files>>;
  readonly sizeOf: (name: string) => number;
}>('../../bench/shape-trees.js');

function shape(name: string, size: number): Files {
  return SHAPES[name]?.(size) ?? {};
}

/** What one request takes on its way grows with these: all requests together have a square, and a bound on it. */
const SQUARE: ReadonlySet<string> = new Set([
  'nested-headers',
  'infix-locations',
  'passing-ifs',
  'server-sets',
  'server-rewrites',
  'inherited-headers',
  'dropped-headers',
]);

/** Multiplied, not added up: any size is the largest. */
const BOUNDED: ReadonlySet<string> = new Set([
  'doubling-includes',
  'doubling-locations',
  'set-doubling',
  'map-doubling',
  'set-chain',
]);

/** A size that takes some 50 ms: less than the bench's by the same factor for all. */
function small(name: string): number {
  return Math.ceil(sizeOf(name) / 400) * 4;
}

const others = Object.keys(SHAPES).filter((name) => !BOUNDED.has(name));
const linear = others.filter((name) => !SQUARE.has(name));

function work(name: string, size: number): number {
  const before = effort();
  for (const { handshake } of lint(shape(name, size)).routes) void handshake;
  return effort() - before;
}

describe('the work that requests take', () => {
  test.each(linear)('%s: four times the size, four times the work', (name) => {
    const size = small(name) / 4;
    expect(work(name, 4 * size)).toBeLessThan(4.5 * work(name, size) + 200);
  });
});

describe('the core comes to an end, without a defect', () => {
  test.each(others)('%s', (name) => {
    const report = lint(shape(name, small(name)));
    expect(report.problems.filter(({ message }) => message.startsWith('internal error'))).toEqual([]);
  });

  test.each([...BOUNDED])('%s', (name) => {
    expect(lint(shape(name, 14)).problems).toEqual([]);
  });
});

test('fixing a snippet that many include is one edit', () => {
  const { files, report } = fix(shape('shared-faulty-snippet', 400));
  expect(Object.keys(files)).toContain('ws.conf');
  expect(report.summary.errors).toBe(0);
});
