import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDisk } from '../../src/fs/disk';
import { callsGlob, escapePattern, glob3 } from '../../src/fs/glob3';
import { compileWildcard, matchesWildcard } from '../../src/fs/wildcard';

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'glob3-')));
const FILES = [
  'a.conf',
  'b.conf',
  'B.conf',
  '.hid.conf',
  'a[1].conf',
  'a1.conf',
  'ä.conf',
  'x{a,b}',
  'c-d',
  'c]d',
  'c\\d',
  '-',
  '!x',
  '^y',
];
const IN_DIRECTORIES = ['sub/one.conf', 'sub/.two.conf', 'sub.d/x.conf', '.dot/x.conf', 'sub/deep/z', 'a b/c d.conf'];

beforeAll(() => {
  for (const name of [...FILES, ...IN_DIRECTORIES]) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), '');
  }
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xe4]), Buffer.from('.latin')]), '');
  symlinkSync('nowhere', path.join(root, 'dangling.conf'));
  symlinkSync('sub', path.join(root, 'linked'));
  symlinkSync('loop', path.join(root, 'loop'));
});
afterAll(() => rmSync(root, { recursive: true }));

const glob = (pattern: string): string[] =>
  glob3(`${escapePattern(root)}/${pattern}`, createDisk()).map((found) => found.slice(root.length + 1));

test.each([
  ['*.conf', ['B.conf', 'a1.conf', 'a[1].conf', 'a.conf', 'b.conf', 'dangling.conf', 'ä.conf'].sort()],
  ['.*.conf', ['.hid.conf']],
  ['[!a]*.conf', ['B.conf', 'b.conf', 'dangling.conf', 'ä.conf']],
  ['[.]hid.conf', []],
  ['?.conf', ['B.conf', 'a.conf', 'b.conf']],
  ['??.conf', ['a1.conf', 'ä.conf']],
  ['{a,b}.con[f]', []],
  ['**/*.conf', ['a b/c d.conf', 'linked/one.conf', 'sub.d/x.conf', 'sub/one.conf']],
  ['*/', ['a b/', 'linked/', 'sub.d/', 'sub/']],
  ['[[:upper:]]*', ['B.conf']],
  ['a\\[1].con[f]', ['a[1].conf']],
  ['sub/[', []],
  ['nothing*', []],
])('%s', (pattern, expected) => {
  expect(glob(pattern)).toEqual(expected);
});

test('nginx globs only what holds * ? or [', () => {
  expect(['a*', 'a?', 'a[', 'a{b,c}', 'a\\b'].map(callsGlob)).toEqual([true, true, true, false, false]);
});

test('many stars do not take exponential time', () => {
  const wildcard = compileWildcard(`${'*a'.repeat(100)}b`);
  expect(wildcard !== null && matchesWildcard(wildcard, 'a'.repeat(255))).toBe(false);
});

const python = spawnSync('python3', ['--version']).status === 0;
(python ? test : test.skip)('finds what glibc finds, in its order', () => {
  const patterns = [...handPicked(), ...randomPatterns(1500)];
  const theirs = glibc(patterns);
  const ours = patterns.map((pattern) => glob(pattern));
  const differing = patterns.flatMap((pattern, index) =>
    JSON.stringify(theirs[index]) === JSON.stringify(ours[index]) ? [] : [[pattern, theirs[index], ours[index]]],
  );
  expect(differing).toEqual([]);
});

function handPicked(): string[] {
  const brackets = [
    '[a-b].conf',
    '[]-]*',
    '[^^]y',
    '[!!]x',
    'c[]]d',
    'c[\\]]d',
    'c[\\\\]d',
    'c[+--]d',
    '[[.-.]]',
    '[[=a=]].conf',
  ];
  const odd = [
    '[[:bad:]]*',
    '[[:alpha:]',
    '[[:alpha:].conf',
    'a[',
    'a[*',
    '*\\',
    '\\*',
    './/*',
    './*/../*',
    'sub*//one.conf',
  ];
  const paths = [
    '*/one.conf',
    '*/deep/*',
    'linked/*',
    'loop/*',
    'dangling*/',
    '.*',
    '.*/x.conf',
    '*/.two*',
    'a.conf/*',
    '*/../[ab].conf',
  ];
  return [
    ...brackets,
    ...odd,
    ...paths,
    '[b-a]*',
    '[a-',
    '[!',
    '[a-]*',
    '[--0]',
    '[[-b]*',
    '*.latin',
    '?.latin',
    '[\u00e4]*',
    'x{a,*',
  ];
}

/** Seeded: the same patterns in every run. */
function randomPatterns(count: number): string[] {
  let seed = 42;
  const pick = (texts: readonly string[]): string => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return texts[(seed >> 8) % texts.length] ?? '';
  };
  const parts = [
    ...'ab1.*?[]!^-\\/{,}',
    'sub',
    '.conf',
    '[:alpha:]',
    '[:upper:]',
    '[!a-b]',
    '[a',
    ']',
    'conf',
    '*',
    '*',
    'c',
    'd',
  ];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Number(pick([...'123456'])) }, () => pick(parts)).join(''),
  );
}

function glibc(patterns: readonly string[]): string[][] {
  const script = `
import ctypes, json, os, sys
class G(ctypes.Structure):
    _fields_ = [('pathc', ctypes.c_size_t), ('pathv', ctypes.POINTER(ctypes.c_char_p)), ('rest', ctypes.c_char * 128)]
libc = ctypes.CDLL(None)
root, patterns = json.load(sys.stdin)
out = []
for p in patterns:
    g = G()
    n = libc.glob((root + '/' + p).encode(), 0, None, ctypes.byref(g))
    out.append([g.pathv[i].decode('utf8', 'replace')[len(root) + 1:] for i in range(g.pathc)] if n == 0 else [])
print(json.dumps(out))`;
  const input = JSON.stringify([root, patterns]);
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }),
  ) as string[][];
}
