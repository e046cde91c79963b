import path from 'node:path';
import { COMMAND_TABLE } from '../../src/cli/command-table';
import { COMMANDS, OPTIONS } from '../../src/cli/option-table';
import { cliReference } from '../../src/cli/reference';
import { expectGolden } from '../helpers/golden';

it('docs/cli.md is what the tables say (UPDATE_GOLDEN=1 writes it)', () => {
  expectGolden(path.join(__dirname, '../../docs/cli.md'), cliReference());
});

it('every command is described', () => {
  expect(COMMAND_TABLE.map(({ name }) => name)).toEqual([...COMMANDS]);
});

it('every option that takes a value names it', () => {
  const nameless = OPTIONS.filter(({ kind, placeholder }) => (kind === 'flag') !== (placeholder === undefined));
  expect(nameless.map(({ name }) => name)).toEqual([]);
});

it('no option stands in the table twice', () => {
  expect(new Set(OPTIONS.map(({ name }) => name)).size).toBe(OPTIONS.length);
});
