import { lint } from '../../src/lint/linter';
import type { Rule } from '../../src/lint/rule';
import { rules } from '../../rules';
import { workspaceOf } from '../helpers/workspace';
import { OLD_HTTP } from '../cli/support';

const broken: Rule = {
  id: 'broken',
  severity: 'error',
  summary: 'Throws.',
  nginx: 'Nothing.',
  sources: [],
  fix: null,
  *check() {
    throw new Error('out of luck');
  },
};

test('a rule that throws is a problem that names it, the tree and where to report it', () => {
  const { problems } = lint(workspaceOf({ 'nginx.conf': OLD_HTTP }), [broken, ...rules]);
  expect(problems).toEqual([
    { file: 'nginx.conf', message: expect.stringContaining('internal error in rule broken: out of luck') as string },
  ]);
  expect(problems[0]?.message).toContain('please report it at https://');
});

test('the other rules find what they find without it', () => {
  const workspace = workspaceOf({ 'nginx.conf': OLD_HTTP });
  const found = (checked: readonly Rule[]): readonly string[] =>
    lint(workspace, checked).diagnostics.map(({ rule }) => rule);
  expect(found(rules)).toContain('http-version');
  expect(found([broken, ...rules])).toEqual(found(rules));
});
