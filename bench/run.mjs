// Prints ratios, side by side in one run: node bench/run.mjs [--sizes 200,2000] [--rounds 5] [--peers DIRECTORY]
//
// Medians of interleaved runs, whole processes. `wall` is what a user waits; `cpu` (user + system) holds on a machine
// that others use too. Compiled code is kept as it is for users, but for the rows that say so; of the files in these trees
// most are alike, and `each by itself` is what they take where none is. --peers: a directory in which `npm install
// nginx-linter` was run; nothing is installed here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure } from './measure.mjs';
import { realisticTree } from './tree.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: asked } = parseArgs({
  options: {
    sizes: { type: 'string', default: '200,2000,20000' },
    rounds: { type: 'string', default: '5' },
    peers: { type: 'string' },
  },
});
const work = mkdtempSync(join(tmpdir(), 'nginx-ws-lint-bench-'));

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Name -> medians, each round running every job once. */
function compare(jobs, rounds) {
  const runs = new Map(Object.keys(jobs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { argv, allowed, env }] of Object.entries(jobs)) {
      const run = measure(argv, work, { XDG_CACHE_HOME: work, ...env });
      if (!allowed.includes(run.status)) throw new Error(`${name}: status ${run.status}`);
      runs.get(name).push(run);
    }
  }
  const of = (list, key) => median(list.map((run) => run[key]));
  return [...runs].map(([name, list]) => ({
    name,
    wall: of(list, 'wall'),
    cpu: of(list, 'cpu'),
    memory: of(list, 'memory'),
  }));
}

function print(title, rows, { bytes }) {
  const [base] = rows;
  console.log(`\n${title} (${(bytes / 1e6).toFixed(2)} MB); ratios to ${base.name}`);
  for (const { name, wall, cpu, memory } of rows) {
    const ratio = (value, to) => `${(value / to).toFixed(2)}x`.padStart(8);
    console.log(
      `${name.padEnd(26)}${wall.toFixed(0).padStart(7)} ms wall${ratio(wall, base.wall)}` +
        `${cpu.toFixed(0).padStart(8)} ms cpu${ratio(cpu, base.cpu)}${memory.toFixed(0).padStart(7)} MiB`,
    );
  }
}

const job = (argv, ...allowed) => ({ argv, allowed: allowed.length > 0 ? allowed : [0] });

try {
  const rounds = Number(asked.rounds);
  spawnSync(process.execPath, [join(root, 'scripts/bundle.mjs'), '--to', work], { stdio: 'inherit' });
  const cli = join(work, 'dist/cli.js');
  const lint = (tree, ...options) => job([process.execPath, cli, tree.directory, '--no-config', ...options], 0, 1);
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cores; node ${process.versions.node}; ${new Date().toISOString()}`,
  );
  const small = realisticTree(join(work, 'small'), 1, 2);
  const unkept = { env: { NGINX_WS_LINT_CACHE: 'off' } };
  measure(lint(small).argv, work, { XDG_CACHE_HOME: work });
  const start = {
    'node -e 0': job([process.execPath, '-e', '0']),
    lint: lint(small),
    'lint, no code kept': { ...lint(small), ...unkept },
  };
  print('one small file', compare(start, rounds * 3), small);
  for (const size of asked.sizes.split(',').map(Number)) {
    const tree = realisticTree(join(work, `tree-${size}`), size);
    const faulty = realisticTree(join(work, `faulty-${size}`), size, 1);
    const conf = join(tree.directory, 'nginx.conf');
    const peer = asked.peers && join(asked.peers, 'node_modules/.bin/nginx-linter');
    const jobs = {
      'nginx -t': job(['nginx', '-t', '-q', '-p', `${tree.directory}/`, '-c', conf]),
      lint: lint(tree),
      'lint, no code kept': { ...lint(tree), ...unkept },
      'lint, each by itself': lint(tree, '--format', 'json'),
      'lint, a fault in each': lint(faulty),
      '--fix --diff, as faulty': lint(faulty, '--fix', '--diff'),
      ...(peer && existsSync(peer) && statSync(peer) ? { 'nginx-linter': job([peer, '--include', conf], 0, 1) } : {}),
    };
    print(`${size} server files`, compare(jobs, size > 5000 ? 1 : rounds), tree);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
