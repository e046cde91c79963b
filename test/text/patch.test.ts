import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { applyEdits, type Edit } from '../../src/text/edit';
import { encode, patchNames, unifiedPatch, type FilePatch } from '../../src/text/patch';
import { createSource } from '../../src/text/source';
import { textAndEdits } from './edits-arbitrary';

function patchOf(text: string, edits: readonly Edit[], name = 'f'): string {
  return Buffer.from(unifiedPatch([{ name, before: createSource(name, text), edits }])).toString('utf8');
}

function filePatch(
  name: string,
  text: string,
  edits: readonly Edit[],
  encoding: 'utf8' | 'latin1' = 'utf8',
): FilePatch {
  return { name, before: createSource(name, text, encoding), edits };
}

/** Replaces the first occurrence. */
function swap(text: string, old: string, made: string): Edit[] {
  const start = text.indexOf(old);
  return [{ start, end: start + old.length, text: made }];
}

const LONG = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('');

/** What trips patch tools, each as one file. */
const CASES: readonly FilePatch[] = [
  filePatch('with space.conf', LONG, swap(LONG, 'line 7', 'seven')),
  filePatch('näme.conf', LONG, swap(LONG, 'line 0\n', '')),
  filePatch('tab\there.conf', LONG, swap(LONG, 'line 39\n', 'end\n')),
  filePatch('quo"te.conf', LONG, [{ start: 0, end: 0, text: 'top\n' }]),
  filePatch('deep/er/plain.conf', LONG, [
    ...swap(LONG, 'line 3\n', 'three\nand a half\n'),
    ...swap(LONG, 'line 12', 'twelve'),
    ...swap(LONG, 'line 30', 'thirty'),
  ]),
  filePatch('no-newline.conf', 'a\nb', swap('a\nb', 'b', 'c')),
  filePatch('gains-newline.conf', 'a\nb', [{ start: 3, end: 3, text: '\n' }]),
  filePatch('loses-newline.conf', 'a\nb\n', [{ start: 3, end: 4, text: '' }]),
  filePatch('crlf.conf', 'a\r\nb\r\nc\r\n', swap('a\r\nb\r\nc\r\n', 'b', 'x\r\ny')),
  filePatch('mixed.conf', 'a\r\nb\nc\r\n', swap('a\r\nb\nc\r\n', 'b\n', 'b2\r\n')),
  filePatch('lone-cr.conf', 'a\rb\nc\rd\n', swap('a\rb\nc\rd\n', 'c', 'C\r')),
  filePatch('latin1.conf', 'caf\xe9\nx\n', swap('caf\xe9\nx\n', 'x', '\xfc'), 'latin1'),
  filePatch('bom.conf', '\ufeffa\nb\n', swap('\ufeffa\nb\n', 'b', 'é')),
  filePatch('emptied.conf', 'a\n', [{ start: 0, end: 2, text: '' }]),
  filePatch('filled.conf', '', [{ start: 0, end: 0, text: 'a\nb' }]),
  filePatch('dashes.conf', '-- a\n++ b\n-- c\n', swap('-- a\n++ b\n-- c\n', '++ b', '-- b')),
];

function withTree(run: (root: string) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'patch-'));
  try {
    for (const { name, before } of CASES) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), encode(before.text, before.encoding));
    }
    writeFileSync(join(root, '.patch'), unifiedPatch(CASES));
    run(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function expectTexts(root: string, wanted: (one: FilePatch) => string): void {
  for (const one of CASES) {
    const bytes = readFileSync(join(root, one.name));
    expect([one.name, bytes.toString('latin1')]).toEqual([
      one.name,
      Buffer.from(encode(wanted(one), one.before.encoding)).toString('latin1'),
    ]);
  }
}

const after = (one: FilePatch): string => applyEdits(one.before.text, one.edits);
const before = (one: FilePatch): string => one.before.text;

function has(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const TOOLS = [
  ['git', ['apply', '--whitespace=nowarn', '.patch'], ['apply', '-R', '--whitespace=nowarn', '.patch']],
  ['patch', ['-p1', '-s', '--binary', '-i', '.patch'], ['-p1', '-s', '--binary', '-R', '-i', '.patch']],
] as const;

for (const [tool, forwards, backwards] of TOOLS) {
  (has(tool) ? test : test.skip)(`${tool} applies the patch of a whole tree and takes it back`, () => {
    withTree((root) => {
      const environment = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(root), GIT_CONFIG_NOSYSTEM: '1' };
      execFileSync(tool, forwards, { cwd: root, env: environment, stdio: 'pipe' });
      expectTexts(root, after);
      execFileSync(tool, backwards, { cwd: root, env: environment, stdio: 'pipe' });
      // GNU patch removes a file that it empties, and both tools know no empty file to give back otherwise
      expectTexts(root, before);
    });
  });
}

test('any edits on any text become a patch that has the same effect', () => {
  fc.assert(
    fc.property(textAndEdits, ({ original, edits }) => {
      const wanted = applyEdits(original, edits);
      const patch = patchOf(original, edits);
      expect(patch === '' ? original : applyPatch(original, patch, { autoConvertLineEndings: false })).toBe(wanted);
    }),
    { seed: 4, numRuns: 1000 },
  );
});

test('an insertion shows as added lines alone', () => {
  const patch = patchOf('a\nb\nc\n', [{ start: 3, end: 3, text: '\nx' }]);
  expect(patch).toBe('--- a/f\n+++ b/f\n@@ -1,3 +1,4 @@\n a\n b\n+x\n c\n');
});

test('a file without a change has no header', () => {
  expect(patchOf('a\n', [{ start: 0, end: 1, text: 'a' }])).toBe('');
});

test('changes far apart are hunks of their own', () => {
  const patch = patchOf(LONG, [...swap(LONG, 'line 3', 'x'), ...swap(LONG, 'line 30', 'y')]);
  expect(patch.match(/^@@ .*$/gm)).toEqual(['@@ -1,7 +1,7 @@', '@@ -28,7 +28,7 @@']);
});

test('5,000 edits in 5 MB take well under a second', () => {
  const line = 'proxy_set_header X-Padding "some value to make the line as long as lines usually are";\n';
  const text = line.repeat(60_000);
  const edits = Array.from({ length: 5_000 }, (_, at) => ({
    start: at * 12 * line.length,
    end: at * 12 * line.length,
    text: 'x;\n',
  }));
  const started = performance.now();
  patchOf(text, edits);
  expect(performance.now() - started).toBeLessThan(1500);
});

test('names are relative to the working directory when all files lie below it', () => {
  const { base, names } = patchNames(['/w/a.conf', '/w/d/b.conf'], '/w');
  expect([base, ...names.values()]).toEqual(['/w', 'a.conf', 'd/b.conf']);
});

test('names are relative to the deepest common directory otherwise', () => {
  const { base, names } = patchNames(['/etc/nginx/conf.d/a.conf', '/etc/nginx/conf.d2/b.conf'], '/w');
  expect([base, ...names.values()]).toEqual(['/etc/nginx', 'conf.d/a.conf', 'conf.d2/b.conf']);
});
