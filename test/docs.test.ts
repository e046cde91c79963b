import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules/index';
import { rulePage, rulesTable } from '../src/report/rule-docs';
import type { RuleExample } from '../src/report/rule-docs';
import { expectGolden } from './helpers/golden';
import { FIXTURES, fixturesOf, textOf } from './rules/fixtures';

const DOCS = join(__dirname, '..', 'docs');

/** The first bad fixture of a rule with what is printed for it: real, because a test holds both. */
function examplesOf(rule: string): readonly RuleExample[] {
  const [fixture] = fixturesOf(rule, 'bad');
  if (fixture === undefined) return [];
  const beside = (ending: string): string => join(FIXTURES, rule, `${fixture.name}${ending}`);
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  const printed = read(beside('.out')) ?? '';
  return [{ configuration: textOf(join(FIXTURES, rule), fixture), printed, patch: read(beside('.patch')) }];
}

test.each(rules.map((rule) => [rule.id, rule] as const))(
  'the page of %s is made from the rule and its fixture',
  (id, rule) => {
    expectGolden(join(DOCS, 'rules', `${id}.md`), rulePage(rule, examplesOf(id)));
  },
);

test('the list of rules', () => {
  expectGolden(join(DOCS, 'rules', 'README.md'), `# Rules\n\n${rulesTable(rules, '')}\n`);
});

test("the README's table of rules", () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(readme).toContain(rulesTable(rules, 'docs/rules/'));
});
