import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '../../rules/index';
import { judgeTree, traceUrl } from '../../src/api/trace';
import { fix } from '../../src/fix/fixer';
import type { FileChange } from '../../src/fix/fixer';
import { readUrl } from '../../src/handshake/destination';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { Diagnostic } from '../../src/lint/result';
import type { Workspace } from '../../src/model/workspace';
import { treeOf } from '../../src/syntax/cache';
import { listTokens } from '../../src/syntax/tokenize';
import { applyEdits } from '../../src/text/edit';
import { encode, unifiedPatch } from '../../src/text/patch';
import { positionAt } from '../../src/text/source';
import type { Source } from '../../src/text/source';
import { runCli } from '../helpers/run-cli';
import { CORPUS, describeCorpus, loadCorpusFile, rowsOf } from './corpus';
import type { Row } from './corpus';

const rows = rowsOf<Row>('index.jsonl');

/** Every file as the command line loads it, judged once. */
const judged = rows.map((row) => {
  const workspace = loadCorpusFile(row.file);
  return { row, workspace, tree: judgeTree(workspace, DEFAULT_OPTIONS) };
});

/** Every fix there is, unsafe ones too, for the files that have any. */
const fixed = judged
  .filter(({ tree }) => tree.result.diagnostics.some(({ plan }) => plan !== null))
  .map(({ row, workspace, tree }) => {
    const outcome = fix(workspace, rules, { ...DEFAULT_OPTIONS, unsafe: true });
    return { row, workspace, before: tree.result.diagnostics, outcome };
  });

const changed = fixed.flatMap(({ row, before, outcome }) =>
  outcome.changes.map((change) => ({ file: row.file, before, change, rest: outcome.result.diagnostics })),
);

function own(workspace: Workspace, file: string): Source {
  const source = workspace.files.get(file);
  if (source === undefined) throw new Error(`${file} was not read`);
  return source;
}

describeCorpus('real configurations', () => {
  test('no rule and no part of the model breaks on them', () => {
    const broken = judged.filter(({ tree }) => tree.result.problems.length > 0);
    expect(broken.map(({ row, tree }) => ({ file: row.file, problems: tree.result.problems }))).toEqual([]);
  });

  test('the text that was read is the file, byte by byte', () => {
    const differing = judged.filter(({ row, workspace }) => {
      const { text, encoding } = own(workspace, row.file);
      return !readFileSync(join(CORPUS, row.file)).equals(encode(text, encoding));
    });
    expect(differing.map(({ row }) => row.file)).toEqual([]);
  });

  test('the tokens, joined, are the text', () => {
    const differing = judged.filter(({ row, workspace }) => {
      const { code } = own(workspace, row.file);
      return joined(code) !== code;
    });
    expect(differing.map(({ row }) => row.file)).toEqual([]);
  });

  test('nothing that nginx read is a syntax error', () => {
    const accepted = judged.filter(({ row }) => row.nginx_t === 'ok' && (row.nginx_t_fixes ?? []).length === 0);
    const wrong = accepted.flatMap(({ row, tree }) => {
      const found = tree.result.diagnostics.filter(({ rule }) => rule === 'syntax');
      return found.map(({ file, start, message }) => ({ file, start, message, row: row.kind }));
    });
    expect(accepted.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  test('a route is judged as trace judges its URL', () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const { row, tree } of judged) {
      for (const { url, handshake, route } of tree.result.routes) {
        const read = url === null ? null : readUrl(url);
        if (url === null || read === null || 'error' in read || handshake === null) continue;
        asked += 1;
        const { outcome } = traceUrl(url, read, [tree]);
        const said = `${outcome.outcome} ${outcome.status}`;
        const listed = `${handshake.outcome} ${handshake.status}`;
        if (said !== listed) wrong.push(`${row.file}: ${route.label}: ${url}: ${listed}, traced ${said}`);
      }
    }
    expect(asked).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });
});

describeCorpus('fixes of real configurations', () => {
  test('are made', () => {
    expect(changed.length).toBeGreaterThan(20);
  });

  test('change only lines that a finding names, and add lines', () => {
    const strays = changed.flatMap(({ before, change }) => {
      const named = linesNamed(change.before, before);
      const lines = linesChanged(change).filter((line) => !named.has(line));
      return lines.filter((line) => !alike(change.before, line, named)).map((line) => `${change.file}:${line}`);
    });
    expect(strays).toEqual([]);
  });

  test('are exactly their edits', () => {
    for (const { change } of changed) expect(applyEdits(change.before.text, change.edits)).toBe(change.after.text);
  });

  test('bring no fault of syntax', () => {
    const spoilt = changed.filter(
      ({ change }) => treeOf(change.after).faults.length > treeOf(change.before).faults.length,
    );
    expect(spoilt.map(({ file }) => file)).toEqual([]);
  });

  test('bring no error that was not there', () => {
    const worse = changed.flatMap(({ file, before, rest }) => {
      const known = new Set(errors(before).map(({ rule, message }) => `${rule} ${message}`));
      const fresh = errors(rest).filter(({ rule, message }) => !known.has(`${rule} ${message}`));
      return fresh.map(({ rule, message }) => ({ file, rule, message }));
    });
    expect(worse).toEqual([]);
  });

  test('are a patch that git applies and takes back', () => {
    const root = mkdtempSync(join(tmpdir(), 'nwl-corpus-'));
    try {
      // one file may be changed in several trees: each tree has a directory of its own
      const all = changed.map(({ change }, index) => ({ ...change, name: `${index}/${change.file}` }));
      for (const { name, file } of all) place(root, file, name);
      writeFileSync(join(root, 'fixes.patch'), unifiedPatch(all));
      git(root, 'apply', 'fixes.patch');
      const texts = all.map(({ name }) => bytes(join(root, name)));
      expect(texts).toEqual(all.map(({ after }) => Buffer.from(encode(after.text, after.encoding)).toString('latin1')));
      git(root, 'apply', '-R', 'fixes.patch');
      for (const { name, file } of all) expect(bytes(join(root, name))).toBe(bytes(join(CORPUS, file)));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test('that are safe touch no other file on the disk', async () => {
    const root = mkdtempSync(join(tmpdir(), 'nwl-corpus-'));
    try {
      const files = fixed.map(({ row }) => row.file);
      for (const { workspace } of fixed) for (const file of workspace.files.keys()) place(root, file);
      const wrong: string[] = [];
      for (const file of files) {
        const { stderr } = await runCli(['--fix', '--no-config', '--quiet', '--nginx-version', '1.22.1', file], root);
        const { changes } = fix(loadCorpusFile(file), rules, { ...DEFAULT_OPTIONS, version: 1_022_001, unsafe: false });
        const expected = changes.map((change) => change.file);
        const touched = [...loadCorpusFile(file).files.keys()].filter(
          (each) => bytes(join(root, each)) !== bytes(join(CORPUS, each)),
        );
        if (touched.join() !== expected.join()) wrong.push(`${file}: touched ${touched.join()}: ${stderr}`);
        for (const each of touched) place(root, each);
      }
      expect(wrong).toEqual([]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

function joined(code: string): string {
  return listTokens(code)
    .map(({ start, end }) => code.slice(start, end))
    .join('');
}

function errors(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

/** Lines of the file that a finding, what it relates to, or an include that leads to it stands on. */
function linesNamed(source: Source, diagnostics: readonly Diagnostic[]): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const diagnostic of diagnostics) {
    for (const { file, start, end } of [diagnostic, ...diagnostic.related, ...diagnostic.via]) {
      if (file !== source.path) continue;
      const last = positionAt(source, Math.max(start, end - 1)).line;
      for (let line = positionAt(source, start).line; line <= last; line++) lines.add(line);
    }
  }
  return lines;
}

/** A snippet's finding lists routes of other includes of it, which take the same change. */
function alike(source: Source, line: number, named: ReadonlySet<number>): boolean {
  const lines = source.text.split('\n').map((text) => text.trim());
  const text = lines[line - 1] ?? '';
  return text.startsWith('include ') && [...named].some((other) => lines[other - 1] === text);
}

/** Lines that lose a character. */
function linesChanged({ before, edits }: FileChange): readonly number[] {
  return edits.flatMap(({ start, end }) => {
    const first = positionAt(before, start).line;
    const last = end > start ? positionAt(before, end - 1).line : first - 1;
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function place(root: string, file: string, name = file): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  copyFileSync(join(CORPUS, file), join(root, name));
}

function bytes(file: string): string {
  return readFileSync(file, 'latin1');
}

function git(cwd: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd, stdio: 'pipe', env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(cwd) } });
}
