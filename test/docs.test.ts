import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules/index';
import type { Rule } from '../src/lint/rule';
import { rulePage, rulesTable } from '../src/report/rule-docs';
import type { RuleExample } from '../src/report/rule-docs';
import { expectGolden } from './helpers/golden';
import { FIXTURES, fixturesOf, textOf } from './rules/fixtures';

const DOCS = join(__dirname, '..', 'docs');

/** A bad fixture of a rule with what is printed for it: real, because a test holds both. */
function examplesOf({ id, severity }: Rule): readonly RuleExample[] {
  const read = (name: string, ending: string): string | null => {
    const path = join(FIXTURES, id, `${name}${ending}`);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  const bad = fixturesOf(id, 'bad');
  // One of the rule's own severity shows what it is for.
  const fixture = bad.find(({ name }) => read(name, '.out')?.startsWith(`${severity}[`)) ?? bad[0];
  if (fixture === undefined) return [];
  const configuration = textOf(join(FIXTURES, id), fixture);
  return [{ configuration, printed: read(fixture.name, '.out') ?? '', patch: read(fixture.name, '.patch') }];
}

test.each(rules.map((rule) => [rule.id, rule] as const))(
  'the page of %s is made from the rule and its fixture',
  (id, rule) => {
    expectGolden(join(DOCS, 'rules', `${id}.md`), rulePage(rule, examplesOf(rule)));
  },
);

test('the list of rules', () => {
  expectGolden(join(DOCS, 'rules', 'README.md'), `# Rules\n\n${rulesTable(rules, '')}\n`);
});

test("the README's table of rules", () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(readme).toContain(rulesTable(rules, 'docs/rules/'));
});
