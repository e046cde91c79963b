import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules';
import { editMaker } from '../../src/fix/edit-maker';
import { lintAlike } from '../../src/lint/alike';
import { DEFAULT_OPTIONS, lint } from '../../src/lint/linter';
import type { LintOptions } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import type { Workspace } from '../../src/model/workspace';
import { pretty } from '../../src/report/pretty';
import { PLAIN } from '../../src/report/report';
import { FIXTURES, fixturesOf } from '../rules/fixtures';
import { workspaceOf } from '../helpers/workspace';
import { createRandom } from '../live/random';
import { multiplied } from './multiply';

const OPTIONS: LintOptions = { ...DEFAULT_OPTIONS, listRoutes: false, editsFor: editMaker(DEFAULT_OPTIONS) };

function text(result: LintResult): string {
  const report = { tool: { name: '', version: '' }, results: [result], docs: () => null, next: [], rules };
  return pretty(report, PLAIN);
}

function bothOf(workspace: Workspace): { readonly each: LintResult; readonly alike: LintResult } {
  return { each: lint(workspace, rules, OPTIONS), alike: lintAlike(workspace, rules, OPTIONS, 4) };
}

const fixtures = rules.flatMap(({ id }) =>
  [...fixturesOf(id, 'bad'), ...fixturesOf(id, 'good')]
    .filter(({ path }) => path.endsWith('.conf'))
    .map(({ path }) => ({ name: `${id}/${path}`, text: readFileSync(join(FIXTURES, id, path), 'utf8') })),
);
const trees = fixtures.flatMap(({ name, text: whole }, index) => {
  const files = index % 3 === 1 ? null : multiplied(whole, 6);
  return files === null ? [] : [{ name, both: bothOf(workspaceOf(files)) }];
});
const muddles = fixtures.flatMap(({ name, text: whole }, index) => {
  if (index % 3 !== 1) return [];
  const files = multiplied(whole, 8, createRandom(index));
  return files === null ? [] : [{ name, both: bothOf(workspaceOf(files)) }];
});

/** The files of the servers alone: what encloses them is not known. */
const parts = fixtures.flatMap(({ name, text: whole }, index) => {
  const files = Object.entries(multiplied(whole.replaceAll('$connection_upgrade', 'upgrade'), 6) ?? {});
  const sites = files.filter(([file]) => file !== 'nginx.conf');
  if (index % 6 > 0 || sites.length === 0) return [];
  const fragments = sites.map(([file]) => ({ file, context: ['http'], stated: false }));
  return [{ name, both: bothOf({ ...workspaceOf(Object.fromEntries(sites)), main: null, fragments }) }];
});

describe('servers in files that are alike', () => {
  test.each(trees)('$name: the findings of each', ({ both }) => {
    expect(text(both.alike)).toBe(text(both.each));
  });

  test.each(muddles)('$name, some of them unlike the others: the findings of each', ({ both }) => {
    expect(text(both.alike)).toBe(text(both.each));
  });

  test.each(parts)('$name, as fragments: the findings of each', ({ both }) => {
    expect(text(both.alike)).toBe(text(both.each));
  });

  test('most are judged once, with and without findings', () => {
    const shared = trees.filter(({ both }) => both.alike.alike !== undefined);
    const copied = shared.filter(({ both }) => both.alike.diagnostics.some(({ file }) => file.startsWith('sites/05')));
    expect(shared.length).toBeGreaterThan(80);
    expect(parts.filter(({ both }) => both.alike.alike !== undefined).length).toBeGreaterThan(10);
    expect(copied.length).toBeGreaterThan(40);
  });

  test('of more findings than are shown the same ones are, with the same note', () => {
    const lines = Array.from({ length: 4_500 }, () => '  nonsense on;').join('\n');
    const files: Record<string, string> = { 'nginx.conf': 'events {}\nhttp {\n  include sites/*.conf;\n}\n' };
    for (let at = 0; at < 5; at += 1) files[`sites/${at}.conf`] = `server {\n  server_name s${at}.test;\n${lines}\n}\n`;
    const { alike, each } = bothOf(workspaceOf(files));
    const found = ({ diagnostics, notes }: LintResult): unknown => [
      notes,
      diagnostics.map(({ rule, file, start }) => `${rule} ${file} ${start}`),
    ];
    expect([alike.alike !== undefined, found(alike)]).toEqual([true, found(each)]);
  });
});
