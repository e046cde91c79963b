// Fuzzes with fresh seeds, and writes a minimised input for each find:
//   node scripts/fuzz.mjs --minutes 10 [--target fixer]... [--seed N] [--threads N] [--samples DIR]... [--to DIR]
//   node scripts/fuzz.mjs --input FIND.json          judges one input again
//   node scripts/fuzz.mjs --minutes 10 --nginx       fixes trees that a real nginx is asked about, before and after
// Status 1 when something was found.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
/** What one input may take before it counts as a hang. */
const HANG_MS = 30_000;
const KINDS_KEPT = 40;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    threads: { type: 'string', default: '1' },
    target: {
      type: 'string',
      multiple: true,
      default: ['tokens', 'syntax', 'loader', 'simulator', 'linter', 'fixer', 'alike'],
    },
    samples: { type: 'string', multiple: true, default: [join(ROOT, '../shared/corpus'), join(ROOT, 'fixtures')] },
    to: { type: 'string', default: join(tmpdir(), 'nginx-ws-lint-finds') },
    input: { type: 'string' },
    nginx: { type: 'boolean', default: false },
  },
});

const directory = mkdtempSync(join(tmpdir(), 'nwl-script-'));
const outfile = join(directory, 'fuzz.cjs');
const entry = values.nginx ? 'nginx-main' : 'fuzz-main';
const stdin = {
  contents: `import * as fuzz from './test/fuzz/${entry}'; export { kindOf } from './test/fuzz/fuzz-main'; if (!require('node:worker_threads').isMainThread) fuzz.work();`,
  resolveDir: ROOT,
  loader: 'ts',
};
await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
const { kindOf } = createRequire(import.meta.url)(outfile);

const stats = new Map();
const kinds = new Map();
const until = Date.now() + Number(values.minutes) * 60_000;
console.log(`seeds from ${values.seed}, ${values.minutes} minutes, node ${process.versions.node}`);
await Promise.all(
  Array.from({ length: Number(values.threads) }, (_, index) => run(Number(values.seed) + index * 10_000_000)),
);
report();
rmSync(directory, { recursive: true, force: true });
process.exit(kinds.size > 0 ? 1 : 0);

/** One thread after the other until the time is up: one that hangs, or ends by itself, is replaced. */
async function run(seed) {
  const input = values.input === undefined ? undefined : JSON.parse(readFileSync(values.input, 'utf8'));
  for (let round = 0; Date.now() < until; round++) {
    const workerData = {
      seed: seed + round * 100_000,
      targets: input?.target === undefined ? values.target : [input.target],
      samples: values.samples,
      until,
      ...(input === undefined ? {} : { input: input.small }),
    };
    await oneThread(workerData);
    if (input !== undefined) return;
  }
}

function oneThread(workerData) {
  return new Promise((resolve) => {
    const worker = new Worker(outfile, { workerData, resourceLimits: { maxOldGenerationSizeMb: 1500 } });
    let last = null;
    let since = Date.now();
    const timer = setInterval(() => {
      if (last === null || Date.now() - since < HANG_MS) return;
      found({ ...last, small: last.input, what: `hangs: more than ${HANG_MS / 1000} s` });
      void worker.terminate();
    }, 1000);
    worker.on('message', (message) => {
      since = Date.now();
      if (message.kind === 'begin') last = message;
      if (message.kind === 'end') {
        count(message, last?.input);
        last = null;
      }
      if (message.kind === 'found') found(message);
    });
    worker.on('error', (error) => {
      if (last !== null) found({ ...last, small: last.input, what: `the thread ended: ${error.message}` });
      else throw error;
    });
    worker.on('exit', () => {
      clearInterval(timer);
      resolve();
    });
  });
}

function count({ target, milliseconds }, input) {
  const known = stats.get(target) ?? { inputs: 0, milliseconds: 0, slowest: 0, bytes: 0 };
  known.inputs += 1;
  known.milliseconds += milliseconds;
  if (milliseconds > known.slowest) {
    known.slowest = milliseconds;
    known.slowestInput = input;
  }
  stats.set(target, known);
}

function found({ target, input, small, what }) {
  const kind = `${target}: ${kindOf(what)}`;
  const times = (kinds.get(kind) ?? 0) + 1;
  kinds.set(kind, times);
  if (times > 2 || kinds.size > KINDS_KEPT) return;
  mkdirSync(values.to, { recursive: true });
  const file = join(values.to, `${target}-${Date.now()}.json`);
  writeFileSync(file, `${JSON.stringify({ target, what, small, input }, null, 2)}\n`);
  console.log(`${target}: ${what}\n  ${JSON.stringify(small.files).slice(0, 600)}\n  ${file}`);
}

function report() {
  for (const [target, { inputs, milliseconds, slowest, slowestInput }] of stats) {
    const size = Object.values(slowestInput?.files ?? {}).join('').length;
    const each = (milliseconds / inputs).toFixed(1);
    console.log(`${target}: ${inputs} inputs, ${each} ms each, slowest ${slowest.toFixed(0)} ms (${size} characters)`);
    if (slowest > 1000) {
      mkdirSync(values.to, { recursive: true });
      writeFileSync(join(values.to, `slow-${target}.json`), JSON.stringify({ target, small: slowestInput }));
    }
  }
  for (const [kind, times] of kinds) console.log(`found ${times} x ${kind}`);
  if (kinds.size === 0) console.log('found nothing');
}
