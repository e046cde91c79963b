import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';

const ROOT = join(__dirname, '..');

/** What each room may import besides itself. Imports go one way: text <- syntax <- model <- handshake <- lint <- rules. */
const CORE = ['text', 'syntax', 'model', 'handshake', 'lint'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  text: [],
  syntax: ['text'],
  model: ['text', 'syntax'],
  handshake: ['text', 'syntax', 'model'],
  lint: ['text', 'syntax', 'model', 'handshake'],
  rules: CORE,
  fix: CORE,
  report: [...CORE, 'fix', 'logs', 'probe', 'doctor'],
  fs: [...CORE, 'fix'],
  probe: [...CORE, 'fs'],
  logs: [...CORE, 'fs'],
  doctor: [...CORE, 'fs', 'fix', 'probe', 'logs', 'rules'],
  api: [...CORE, 'fix', 'report', 'rules', 'fs'],
  'core.ts': [...CORE, 'fix', 'report', 'rules', 'api'],
  'index.ts': [...CORE, 'fix', 'report', 'rules', 'fs', 'api', 'core.ts'],
  cli: [...CORE, 'fix', 'report', 'rules', 'fs', 'probe', 'logs', 'doctor', 'api'],
  action: [],
};

/** The edges: only they touch node. */
const EDGES: ReadonlySet<string> = new Set(['fs', 'cli', 'probe', 'logs', 'doctor', 'index.ts', 'action']);

interface Import {
  readonly from: string;
  readonly room: string;
  readonly target: string;
  /** The file without its ending; what the specifier says for a package. */
  readonly path: string;
  readonly typeOnly: boolean;
}

function sourceFiles(directory: string): readonly string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name));
}

function roomOf(file: string): string {
  const [top = '', room = ''] = file.split(sep);
  return top === 'rules' ? 'rules' : room;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = [...text.matchAll(/(import type [^;]*?)?(?:from|import|require)\s*\(?\s*'([^']+)'/g)];
  return found.map(([, type, specifier = '']) => {
    const own = { from: file, room: roomOf(file), typeOnly: type !== undefined };
    if (!specifier.startsWith('.')) return { ...own, target: specifier, path: specifier };
    const path = normalize(join(dirname(file), specifier));
    const target = roomOf(path.includes(sep) ? path : `${path}.ts`);
    return { ...own, target: target.includes('.') || target in MAY_IMPORT ? target : `${target}.ts`, path };
  });
}

const files = [...sourceFiles('src'), ...sourceFiles('rules')];
const imports = files.flatMap(importsOf);
const isPackage = (target: string): boolean => !(target in MAY_IMPORT);

test('every room is known', () => {
  expect(files.filter((file) => !(roomOf(file) in MAY_IMPORT))).toEqual([]);
});

test('imports go one way', () => {
  const wrong = imports.filter(
    ({ room, target }) => !isPackage(target) && target !== room && MAY_IMPORT[room]?.includes(target) !== true,
  );
  expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
});

test('only the edges touch node', () => {
  const wrong = imports.filter(({ room, path }) => isBuiltin(path) && !EDGES.has(room));
  expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
});

/** Every file that the bundle of an entry would hold. */
function reachedFrom(entry: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file) || !files.includes(file)) continue;
    reached.add(file);
    for (const { path } of imports.filter(({ from, typeOnly }) => from === file && !typeOnly)) {
      open.push(`${path}.ts`, join(path, 'index.ts'));
    }
  }
  return reached;
}

test('the core reaches no file that touches node', () => {
  const reached = reachedFrom(join('src', 'core.ts'));
  const wrong = imports.filter(({ from, path, typeOnly }) => reached.has(from) && isBuiltin(path) && !typeOnly);
  expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
  expect(reached.size).toBeGreaterThan(100);
});

test('yargs is imported in one file, which loads it when it is needed', () => {
  expect([...new Set(imports.filter(({ target }) => target.startsWith('yargs')).map(({ from }) => from))]).toEqual([
    join('src', 'cli', 'args.ts'),
  ]);
});
