import { unifiedPatch } from '../../src/text/patch';
import { applyPatch } from 'diff';
import { applyEdits, collide } from '../../src/text/edit';
import { fixed } from '../live/fixing';
import { generateTree } from '../live/generator/generator';
import { render, workspaceFor } from '../live/tree';
import { parse } from '../../src/syntax/parse';

const OUTCOMES = Array.from({ length: 12 }, (_, index) => {
  const workspace = workspaceFor(render(generateTree(10_001 + index)));
  return { workspace, outcome: fixed(workspace, null, index % 2 === 0) };
});

test('generated trees are edited', () => {
  expect(OUTCOMES.filter(({ outcome }) => outcome.changes.length > 0).length).toBeGreaterThan(6);
});

test('edits do not collide, and lead to the text after', () => {
  for (const { changes } of OUTCOMES.map(({ outcome }) => outcome)) {
    for (const { edits, before, after } of changes) {
      edits.forEach((edit, index) =>
        edits.slice(index + 1).forEach((other) => expect(collide(edit, other)).toBe(false)),
      );
      expect(applyEdits(before.text, edits)).toBe(after.text);
    }
  }
});

test('the patch leads from the text before to the text after', () => {
  for (const { file, before, after, edits } of OUTCOMES.flatMap(({ outcome }) => outcome.changes)) {
    const patch = Buffer.from(unifiedPatch([{ name: file, before, edits }])).toString('utf8');
    expect(applyPatch(before.text, patch, { autoConvertLineEndings: false })).toBe(after.text);
  }
});

test('a second fix changes nothing', () => {
  for (const [index, { outcome }] of OUTCOMES.entries()) {
    expect(fixed(outcome.workspace, null, index % 2 === 0).changes).toEqual([]);
  }
});

test('no fix makes a fault of syntax', () => {
  for (const { before, after } of OUTCOMES.flatMap(({ outcome }) => outcome.changes)) {
    expect(parse(after).faults.length).toBeLessThanOrEqual(parse(before).faults.length);
  }
});

test('no rule fails on the way', () => {
  expect(OUTCOMES.flatMap(({ outcome }) => outcome.result.problems)).toEqual([]);
});
