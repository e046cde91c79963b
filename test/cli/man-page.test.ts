import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { manPage } from '../../src/cli/man-page';
import { OPTIONS } from '../../src/cli/option-table';
import { expectGolden } from '../helpers/golden';

const FILE = join(__dirname, '../../docs/nginx-ws-lint.1');

test('the man page is made from the tables (UPDATE_GOLDEN=1 writes it)', () => {
  expectGolden(FILE, manPage());
});

test('groff reads it without a word, and every option is in it', () => {
  const { status, stdout, stderr, error } = spawnSync(
    'groff',
    ['-man', '-Tascii', '-ww', '-rLL=100n', '-P-cbou', FILE],
    {
      encoding: 'utf8',
    },
  );
  if (error !== undefined) {
    process.stderr.write('skipped: the man page in groff (not on this machine)\n');
    return;
  }
  expect([status, stderr]).toEqual([0, '']);
  expect(OPTIONS.filter(({ name }) => !stdout.includes(`--${name}`)).map(({ name }) => name)).toEqual([]);
});
