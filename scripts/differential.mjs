// Runs fresh generated trees through a real nginx, and holds the simulation against it:
//   node scripts/differential.mjs --trees 5000 --seed 1 --nginx /usr/sbin/nginx --limit 20
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    trees: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    nginx: { type: 'string' },
    limit: { type: 'string', default: '20' },
  },
});

const directory = mkdtempSync(join(tmpdir(), 'nwl-script-'));
const outfile = join(directory, 'differential.cjs');
const entryPoints = [join(import.meta.dirname, '../test/live/differential-main.ts')];
await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
const { main } = (await import(pathToFileURL(outfile).href)).default;
console.log(`seeds from ${values.seed}`);
const status = await main({
  trees: Number(values.trees),
  seed: Number(values.seed),
  nginx: values.nginx ?? null,
  limit: Number(values.limit),
});
rmSync(directory, { recursive: true, force: true });
process.exit(status);
