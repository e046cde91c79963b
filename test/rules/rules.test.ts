import { join } from 'node:path';
import { rules } from '../../rules/index';
import { expectGolden } from '../helpers/golden';
import { runCli } from '../helpers/run-cli';
import { FIXTURES, fixturesOf, textOf, withCopy } from './fixtures';
import type { Fixture } from './fixtures';

const argumentsFor = (
  rule: string,
  { path, options, config }: Fixture,
  ...more: readonly string[]
): readonly string[] => [
  ...(config === null ? ['--no-config'] : ['--config', config]),
  '--only',
  rule,
  ...options,
  ...more,
  path,
];

async function countOf(rule: string, fixture: Fixture, directory: string): Promise<number> {
  const { stdout } = await runCli(argumentsFor(rule, fixture, '--format', 'json'), directory);
  const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string }[] };
  return findings.filter((finding) => finding.rule === rule).length;
}

describe.each(rules.map(({ id, fix }) => ({ id, fix })))('$id', ({ id, fix }) => {
  const bad = fixturesOf(id, 'bad');
  const good = fixturesOf(id, 'good');
  const golden = (fixture: Fixture, ending: string): string => join(FIXTURES, id, `${fixture.name}${ending}`);

  test.each(bad.map((fixture) => [fixture.name, fixture] as const))(
    '%s is found, fixed, and stays fixed',
    async (_, fixture) => {
      await withCopy(id, fixture, async (directory) => {
        const { stdout } = await runCli(argumentsFor(id, fixture), directory);
        expectGolden(golden(fixture, '.out'), stdout);
        expect(await countOf(id, fixture, directory)).toBeGreaterThan(0);
        if (fix === null) return;

        const patch = (await runCli(argumentsFor(id, fixture, '--unsafe-fixes', '--diff'), directory)).stdout;
        expectGolden(golden(fixture, '.patch'), patch === '' ? null : patch);
        await runCli(argumentsFor(id, fixture, '--unsafe-fixes', '--fix'), directory);
        const fixed = textOf(directory, fixture);
        if (patch !== '') expectGolden(golden(fixture, '.fixed'), fixed);
        await runCli(argumentsFor(id, fixture, '--unsafe-fixes', '--fix'), directory);
        expect(textOf(directory, fixture)).toBe(fixed);
      });
    },
  );

  test.each(good.map((fixture) => [fixture.name, fixture] as const))('%s is left alone', async (_, fixture) => {
    await withCopy(id, fixture, async (directory) => {
      const before = textOf(directory, fixture);
      expect(await countOf(id, fixture, directory)).toBe(0);
      await runCli(argumentsFor(id, fixture, '--unsafe-fixes', '--fix'), directory);
      expect(textOf(directory, fixture)).toBe(before);
    });
  });
});
