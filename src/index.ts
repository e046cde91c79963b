/** The linter on files: what the command line does, without its configuration file. */
import { resolve } from 'node:path';
import { changesOf, fixTrees } from './api/fix-trees';
import { engineOptions } from './api/options';
import { fixResultOf, formatted, reportOf, traceOf } from './api/report';
import { checkFormatOptions, checkOptions, checkPaths, checkUrl } from './api/arguments';
import { judgeTree, traceUrl } from './api/trace';
import { editMaker } from './fix/edit-maker';
import { load } from './fs/load';
import { pathOf } from './fs/names';
import { installedVersion } from './fs/nginx';
import type { LoadOptions } from './fs/options';
import { save } from './fs/save';
import { readUrl } from './handshake/destination';
import { concerns } from './lint/focus';
import { lint as lintWorkspace } from './lint/linter';
import type { LintOptions as EngineOptions } from './lint/linter';
import type { Diagnostic } from './lint/result';
import { OLDEST } from './model/version';
import type { Workspace } from './model/workspace';
import { patchNames } from './text/patch';
import { rules as allRules } from '../rules';
import type { FixOptions, FixResult, FormatName, FormatOptions, LintOptions, Report, Trace } from './api/types';

export type * from './api/types';
export { rules, version } from './core';

/** Which files are read. Names in reports are relative to `cwd`. */
export interface PathOptions {
  /** Left out: the process's working directory. */
  readonly cwd?: string;
  /** Where relative includes start; left out: the main file's directory. */
  readonly prefix?: string;
  /** Read what the configuration calls this there: `{ "/etc/nginx": "./deploy/nginx" }`. */
  readonly maps?: Readonly<Record<string, string>>;
  /** Further places that may be read. */
  readonly allow?: readonly string[];
  /** What encloses fragments, and that it sets nothing. */
  readonly context?: readonly string[];
  /** Also the files below the root that nginx does not read. */
  readonly all?: boolean;
  /** Judge the tree whose nginx.conf includes the paths; report on them alone, and fix them alone. */
  readonly findRoot?: boolean;
}

export interface WriteOptions {
  /** Write the files, all or none. Throws an Error, and leaves everything as it was, when that fails. */
  readonly write?: boolean;
}

const PATHS: Readonly<Record<keyof (PathOptions & WriteOptions), true>> = {
  cwd: true,
  prefix: true,
  maps: true,
  allow: true,
  context: true,
  all: true,
  findRoot: true,
  write: true,
};

type Paths = string | readonly string[];

/** Says which handshakes fail, or will drop, and why. What cannot be read is in `report.problems`. */
export function lint(paths: Paths, options: LintOptions & PathOptions = {}): Report {
  const results = jobsFor(paths, options).map(({ workspace, options: engine }) =>
    lintWorkspace(workspace, allRules, { ...engine, editsFor: editMaker(engine) }),
  );
  return reportOf(results, options);
}

/** Repairs what can be repaired without changing anything else, and with `write` puts it into the files. */
export function fix(paths: Paths, options: LintOptions & PathOptions & FixOptions & WriteOptions = {}): FixResult {
  const jobs = jobsFor(paths, options);
  const outcomes = fixTrees(jobs, allRules, options.unsafe ?? false);
  const changes = changesOf(outcomes);
  const cwd = directoryOf(options);
  if (options.write === true && changes.length > 0) {
    const given = new Set(jobs.flatMap(({ workspace }) => [...workspace.given]));
    const written = save(
      changes.map(({ before, after }) => ({ before, text: after.text })),
      { cwd, given },
    );
    if (!written.saved) throw new Error(failureOf(written.files));
  }
  const full = (file: string): string => pathOf(file, cwd).replaceAll('\\', '/');
  const { names } = patchNames(
    changes.map(({ file }) => full(file)),
    cwd.replaceAll('\\', '/'),
  );
  return fixResultOf(outcomes, options, (file) => names.get(full(file)) ?? file);
}

/** Follows a ws, wss, http or https URL through server and location to the verdict. Throws RangeError for another. */
export function trace(paths: Paths, url: string, options: LintOptions & PathOptions = {}): Trace {
  checkUrl(url);
  const asked = readUrl(url);
  if ('error' in asked) throw new RangeError(`${JSON.stringify(url)}: ${asked.error}`);
  const trees = jobsFor(paths, options).map((job) => judgeTree(job.workspace, job.options));
  return traceOf(traceUrl(url, asked, trees), options);
}

/** A report as text. Takes what `lint` and `fix` returned, not a copy of it. */
export function format(report: Report, name: FormatName = 'pretty', options: FormatOptions = {}): string {
  checkFormatOptions(options);
  return formatted(report, name, options);
}

interface Job {
  readonly workspace: Workspace;
  readonly options: EngineOptions;
}

/** On a live tree the nginx that is installed is the one to judge for, unless a version is stated. */
function jobsFor(paths: Paths, options: LintOptions & PathOptions): readonly Job[] {
  checkPaths(paths);
  checkOptions(options, PATHS);
  const engine = engineOptions(options);
  return load(typeof paths === 'string' ? [paths] : paths, loadOptions(options)).map((workspace) => {
    const installed = workspace.live && engine.version === null ? installedVersion(workspace.prefix) : null;
    const version = installed !== null && installed >= OLDEST ? installed : engine.version;
    return { workspace, options: { ...engine, version, review: onlyInFocus } };
  });
}

function onlyInFocus(diagnostics: readonly Diagnostic[], { focus }: Workspace): readonly Diagnostic[] {
  return focus === undefined ? diagnostics : diagnostics.filter((one) => concerns(one, focus, true));
}

function loadOptions(options: PathOptions): LoadOptions {
  return {
    cwd: directoryOf(options),
    prefix: options.prefix ?? null,
    maps: Object.entries(options.maps ?? {}).map(([from, to]) => ({ from, to })),
    allow: options.allow ?? [],
    context: options.context ?? null,
    all: options.all ?? false,
    discover: options.findRoot ?? false,
  };
}

function directoryOf({ cwd }: PathOptions): string {
  return resolve(cwd ?? '.');
}

function failureOf(files: readonly { readonly file: string; readonly reason: string | null }[]): string {
  return files.flatMap(({ file, reason }) => (reason === null ? [] : [`${file}: ${reason}`])).join('\n');
}
