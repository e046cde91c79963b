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
  'core.ts': [...CORE, 'fix', 'report', 'rules'],
  'index.ts': [...CORE, 'fix', 'report', 'rules', 'fs', 'core.ts'],
  cli: [...CORE, 'fix', 'report', 'rules', 'fs', 'probe', 'logs', 'doctor', 'core.ts', 'index.ts'],
};

/** The edges: only they touch node. */
const EDGES: ReadonlySet<string> = new Set(['fs', 'cli', 'probe', 'logs', 'doctor', 'index.ts']);

interface Import {
  readonly from: string;
  readonly room: string;
  readonly target: string;
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
  const specifiers = [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers.map((specifier) => {
    if (!specifier.startsWith('.')) return { from: file, room: roomOf(file), target: specifier };
    const path = normalize(join(dirname(file), specifier));
    const target = roomOf(path.includes(sep) ? path : `${path}.ts`);
    return {
      from: file,
      room: roomOf(file),
      target: target.includes('.') || target in MAY_IMPORT ? target : `${target}.ts`,
    };
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
  const wrong = imports.filter(({ room, target }) => isBuiltin(target) && !EDGES.has(room));
  expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
});

test('yargs is imported in one file, which loads it when it is needed', () => {
  expect([...new Set(imports.filter(({ target }) => target.startsWith('yargs')).map(({ from }) => from))]).toEqual([
    join('src', 'cli', 'args.ts'),
  ]);
});
