import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const README = join(ROOT, 'README.md');

/** A `console` block: each `$ command` with what it prints under it. */
const BLOCK = /```console\n([\s\S]*?)```/g;

function outputOf(command: string): string {
  const [program, ...args] = command.split(' ');
  const run = spawnSync(program === 'node' ? process.execPath : (program ?? ''), args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return run.stdout;
}

function rerun(block: string): string {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  return commands.map((line) => `${line}\n${outputOf(line.slice(2))}`).join('');
}

const readme = readFileSync(README, 'utf8');

test('every command of the README prints what the README says', () => {
  const now = readme.replace(BLOCK, (_, block: string) => `\`\`\`console\n${rerun(block)}\`\`\``);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(README, now);
  else expect(now).toBe(readme);
});

test('there are such commands, and each is run', () => {
  const blocks = [...readme.matchAll(BLOCK)].map((match) => match[1] ?? '');
  expect(blocks.filter((block) => block.startsWith('$ node dist/cli.js')).length).toBeGreaterThanOrEqual(3);
});

test('files that it names are there', () => {
  const links = [...readme.matchAll(/\]\(((?!https?:|#)[^)]+)\)/g)].map((match) => match[1] ?? '');
  const missing = links.filter((link) => {
    try {
      readFileSync(join(ROOT, link.replace(/#.*/, '')));
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'EISDIR';
    }
  });
  expect(missing).toEqual([]);
});
