import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules/index';
import { load } from '../../src/fs/load';
import { DEFAULT_OPTIONS, lint } from '../../src/lint/linter';
import type { LintOptions } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import type { Workspace } from '../../src/model/workspace';

/** Real configurations beside the repository; tests use them where they are and never need them. */
export const CORPUS = join(__dirname, '../../../shared/corpus');
export const hasCorpus = existsSync(join(CORPUS, 'index.jsonl'));
export const describeCorpus = hasCorpus ? describe : describe.skip;

/** A file, and what nginx 1.22.1 said of it. */
export interface Row {
  readonly file: string;
  readonly kind: string;
  /** `ok`, or the error. */
  readonly nginx_t: string;
  /** What was replaced or put beside the file before nginx was asked. */
  readonly nginx_t_fixes?: readonly string[];
}

/** The lines of a table; none where the corpus is not there. */
export function rowsOf<T>(table: string): readonly T[] {
  if (!hasCorpus) return [];
  const lines = readFileSync(join(CORPUS, table), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

/** As `nginx-ws-lint FILE` reads it; the path is relative to the corpus. */
export function loadCorpusFile(file: string): Workspace {
  const [workspace] = load([file], { cwd: CORPUS });
  if (workspace === undefined) throw new Error(`nothing was loaded for ${file}`);
  return workspace;
}

export function lintAll(workspace: Workspace, options: LintOptions = DEFAULT_OPTIONS): LintResult {
  return lint(workspace, rules, options);
}
