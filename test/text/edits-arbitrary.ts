import fc from 'fast-check';
import { collide, type Edit } from '../../src/text/edit';

/** Text made of what trips patches: CR, LF, missing final newlines, lines that look like a patch's own. */
export const text = fc
  .array(fc.constantFrom('a', 'b', '\n', '\n', '\r\n', '\r', '-- x', '+++ y', 'é', '\n\n', 'line'), { maxLength: 40 })
  .map((parts) => parts.join(''));

/** Edits on `original` that do not collide. */
export function editsOn(original: string): fc.Arbitrary<Edit[]> {
  const offset = fc.nat({ max: original.length });
  const edit = fc
    .tuple(
      offset,
      offset,
      text.filter((one) => one.length < 30),
    )
    .map(([a, b, replacement]) => ({ start: Math.min(a, b), end: Math.max(a, b), text: replacement }));
  return fc.array(edit, { maxLength: 6 }).map((edits) => {
    const kept: Edit[] = [];
    for (const one of edits) if (kept.every((other) => !collide(one, other))) kept.push(one);
    return kept;
  });
}

export const textAndEdits = text.chain((original) => editsOn(original).map((edits) => ({ original, edits })));
