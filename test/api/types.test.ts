import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { builtPackage } from '../helpers/built';

/** What a user may write. */
const GOOD = `
import { fix, format, lint, rules, trace, version } from 'nginx-ws-lint';
import type { Finding, FixResult, LintOptions, Report, Trace } from 'nginx-ws-lint';
import * as core from 'nginx-ws-lint/core';

const options: LintOptions = { nginxVersion: '1.28.0', rules: { 'read-timeout': 'off', 'hop-timeout': ['error', {}] }, ping: '30s' };
const report: Report = lint(['nginx.conf'], { ...options, cwd: '/srv', maps: { '/etc/nginx': 'x' } });
const lines: number[] = report.findings.map((finding: Finding) => finding.start.line);
const fixed: FixResult = fix('nginx.conf', { unsafe: false, write: false });
const seen: Trace = trace('nginx.conf', 'wss://example.com/ws');
const outcome: 'switches' | 'fails' | 'unknown' = seen.outcome;
const text: string = format(report, 'markdown') + format(fixed.report) + version + rules[0]?.id;
const files: core.Files = { 'nginx.conf': '' };
const inMemory: core.Report = core.lint(files, { main: 'nginx.conf', complete: true });
const changed: string | undefined = core.fix(new Map([['nginx.conf', '']])).files['nginx.conf'];
export { lines, outcome, text, inMemory, changed };
`;

const BAD: readonly (readonly [string, string])[] = [
  ['an unknown severity', `import { lint } from 'nginx-ws-lint'; lint('a', { rules: { syntax: 'fatal' } });`],
  ['an unknown option', `import { lint } from 'nginx-ws-lint'; lint('a', { nginxversion: '1.2.3' });`],
  ['an unknown format', `import { format, lint } from 'nginx-ws-lint/core'; format(lint({}), 'yaml');`],
  ['paths for texts', `import { lint } from 'nginx-ws-lint/core'; lint(['nginx.conf']);`],
  ['what is no part of it', `import { type Paths } from 'nginx-ws-lint'; export type P = Paths;`],
  ['a file of its inside', `import { lint } from 'nginx-ws-lint/dist/index.js'; lint('a');`],
  ['a changed report', `import { lint } from 'nginx-ws-lint'; lint('a').summary.errors = 0;`],
];

describe('the type declarations', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'nwl-types-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  beforeAll(() => {
    const target = path.join(home, 'node_modules/nginx-ws-lint');
    mkdirSync(target, { recursive: true });
    for (const name of ['package.json', 'dist'])
      cpSync(path.join(builtPackage(), name), path.join(target, name), { recursive: true });
    writeFileSync(path.join(home, 'package.json'), '{ "type": "module" }');
  });

  /** All in one program: reading the compiler's own declarations takes longest. */
  function faultsOf(texts: ReadonlyMap<string, string>, settings: ts.CompilerOptions): ReadonlyMap<string, number> {
    for (const [name, text] of texts) writeFileSync(path.join(home, name), text);
    const program = ts.createProgram(
      [...texts.keys()].map((name) => path.join(home, name)),
      {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        types: [],
        lib: ['lib.es2022.d.ts'],
        ...settings,
      },
    );
    const faults = ts.getPreEmitDiagnostics(program);
    const counts = new Map([...texts.keys()].map((name) => [name, 0]));
    for (const { file } of faults) {
      const name = path.basename(file?.fileName ?? '');
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  }

  it('serve modules and CommonJS of node, and refuse what is wrong', () => {
    const bad = new Map(BAD.map(([, text], index) => [`bad${index}.mts`, text]));
    const texts = new Map([['good.mts', GOOD], ['good.cts', GOOD], ...bad]);
    const settings = { module: ts.ModuleKind.Node20, moduleResolution: ts.ModuleResolutionKind.Node16 };
    const expected = [...texts.keys()].map((name): [string, number] => [name, name.startsWith('bad') ? 1 : 0]);
    expect(faultsOf(texts, settings)).toEqual(new Map(expected));
  }, 30_000);

  it('serve a bundler', () => {
    const settings = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
    expect(faultsOf(new Map([['good.ts', GOOD]]), settings)).toEqual(new Map([['good.ts', 0]]));
  }, 30_000);

  it.each(['index.d.ts', 'core.d.ts'])('%s imports nothing', (name) => {
    expect(readFileSync(path.join(builtPackage(), 'dist', name), 'utf8')).not.toMatch(/\bimport\b|\bfrom '/);
  });
});
