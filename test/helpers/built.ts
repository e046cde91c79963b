import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'nginx-ws-lint');
/** What goes into the package besides dist/ (package.json, `files`), and what hooks and the action need. */
const BESIDE = [
  'package.json',
  'LICENSE',
  'README.md',
  'schema',
  'docs',
  'action.yml',
  '.pre-commit-hooks.yaml',
  '.github',
];

/**
 * The package as it would be published, made from the sources as they are: a directory that is shared between tests,
 * so that it is built once. Nothing may be written into it.
 */
export function builtPackage(): string {
  return (built ??= build());
}

let built: string | undefined;

function build(): string {
  const place = join(CACHE, fingerprint());
  if (existsSync(place)) return place;
  mkdirSync(CACHE, { recursive: true });
  const made = mkdtempSync(join(CACHE, 'making-'));
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/bundle.mjs'), '--to', made], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`scripts/bundle.mjs: ${stderr}`);
  for (const name of BESIDE)
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(made, name), { recursive: true });
  try {
    renameSync(made, place);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(place)) throw error; // another test was faster
  }
  forgetOthers(place);
  return place;
}

/** Of everything that goes in. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of ['src', 'rules', 'scripts/bundle.mjs', 'package-lock.json', ...BESIDE]) {
    for (const file of filesIn(join(ROOT, name))) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .sort();
}

const HOUR_MS = 3_600_000;

/** What earlier sources made. */
function forgetOthers(place: string): void {
  for (const name of readdirSync(CACHE)) {
    const other = join(CACHE, name);
    const made = statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (other !== place && Date.now() - made > HOUR_MS) rmSync(other, { recursive: true, force: true });
  }
}
