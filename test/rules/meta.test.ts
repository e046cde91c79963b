import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules/index';
import { FIXTURES, fixturesOf } from './fixtures';

const files = readdirSync(join(__dirname, '..', '..', 'rules')).filter((name) => name !== 'index.ts');

test('every rule file is in the list, under its id', () => {
  expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
});

test('every folder of fixtures belongs to a rule', () => {
  const ids = rules.map(({ id }) => id);
  expect(readdirSync(FIXTURES).filter((name) => !ids.includes(name))).toEqual([]);
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  test('has bad and good fixtures', () => {
    expect([fixturesOf(id, 'bad').length > 0, fixturesOf(id, 'good').length > 0]).toEqual([true, true]);
  });

  test('has a summary of one sentence', () => {
    expect(rule.summary).toMatch(/^[^.]+(?:\.[^ ][^.]*)*\.$/);
  });

  test('names its sources', () => {
    expect(rule.sources.length).toBeGreaterThan(0);
  });

  test('says why its fix is safe or unsafe', () => {
    expect(rule.fixSafety !== undefined).toBe(rule.fix !== null);
  });

  test('fixes what it says it fixes, and nothing otherwise', () => {
    const patches = fixturesOf(id, 'bad').filter(({ name }) => existsSync(join(FIXTURES, id, `${name}.patch`)));
    expect(patches.length > 0).toBe(rule.fix !== null);
  });

  test('has a page', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'rules', `${id}.md`), 'utf8')).toContain(rule.summary);
  });
});
