/** The GitHub Action: runs dist/cli.js beside it with the inputs as arguments, and hands on what that says. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, argumentsFor, configArguments, readInputs } from './inputs';
import type { Environment, Inputs, Places } from './inputs';
import { addSummary, data, setOutput, withoutCommands } from './runner';

const CLI = path.join(__dirname, 'cli.js');
const MATCHER = path.join(__dirname, '..', '.github', 'nginx-ws-lint-matcher.json');

process.exitCode = main(process.env);

/** 0: nothing to complain about; 1: findings, wrong inputs, unreadable files. */
function main(env: Environment): number {
  const temporary = mkdtempSync(path.join(env['RUNNER_TEMP'] || tmpdir(), 'nginx-ws-lint-'));
  try {
    return run(readInputs(env), env, temporary);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    print(wrong(error.message));
    return 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function run(inputs: Inputs, env: Environment, temporary: string): number {
  const cwd = path.resolve(inputs.workingDirectory);
  if (!existsSync(cwd)) throw new InputError(`working-directory: there is no ${inputs.workingDirectory}`);
  const places = { json: path.join(temporary, 'report.json'), summary: path.join(temporary, 'summary.md') };
  const argv = argumentsFor(inputs, pathsFor(inputs, cwd), places);
  const { status, stderr } = lint(inputs, argv, cwd);
  if (stderr !== '') withoutCommands(print, () => print(stderr));
  const told = inputs.format === 'github' && existsSync(places.json); // annotations of its own
  if (status !== 0 && status !== 1 && !told) print(wrong(stderr.trim() || `nginx-ws-lint ended with ${status}`));
  handOn(inputs, env, cwd, places);
  return status === 0 ? 0 : 1;
}

/** The configuration file's paths, else the working directory: never the nginx that the runner happens to have. */
function pathsFor(inputs: Inputs, cwd: string): readonly string[] {
  if (inputs.paths.length > 0) return inputs.paths;
  const { status, stdout, stderr } = start(['lint', ...configArguments(inputs), '--print-config'], cwd, 'pipe');
  if (status !== 0) throw new InputError(stderr.trim());
  const { paths } = JSON.parse(stdout) as { readonly paths: readonly string[] };
  return paths.length > 0 ? paths : ['.'];
}

interface Ran {
  readonly status: number | null;
  readonly stderr: string;
}

/** The github format is made of commands. With compact lines, the problem matcher makes annotations of them. */
function lint({ format }: Inputs, argv: readonly string[], cwd: string): Ran {
  if (format === 'github') return start(argv, cwd, 'inherit');
  let ran: Ran = { status: null, stderr: '' };
  if (format === 'compact') print(`::add-matcher::${data(MATCHER)}\n`);
  withoutCommands(print, () => (ran = start(argv, cwd, 'inherit')));
  if (format === 'compact') print('::remove-matcher owner=nginx-ws-lint::\n');
  return ran;
}

function start(argv: readonly string[], cwd: string, stdout: 'inherit' | 'pipe'): Ran & { readonly stdout: string } {
  const ran = spawnSync(process.execPath, [CLI, ...argv], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.error !== undefined) throw ran.error;
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly fixed: number;
  readonly fixable: { readonly safe: number };
}

/** Outputs and summary, as far as the run came to them. */
function handOn(inputs: Inputs, env: Environment, cwd: string, places: Places): void {
  if (!existsSync(places.json)) return;
  const { summary } = JSON.parse(readFileSync(places.json, 'utf8')) as { readonly summary: Summary };
  for (const name of ['errors', 'warnings', 'infos', 'fixed'] as const) setOutput(env, name, summary[name]);
  setOutput(env, 'fixable', summary.fixable.safe);
  setOutput(env, 'sarif', fileOutput(inputs.sarifFile, env, cwd));
  setOutput(env, 'patch', fileOutput(inputs.patch, env, cwd));
  if (existsSync(places.summary)) addSummary(env, readFileSync(places.summary, 'utf8'));
}

/** As the actions that upload it want it: from the workspace. Empty for a file that is empty, or not there. */
function fileOutput(name: string, env: Environment, cwd: string): string {
  if (name === '') return '';
  const file = path.resolve(cwd, name);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return '';
  const relative = path.relative(env['GITHUB_WORKSPACE'] || process.cwd(), file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative).replaceAll('\\', '/');
}

function wrong(message: string): string {
  return `::error title=nginx-ws-lint::${data(message)}\n`;
}

function print(text: string): void {
  writeSync(1, text);
}
