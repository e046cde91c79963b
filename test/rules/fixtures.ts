import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONFIG = '.nginx-ws-lint.json';
export const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'rules');

/**
 * One configuration of a rule: `bad-x.conf`, or a directory `bad-x/` with its nginx.conf. Beside a bad one stand what is
 * printed (`bad-x.out`), the patch (`bad-x.patch`) and the fixed text (`bad-x.fixed`). A first line `# options: ...` is
 * given to the command.
 */
export interface Fixture {
  readonly name: string;
  /** Below FIXTURES/<rule>. */
  readonly path: string;
  readonly options: readonly string[];
  /** A tree's own `.nginx-ws-lint.json`. */
  readonly config: string | null;
}

export function fixturesOf(rule: string, kind: 'bad' | 'good'): readonly Fixture[] {
  const directory = join(FIXTURES, rule);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.name.startsWith(`${kind}-`) && (entry.isDirectory() || entry.name.endsWith('.conf')))
    .map((entry) => readFixture(directory, entry.name, entry.isDirectory()))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readFixture(directory: string, path: string, isTree: boolean): Fixture {
  const text = readFileSync(join(directory, path, ...(isTree ? ['nginx.conf'] : [])), 'latin1');
  const options = /^# options: (.*)/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const config = isTree && existsSync(join(directory, path, CONFIG)) ? join(path, CONFIG) : null;
  return { name: path.replace(/\.conf$/, ''), path, options, config };
}

/** Does something with a copy of the fixture in a directory of its own. */
export async function withCopy<T>(rule: string, fixture: Fixture, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'nwl-rule-'));
  try {
    cpSync(join(FIXTURES, rule, fixture.path), join(directory, fixture.path), { recursive: true });
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The text of a fixture, the files of a tree one after the other under their names. */
export function textOf(directory: string, fixture: Fixture): string {
  const top = join(directory, fixture.path);
  if (fixture.path.endsWith('.conf')) return readFileSync(top, 'utf8');
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1)).sort();
  return names.map((name) => `# ${name}\n${readFileSync(join(top, name), 'utf8')}`).join('\n');
}
