import { editMaker } from '../../fix/edit-maker';
import { load } from '../../fs/load';
import type { BaselineEntry } from '../../lint/baseline';
import type { lintAlike } from '../../lint/alike';
import { lint } from '../../lint/linter';
import type { LintOptions } from '../../lint/linter';
import type { LintResult } from '../../lint/result';
import { FEW_FILES } from '../../model/workspace';
import type { Workspace } from '../../model/workspace';
import { LISTING_ROUTES, REPORTERS } from '../../report/formats';
import type { Report } from '../../report/report';
import { rules } from '../../../rules';
import { baselinePath, readBaseline } from '../baseline-file';
import { readConfig } from '../config-file';
import { docsUrl } from '../../report/rule-docs';
import { exitStatus } from '../exit-status';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { checkedVersion, printConfig } from '../judging';
import { keepBaseline } from '../keep-baseline';
import { nextSteps } from '../next-steps';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import type { Output } from '../outputs';
import { reportProblems } from '../problems';
import type { Repaired } from '../repair';
import { withProgress } from '../progress';
import { protectTrees } from '../protect';
import { reviewer } from '../review';
import { settingsOf } from '../settings';
import type { Settings } from '../settings';
import { during } from '../stage';
import { tuneForJudging, tuneForReading } from '../tuning';
import { UsageError } from '../usage-error';
import { TOOL } from '../version';

/** Lints, and with --fix, --diff or --patch repairs. */
export function lintCommand(call: Invocation, io: Io): number {
  const outputs = outputsOf(call, 'pretty');
  refuseContradictions(call);
  const config = readConfig(call, io, rules);
  const settings = settingsOf(call, config, rules, io);
  if (call.flag('print-config')) return printConfig(settings, io);
  const baseline = knownBaseline(call, settings, io);
  const workspaces = during('reading', () => load(settings.paths, loadOptions(call, settings)));
  protectTrees(call, io, workspaces, config);
  const {
    results,
    diff,
    failed,
    undo = null,
  } = withProgress(io, 'checking', workspaces, (calm) =>
    judge(call, settings, workspaces, baseline, calm, listRoutes(outputs)),
  );
  const noted = keepBaseline({ call, settings, workspaces, results, known: baseline }, io);
  const next = nextSteps(call, noted, { live: workspaces.some(({ live }) => live), undo, baseline: config.baseline });
  report(call, io, outputs, { tool: TOOL, results: noted, docs: docsUrl, next, rules }, settings);
  if (diff !== null) io.stdout(diff);
  return failed ? 2 : exitStatus(noted, thresholdOf(call, settings), diff !== null && diff.length > 0);
}

function refuseContradictions(call: Invocation): void {
  const { operands } = call;
  if (call.flag('fix') && !call.flag('diff') && operands.includes('-')) {
    throw new UsageError('--fix cannot write standard input; use --diff');
  }
  if (call.flag('diff') && call.list('format').some((word) => !word.includes(':')) && !call.given('output')) {
    throw new UsageError(
      '--diff prints the patch on standard output; give the other format a file: --format NAME:FILE',
    );
  }
  if (call.flag('verify') && (!call.flag('fix') || call.flag('diff'))) {
    throw new UsageError('--verify goes with --fix: it checks what would be written');
  }
  const beside = ['fix', 'diff', 'prune-baseline'].find((name) => call.flag(name));
  if (call.flag('write-baseline') && beside !== undefined) {
    throw new UsageError(`--write-baseline records what is there now; run --${beside} by itself`);
  }
  if (call.flag('prune-baseline') && call.flag('diff')) {
    throw new UsageError('--diff writes nothing; run --prune-baseline by itself');
  }
}

/** Whether a report lists every route: then each is judged by itself. */
function listRoutes(outputs: readonly Output[]): boolean {
  return outputs.some(({ format }) => LISTING_ROUTES.has(format));
}

/** Without a path, --fix works on ./nginx.conf only: nobody's /etc/nginx is written to by default. */
function loadOptions(call: Invocation, { load: given }: Settings): Settings['load'] {
  const options = { ...given, whenMany: tuneForReading };
  return call.flag('fix') && !call.flag('diff') ? { ...options, defaults: ['nginx.conf'] } : options;
}

function thresholdOf(call: Invocation, { failOn, maxWarnings }: Settings): Parameters<typeof exitStatus>[1] {
  return { failOn, maxWarnings, exitZero: call.flag('exit-zero') };
}

function knownBaseline(call: Invocation, { config }: Settings, io: Io): readonly BaselineEntry[] {
  const file = baselinePath(call, config);
  return file === null || call.flag('write-baseline') ? [] : readBaseline(io, file);
}

function judge(
  call: Invocation,
  settings: Settings,
  workspaces: readonly Workspace[],
  baseline: readonly BaselineEntry[],
  io: Io,
  listRoutes: boolean,
): Repaired {
  const review = reviewer({
    config: settings.config,
    cwd: io.cwd,
    baseline,
    wideFocus: call.flag('find-root'),
  });
  const jobs = workspaces.map((workspace) => {
    const { version, notes } = checkedVersion(settings, workspace);
    const options: LintOptions = { ...settings.lint, version, review, listRoutes, whenMany: tuneForJudging };
    return { workspace: { ...workspace, notes: [...workspace.notes, ...notes] }, options };
  });
  if (call.flag('fix') || call.flag('diff') || call.given('patch')) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { repair } = require('../repair') as typeof import('../repair');
    return repair(call, io, jobs, rules);
  }
  const results = jobs.map(({ workspace, options }) =>
    during(`checking ${workspace.main ?? workspace.fragments[0]?.file ?? 'nothing'}`, () =>
      linterFor(workspace)(workspace, rules, { ...options, editsFor: editMaker(options) }),
    ),
  );
  return { results, diff: null, failed: false };
}

/** What judges one file for many is loaded where there are many. */
function linterFor({ files }: Workspace): (...of: Parameters<typeof lintAlike>) => LintResult {
  if (files.size < FEW_FILES) return lint;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('../../lint/alike') as typeof import('../../lint/alike')).lintAlike;
}

function report(call: Invocation, io: Io, outputs: readonly Output[], whole: Report, { failOn }: Settings): void {
  const stream = call.flag('diff') ? 'stderr' : 'stdout';
  reportProblems(io, whole.results, call.operands);
  for (const output of outputs) {
    const reporter = REPORTERS[output.format];
    if (reporter === undefined) throw new UsageError(`the format ${output.format} is not part of this build`);
    const text = during(`writing the ${output.format} report`, () =>
      reporter()(whole, { ...reportOptions(call, io, output, stream), failOn }),
    );
    writeOutput(io, output, text, stream);
  }
}
