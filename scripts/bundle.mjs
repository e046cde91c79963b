// Makes dist/: one minified file for the command line, without dependencies at run time. `--check` compares instead.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // names of classes show in messages
  keepNames: false,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false,
  logLevel: 'warning',
  // jsonc-parser's main file hides its requires from bundlers
  alias: { 'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js') },
};

const node = { ...shared, platform: 'node', target: 'node20.0', format: 'cjs' };

const ENTRIES = [
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['src/index.ts'], outfile: 'dist/index.js' },
  // runs in a browser and in an editor, too
  { ...shared, platform: 'neutral', target: 'es2022', format: 'cjs', entryPoints: ['src/core.ts'], outfile: 'dist/core.js' },
];

/** Relative path -> bytes of everything in dist/, and the notices of what went into it. */
export async function bundle() {
  const outputs = new Map();
  const packages = new Set();
  for (const entry of ENTRIES) {
    if (!existsSync(join(root, entry.entryPoints[0]))) continue;
    const { outputFiles, metafile } = await build(entry);
    outputs.set(entry.outfile, outputFiles[0].contents);
    for (const input of Object.keys(metafile.inputs)) {
      const match = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input);
      if (match !== null) packages.add(input.slice(0, match.index + match[0].length - 1));
    }
  }
  outputs.set('THIRD_PARTY_LICENSES', Buffer.from(notices([...packages].sort())));
  return outputs;
}

function notices(packages) {
  const parts = packages.map((path) => {
    const directory = join(root, path);
    const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENSE-MIT.txt', 'license', 'License'].find((candidate) =>
      existsSync(join(directory, candidate)),
    );
    if (file === undefined) throw new Error(`${name} ${version} (${license}) brings no licence text`);
    const text = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const head = 'dist/ holds code of these packages, under these licences.\n';
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

async function main() {
  const check = process.argv.includes('--check');
  const stale = [];
  for (const [file, contents] of await bundle()) {
    const path = join(root, file);
    const same = existsSync(path) && readFileSync(path).equals(Buffer.from(contents));
    if (!same) stale.push(file);
    if (check || same) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
    if (file === 'dist/cli.js') chmodSync(path, 0o755);
    console.log(`${file} ${(contents.length / 1024).toFixed(1)} KiB`);
  }
  if (check && stale.length > 0) {
    console.error(`stale: ${stale.join(', ')}; run npm run bundle`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
