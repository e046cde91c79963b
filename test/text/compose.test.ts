import fc from 'fast-check';
import { composeEdits, invertEdits } from '../../src/text/compose';
import { applyEdits, collide } from '../../src/text/edit';
import { editsOn, textAndEdits } from './edits-arbitrary';

const twoRounds = textAndEdits.chain(({ original, edits }) =>
  editsOn(applyEdits(original, edits)).map((second) => ({ original, first: edits, second })),
);

test('two rounds of edits become one round with the same outcome', () => {
  fc.assert(
    fc.property(twoRounds, ({ original, first, second }) => {
      const outcome = applyEdits(applyEdits(original, first), second);
      expect(applyEdits(original, composeEdits(original, first, second))).toBe(outcome);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('composed edits do not collide', () => {
  fc.assert(
    fc.property(twoRounds, ({ original, first, second }) => {
      const made = composeEdits(original, first, second);
      made.forEach((edit, index) => made.slice(index + 1).forEach((other) => expect(collide(edit, other)).toBe(false)));
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('inverted edits lead back', () => {
  fc.assert(
    fc.property(textAndEdits, ({ original, edits }) => {
      expect(applyEdits(applyEdits(original, edits), invertEdits(original, edits))).toBe(original);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('an edit that is undone leaves no edit', () => {
  const first = [{ start: 1, end: 2, text: 'xyz' }];
  expect(composeEdits('abc', first, [{ start: 1, end: 4, text: 'b' }])).toEqual([]);
});
