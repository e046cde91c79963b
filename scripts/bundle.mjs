// Makes dist/, which needs nothing at run time: node scripts/bundle.mjs [--check | --to DIRECTORY]
//
// dist/cli.js loads dist/lib/main.js, which holds what every lint needs, as one scope that V8 goes over once. What one
// option or command alone needs (a `require` in the sources) is a file beside it, which takes from main.js the modules that
// are there already.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import typescript from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
  // jsonc-parser's main file hides its requires from bundlers
  alias: { 'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js') },
};
const node = { ...shared, platform: 'node', target: 'node20.0', format: 'cjs' };
const browser = { ...shared, platform: 'browser', target: 'es2022', mainFields: ['module', 'main'] };

/** Path relative to the root -> bytes, of everything that is made. */
async function bundle() {
  const made = new Map();
  const inputs = new Set();
  const take = (file, { outputFiles, metafile }) => {
    made.set(file, outputFiles[0].contents);
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  };
  await bundleCommandLine(take);
  for (const [entry, file, options] of [
    ['src/action/main.ts', 'dist/action.js', node],
    ['src/index.ts', 'dist/index.js', node],
    ['src/core.ts', 'dist/core.js', { ...browser, format: 'cjs', platform: 'node' }],
    ['src/core.ts', 'dist/core.mjs', { ...browser, format: 'esm' }],
  ]) {
    if (existsSync(join(root, entry))) take(file, await build({ ...options, entryPoints: [entry] }));
  }
  for (const [file, text] of declarations()) made.set(file, Buffer.from(text));
  made.set('THIRD_PARTY_LICENSES', Buffer.from(notices(inputs)));
  return made;
}

async function bundleCommandLine(take) {
  const lazy = new Map(); // what a require names -> its file in dist/lib
  const first = await build({ ...node, entryPoints: ['src/cli/main.ts'], plugins: [requires(lazy)] });
  const eager = new Set(Object.keys(first.metafile.inputs).filter((input) => !input.startsWith('node_modules/')));
  const used = new Set();
  const done = new Set();
  for (let open = [...lazy]; open.length > 0; open = [...lazy].filter(([target]) => !done.has(target))) {
    for (const [target, file] of open) {
      done.add(target);
      const plugins = [requires(lazy), fromMain(eager, used)];
      take(`dist/lib/${file}`, await build({ ...node, entryPoints: [target], plugins }));
    }
  }
  const stdin = { contents: await mainWith([...used].sort()), resolveDir: root, loader: 'ts', sourcefile: 'dist.ts' };
  const main = wrapped(await build({ ...node, stdin, plugins: [requires(lazy)] }));
  take('dist/lib/main.js', main);
  const __BUILD__ = JSON.stringify(
    createHash('sha256').update(main.outputFiles[0].contents).digest('hex').slice(0, 16),
  );
  const start = { entryPoints: ['src/cli/start.ts'], banner: { js: '#!/usr/bin/env node' }, define: { __BUILD__ } };
  take('dist/cli.js', await build({ ...node, ...start }));
}

/** The program, and what the files beside it take from it: a function for each module, as most runs need none of them. */
async function mainWith(files) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: root,
    format: 'esm',
    metafile: true,
    write: false,
    logLevel: 'error', // it warns of requires
  });
  const names = new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]));
  const lines = files.flatMap((file, index) => {
    const own = names.get(file).map((name) => [name, `${name === 'default' ? '_' : name}$${index}`]);
    const list = (between) => own.map(([name, local]) => `${name}${between}${local}`).join(', ');
    return [
      `import { ${list(' as ')} } from './${file}';`,
      `modules[${JSON.stringify(file)}] = () => ({ __esModule: true, ${list(': ')} });`,
    ];
  });
  return ["export { main } from './src/cli/main.ts';", 'export const modules = {};', ...lines].join('\n');
}

/** As one function, the way node wraps a module: src/cli/code-cache.ts runs it as it is, without another copy. */
function wrapped({ outputFiles: [{ text }], metafile }) {
  const contents = Buffer.from(`(function (exports, require, module, __filename, __dirname) {${text}})\n`);
  return { outputFiles: [{ contents }], metafile };
}

/** The types of the library: what src/index.ts and src/core.ts export, each in one file that imports nothing. */
function declarations() {
  const types = declarationOf('src/api/types.ts');
  const shared = declarationOf('src/core.ts')
    .split('\n')
    .filter((line) => /^export declare const (?:rules|version)\b/.test(line));
  const whole = (entry, more) => {
    const own = declarationOf(entry).replace(/^(?:import|export) [^;]*? from '[^']*';\n/gm, '');
    return `${[own.trimEnd(), ...more, types.trimEnd()].join('\n')}\nexport {};\n`; // or else all is exported
  };
  return [
    ['dist/index.d.ts', whole('src/index.ts', shared)],
    ['dist/core.d.ts', whole('src/core.ts', [])],
    ['dist/core.d.mts', "export * from './core.js';\n"],
  ];
}

function declarationOf(file) {
  const { outputText } = typescript.transpileDeclaration(readFileSync(join(root, file), 'utf8'), {
    fileName: file,
    compilerOptions: { target: typescript.ScriptTarget.ES2023, newLine: typescript.NewLineKind.LineFeed },
  });
  return outputText;
}

/** A `require` in the sources becomes a file of its own. */
function requires(lazy) {
  return {
    name: 'requires',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, kind, resolveDir, importer, namespace, pluginData }) => {
        if (
          namespace !== 'file' ||
          kind !== 'require-call' ||
          pluginData === 'inner' ||
          isBuiltin(path) ||
          !isSource(importer)
        )
          return undefined;
        const found = await resolve(path, { kind, resolveDir, pluginData: 'inner' });
        if (found.errors.length > 0) return { errors: found.errors };
        const target = relative(root, found.path).replaceAll('\\', '/');
        if (!lazy.has(target)) lazy.set(target, nameFor(target));
        return { path: `./${lazy.get(target)}`, external: true };
      });
    },
  };
}

function isSource(file) {
  return file.endsWith('.ts') && !file.includes('node_modules');
}

function nameFor(target) {
  const inside = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(target);
  const name = inside === null ? target.replace(/^src\//, '').replace(/\.ts$/, '') : inside[1];
  return `${name.replace(/[@/]+/g, '-')}.js`;
}

/** A module that main.js holds already is taken from there: one state, no second copy. */
function fromMain(eager, used) {
  return {
    name: 'from-main',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^\.{1,2}\// }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'import-statement' || pluginData === 'inner') return undefined;
        const found = await resolve(path, { kind, resolveDir, pluginData: 'inner' });
        const file = relative(root, found.path).replaceAll('\\', '/');
        if (!eager.has(file)) return found;
        used.add(file);
        return { path: file, namespace: 'main' };
      });
      onResolve({ filter: /^\.\/main\.js$/, namespace: 'main' }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: 'main' }, ({ path }) => ({
        contents: `module.exports = require("./main.js").modules[${JSON.stringify(path)}]();`,
      }));
    },
  };
}

/** The licences of the packages whose code went in, made from what the bundler says it read. */
function notices(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replace(/^[\w-]+:/, ''));
    if (match !== null) packages.add(match[1]);
  }
  const parts = [...packages].map(noticeOf).sort();
  return ['dist/ holds code of these packages, under these licences.\n', ...new Set(parts)].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

function noticeOf(path) {
  const directory = join(root, path);
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const file = readdirSync(directory).find((entry) => /^licen[cs]e(?:[-.]|$)/i.test(entry));
  if (file === undefined) throw new Error(`${name} ${version} (${license}) brings no licence text`);
  const text = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

/** Files in dist/ that are not what the sources make. */
function staleFiles(made) {
  const stale = [...made].filter(([file, contents]) => {
    const path = join(root, file);
    return !existsSync(path) || !readFileSync(path).equals(Buffer.from(contents));
  });
  return stale.map(([file]) => file);
}

function leftOver(made) {
  const entries = existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist'), { recursive: true }) : [];
  const files = entries.map((entry) => `dist/${entry.replaceAll('\\', '/')}`).filter((file) => /\.m?[jt]s$/.test(file));
  return files.filter((file) => !made.has(file));
}

/** Writes what is made below a directory. */
function write(made, directory) {
  for (const [file, contents] of made) {
    const path = join(directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
    if (file === 'dist/cli.js') chmodSync(path, 0o755);
  }
}

const [mode, directory] = process.argv.slice(2);
const made = await bundle();
const wrong = [...staleFiles(made), ...leftOver(made)];
if (mode === '--to') {
  write(made, directory);
} else if (mode !== '--check') {
  for (const file of leftOver(made)) rmSync(join(root, file));
  write(made, root);
  for (const [file, { length }] of made) console.log(`${file} ${(length / 1024).toFixed(1)} KiB`);
} else if (wrong.length > 0) {
  console.error(`stale: ${wrong.join(', ')}; npm run bundle makes them anew`);
  process.exitCode = 1;
}
