import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules';
import { fixAlike } from '../../src/fix/alike';
import { fix } from '../../src/fix/fixer';
import type { FixOptions, FixOutcome } from '../../src/fix/fixer';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import { workspaceOf } from '../helpers/workspace';
import { multiplied } from '../lint/multiply';
import { createRandom } from '../live/random';
import { FIXTURES, fixturesOf } from '../rules/fixtures';

const optionsFor = (unsafe: boolean): FixOptions => ({ ...DEFAULT_OPTIONS, listRoutes: false, unsafe });

/** What somebody sees of it: the texts, what was done, what remains. */
function seen({ workspace, records, result, changes }: FixOutcome): unknown {
  return {
    texts: [...workspace.files].map(([file, { text }]) => [file, text]),
    records: records.map((record) => Object.values(record).join(' | ')).sort(),
    remaining: result.diagnostics.map(({ file, start, rule, message }) => `${file}:${start} ${rule} ${message}`),
    edits: changes.map(({ file, edits }) => [file, ...edits.map(({ start, end, text }) => [start, end, text])]),
  };
}

const fixtures = rules
  .flatMap(({ id }) => fixturesOf(id, 'bad').map(({ path }) => ({ id, path })))
  .filter(({ path }) => path.endsWith('.conf'));
const trees = fixtures.flatMap(({ id, path }, index) => {
  if (index % 2 > 0) return [];
  const text = readFileSync(join(FIXTURES, id, path), 'utf8');
  const files = multiplied(text, 5, index % 8 === 0 ? createRandom(index) : undefined);
  if (files === null) return [];
  const workspace = workspaceOf(files);
  const options = optionsFor(index % 6 === 0);
  return [{ name: `${id}/${path}`, workspace, options, alike: fixAlike(workspace, rules, options, 4) }];
});

test.each(trees)('$name in files that are alike: fixed as each would be', ({ workspace, options, alike }) => {
  expect(seen(alike)).toEqual(seen(fix(workspace, rules, options)));
});

test('where only servers are concerned, one is fixed for all', () => {
  const many = trees.filter(({ alike }) => alike.result.alike !== undefined && alike.changes.length > 4);
  expect(many.length).toBeGreaterThan(8);
});
