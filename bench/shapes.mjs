// How shapes grow: node bench/shapes.mjs [--only NAME,NAME] [--seconds 60] [--share 1] [--cli FILE] [--lint | --fix]
//
// Each shape is linted, and repaired with --fix --diff, at a quarter of its size and at its size; whole processes, less
// what an empty tree takes. What is linear takes 4 times the time, and 4 times the memory beyond node's own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure } from './measure.mjs';
import { SHAPES, sizeOf } from './shape-trees.js';
import { writeTree } from './tree.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: asked } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(SHAPES).join() },
    share: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    cli: { type: 'string' },
    lint: { type: 'boolean', default: false },
    fix: { type: 'boolean', default: false },
  },
});
const both = asked.lint === asked.fix;
const MODES = {
  ...(both || asked.lint ? { lint: [] } : {}),
  ...(both || asked.fix ? { fix: ['--fix', '--diff'] } : {}),
};
const work = mkdtempSync(join(tmpdir(), 'nginx-ws-lint-shapes-'));

function bundled() {
  spawnSync(process.execPath, [join(root, 'scripts/bundle.mjs'), '--to', work], { stdio: 'inherit' });
  return join(work, 'dist/cli.js');
}

function run(cli, tree, options) {
  const argv = [
    'prlimit',
    `--cpu=${asked.seconds}`,
    process.execPath,
    cli,
    join(tree.directory, 'nginx.conf'),
    '--no-config',
  ];
  return { ...measure([...argv, ...options], work), bytes: tree.bytes };
}

function treeOf(name, size) {
  const directory = join(work, `${name}-${size}`);
  return writeTree(directory, SHAPES[name](size));
}

const ENDS = {
  0: '',
  1: '',
  2: ' (2)',
  [128 + constants.signals.SIGKILL]: ' (too long)',
  [128 + constants.signals.SIGXCPU]: ' (too long)',
};

/** One line of the table. Below some 30 ms a ratio says nothing. */
function line(title, empty, small, large) {
  const beyond = (key, { [key]: value }) => Math.max(0, value - empty[key]);
  const ratio = (key, least) => {
    const base = beyond(key, small);
    return base < least ? '     -' : `${(beyond(key, large) / base).toFixed(1)}x`.padStart(6);
  };
  const perByte = (beyond('memory', large) * 2 ** 20) / large.bytes;
  return (
    `${title.padEnd(30)}${(large.bytes / 1e6).toFixed(2).padStart(7)} MB` +
    `${(large.bytes / small.bytes).toFixed(1).padStart(6)}x bytes` +
    `${large.cpu.toFixed(0).padStart(7)} ms cpu ${ratio('cpu', 30)}` +
    `${large.memory.toFixed(0).padStart(6)} MiB ${ratio('memory', 8)}${perByte.toFixed(0).padStart(6)} a byte` +
    (ENDS[large.status] ?? ` (status ${large.status})`)
  );
}

try {
  const cli = asked.cli ?? bundled();
  const nothing = writeTree(join(work, 'empty'), { 'nginx.conf': 'events {}\nhttp {\n}\n' });
  const empty = Object.fromEntries(Object.entries(MODES).map(([mode, options]) => [mode, run(cli, nothing, options)]));
  for (const name of asked.only.split(',')) {
    const size = sizeOf(name) * Number(asked.share);
    const trees = [treeOf(name, size / 4), treeOf(name, size)];
    for (const [mode, options] of Object.entries(MODES)) {
      const [small, large] = trees.map((tree) => run(cli, tree, options));
      console.log(line(`${name}, ${mode}`, empty[mode], small, large));
    }
    for (const { directory } of trees) rmSync(directory, { recursive: true, force: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
