/* eslint-disable @typescript-eslint/no-require-imports -- what one command alone needs is loaded when it runs */
import { lintCommand } from './commands/lint';
import { checkArguments, commandOf, oneOf, withoutAliases } from './invocation';
import type { Invocation } from './invocation';
import type { Io } from './io';
import type { CommandName } from './option-table';
import { readPlain } from './read-plain';
import type { RawArguments } from './read-plain';
import { ISSUES } from '../lint/linter';
import { maskText } from '../lint/secrets';
import { visible } from '../report/display';
import { quoted, UsageError } from './usage-error';
import { VERSION } from './version';

/** A command: does its work through `io` and answers the exit status. Throws UsageError for one line and status 2. */
export type Command = (call: Invocation, io: Io) => number | Promise<number>;

/**
 * The whole program. 0: nothing to complain about; 1: findings; 2: wrong usage, unreadable input, or an internal
 * error. Never throws.
 */
export function run(argv: readonly string[], io: Io): number | Promise<number> {
  try {
    if (argv[0] === '--get-yargs-completions') return complete(argv, io);
    const raw = withoutAliases(readPlain(argv) ?? args().readWithYargs(argv));
    const status = dispatch(raw, io);
    return typeof status === 'number' ? status : status.catch((error: unknown) => failed(error, argv, io));
  } catch (error) {
    return failed(error, argv, io);
  }
}

function args(): typeof import('./args') {
  return require('./args') as typeof import('./args');
}

function dispatch(raw: RawArguments, io: Io): number | Promise<number> {
  if (asked(raw, 'help')) {
    io.stdout(args().helpText(commandOf(raw), io.columns));
    return 0;
  }
  if (asked(raw, 'version')) {
    io.stdout(`${VERSION}\n`);
    return 0;
  }
  const call = checkArguments(raw);
  return commandFor(call.command)(call, io);
}

function asked(raw: RawArguments, name: string): boolean {
  return raw.options.get(name)?.at(-1) === true;
}

function commandFor(name: CommandName): Command {
  switch (name) {
    case 'lint':
      return lintCommand;
    case 'trace':
      return (require('./commands/trace') as typeof import('./commands/trace')).traceCommand;
    case 'routes':
      return (require('./commands/routes') as typeof import('./commands/routes')).routesCommand;
    case 'explain':
      return (require('./commands/explain') as typeof import('./commands/explain')).explainCommand;
    case 'rules':
      return (require('./commands/rules') as typeof import('./commands/rules')).rulesCommand;
    case 'ast':
      return (require('./commands/ast') as typeof import('./commands/ast')).astCommand;
    case 'init':
      return (require('./commands/init') as typeof import('./commands/init')).initCommand;
    case 'probe':
      return (require('./commands/probe') as typeof import('./commands/probe')).probeCommand;
    case 'logs':
      return (require('./commands/logs') as typeof import('./commands/logs')).logsCommand;
    case 'doctor':
      return (require('./commands/doctor') as typeof import('./commands/doctor')).doctorCommand;
    case 'completion':
      return completionCommand;
  }
}

function completionCommand({ operands }: Invocation, io: Io): number {
  const [shell = null, ...rest] = operands;
  if (shell !== null) oneOf('completion', shell, completing().SHELLS);
  if (rest.length > 0) throw new UsageError('completion takes one shell');
  io.stdout(args().completionScript(shell));
  return 0;
}

function completing(): typeof import('./completions') {
  return require('./completions') as typeof import('./completions');
}

function complete(argv: readonly string[], io: Io): number {
  const words = completing().completions(argv);
  io.stdout(words.map((word) => `${word}\n`).join(''));
  return 0;
}

function failed(error: unknown, argv: readonly string[], io: Io): number {
  io.stderr(error instanceof UsageError ? `nginx-ws-lint: ${visible(error.message)}\n` : internalError(error, argv));
  return 2;
}

/** All that a report needs, in one block: the stage, the version, how to report. */
function internalError(error: unknown, argv: readonly string[]): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const stage = error instanceof Error && 'stage' in error ? String(error.stage) : 'running';
  const lines = [
    `nginx-ws-lint: internal error while ${stage}: ${error instanceof Error ? error.message : String(error)}`,
    `  version: ${VERSION}, node ${process.versions.node}, ${process.platform}`,
    `  arguments: ${argv.map(quoted).join(' ')}`,
    ...stack
      .split('\n')
      .slice(1, 6)
      .map((line) => `  ${line.trim()}`),
    `  This is a defect of nginx-ws-lint: please report it with these lines and, if you can, the configuration, at`,
    `  ${ISSUES}`,
  ];
  return `${lines.map((line) => visible(maskText(line))).join('\n')}\n`;
}
