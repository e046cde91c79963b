import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { splitDump } from '../../src/fs/dump';
import { load } from '../../src/fs/load';
import type { Workspace } from '../../src/model/workspace';
import { describeLive, findBinary } from './nginx';
import { createRandom } from './random';
import type { Random } from './random';

const DIRECTORIES = ['conf.d', 'sites-available', 'sites-enabled', 'snippets', 'a b', 'x[1]'];
const NAMES = [
  'a.conf',
  'b.conf',
  'B.conf',
  '.hidden.conf',
  'c',
  'ä.conf',
  '[d].conf',
  'e{1}.conf',
  '-f.conf',
  'g\\h.conf',
];
const GLOBS = [
  '*',
  '*.conf',
  '[a-c]*',
  '[!a]*',
  '?.conf',
  '??.conf',
  '.*',
  '*\\[*',
  '{a,b}*.conf',
  '[[:upper:]]*',
  '**',
  'no*',
];

/** A tree whose includes lead from each directory to later ones only, some of them to nothing. */
function grow(random: Random, root: string): void {
  for (const [level, directory] of DIRECTORIES.entries()) {
    mkdirSync(path.join(root, directory));
    for (const name of NAMES) {
      const file = path.join(root, directory, name);
      if (name !== 'a.conf' && random.chance(0.5)) continue;
      const target = `../${DIRECTORIES[level + 1] ?? directory}/a.conf`; // never back: no circles
      if (name !== 'a.conf' && random.chance(0.2)) symlinkSync(random.chance(0.95) ? target : 'no', file);
      else if (random.chance(0.01)) mkdirSync(file);
      else writeFileSync(file, textOf(random, root, level + 1));
    }
  }
  // the first names the tree a live one
  writeFileSync(path.join(root, 'nginx.conf'), `include "${root}/nothing*";\n${textOf(random, root, 0)}events {}\n`);
}

function textOf(random: Random, root: string, level: number): string {
  const lines = ['# text', 'env A;'];
  const later = DIRECTORIES.slice(level);
  const count = later.length === 0 ? 0 : random.int(level === 0 ? 8 : 3);
  for (let n = 0; n < count; n++) {
    const name = random.chance(0.95) ? random.pick(GLOBS) : random.pick(NAMES);
    const directory = random.chance(0.1) ? '*' : random.pick(later);
    // a star for a directory would lead back to earlier ones, and in a circle
    const target = directory === '*' && level > 0 ? `${later[0] ?? ''}/${name}` : `${directory}/${name}`;
    lines.push(`include '${random.chance(0.5) ? `${root}/` : ''}${target.replaceAll('\\', '\\\\')}';`);
  }
  return `${random.shuffle(lines).join('\n')}\n`;
}

/** Real files in the order nginx first reads them; null: it refuses the tree. */
function readByNginx(root: string): string[] | null {
  const settings = 'error_log stderr; pid x.pid;';
  const { stdout, status } = spawnSync(findBinary() ?? 'nginx', [
    '-T',
    '-q',
    '-p',
    root,
    '-c',
    `${root}/nginx.conf`,
    '-g',
    settings,
  ]);
  if (status !== 0) return null;
  const files = splitDump(stdout)?.map(({ path: file }) => realpathSync(file)) ?? [];
  return [...new Set(files)].map((file) => path.relative(root, file));
}

function readByUs(root: string): string[] | null {
  const [workspace] = load(['nginx.conf'], { cwd: root });
  if (workspace === undefined || !workspace.live) throw new Error('not a live tree');
  return isRefused(workspace) ? null : [...workspace.files.keys()];
}

function isRefused(workspace: Workspace): boolean {
  const targets = [...workspace.includes.values()];
  return workspace.problems.length > 0 || targets.some((target) => target.kind !== 'files' || 'dangling' in target);
}

describeLive('include', () => {
  test('reads what nginx reads, in its order, and fails where nginx fails: 80 trees', () => {
    const counts = { accepted: 0, refused: 0, files: 0 };
    for (let seed = 1; seed <= 80; seed++) {
      const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'includes-')));
      grow(createRandom(seed), root);
      const theirs = readByNginx(root);
      expect({ seed, files: readByUs(root) }).toEqual({ seed, files: theirs });
      counts[theirs === null ? 'refused' : 'accepted']++;
      counts.files += theirs?.length ?? 0;
      rmSync(root, { recursive: true });
    }
    expect(counts.accepted).toBeGreaterThan(20);
    expect(counts.refused).toBeGreaterThan(20);
    expect(counts.files / counts.accepted).toBeGreaterThan(3);
  }, 60_000);
});
