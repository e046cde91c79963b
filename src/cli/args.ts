/** The only file that knows yargs. It is loaded for --help, for completion, and for what the plain reader leaves. */
import type { Options } from 'yargs';
import yargs from 'yargs/yargs';
import { COMMAND_TABLE, EXIT_STATUSES, TASKS } from './command-table';
import { OPTIONS, formatsOf, optionsOf } from './option-table';
import type { CommandName, OptionSpec } from './option-table';
import type { RawArguments } from './read-plain';
import { UsageError } from './usage-error';

type Parser = ReturnType<typeof yargs>;

function parserFor(argv: readonly string[], options: readonly OptionSpec[]): Parser {
  // it would ask for the working directory, which may be gone
  const parser = yargs([...argv], '/')
    .scriptName('nginx-ws-lint')
    .locale('en')
    .detectLocale(false)
    .help(false)
    .version(false)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new UsageError(plainWords(message ?? error?.message ?? 'cannot read the arguments'));
    })
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'greedy-arrays': false,
    });
  for (const spec of options) parser.option(spec.name, yargsOption(spec));
  return parser;
}

function yargsOption(spec: OptionSpec): Options {
  const shared = { describe: spec.summary, group: `${spec.group}:`, ...(spec.short && { alias: spec.short }) };
  if (spec.kind === 'flag') return { ...shared, type: 'boolean' };
  return { ...shared, type: 'string', nargs: 1, requiresArg: true };
}

/** yargs's own message for a missing value, in our words. */
function plainWords(message: string): string {
  const missing = /^Not enough arguments following: (.*)$/m.exec(message);
  if (missing === null) return message.replace(/\s*\n\s*/g, ' ');
  const spec = OPTIONS.find(({ name }) => name === missing[1]);
  return `--${missing[1]} needs a value: --${missing[1]} ${spec?.placeholder ?? 'VALUE'}`;
}

/** Reads argv as the plain reader does, and what that leaves alone. Throws UsageError. */
export function readWithYargs(argv: readonly string[]): RawArguments {
  refuseFlagValues(argv);
  const parsed = parserFor(argv, OPTIONS).parseSync() as Record<string, unknown>;
  const options = new Map<string, (string | boolean)[]>();
  const shorts = new Set(OPTIONS.flatMap(({ short }) => short ?? []));
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '_' || name === '--' || name === '$0' || shorts.has(name)) continue;
    const values = (Array.isArray(value) ? value : [value]) as unknown[];
    options.set(
      name,
      values.map((each) => (typeof each === 'boolean' ? each : String(each))),
    );
  }
  return { operands: [...strings(parsed['_']), ...strings(parsed['--'])], options };
}

/** yargs would take `--fix=yes` for false, and the `true` of `--fix true` for a value. */
function refuseFlagValues(argv: readonly string[]): void {
  for (const [index, word] of argv.entries()) {
    if (word === '--') return;
    const spec = OPTIONS.find(({ name }) => word === `--${name}` || word.startsWith(`--${name}=`));
    if (spec?.kind !== 'flag') continue;
    const next = argv[index + 1];
    if (word.includes('=') || next === 'true' || next === 'false')
      throw new UsageError(`--${spec.name} takes no value`);
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function helpText(command: CommandName, columns: number | null): string {
  const width = Math.max(60, Math.min(columns ?? 100, 120));
  const options = optionsOf(command).map((spec) => ({ ...spec, summary: summaryFor(command, spec) }));
  const parser = parserFor([], options.map(withPlaceholder)).wrap(width);
  parser.usage(usageOf(command)).epilogue(command === 'lint' ? epilogue() : '');
  if (command === 'lint') {
    for (const { name, operands, summary } of COMMAND_TABLE.slice(1)) parser.command(`${name} ${operands}`, summary);
  }
  let text = '';
  parser.showHelp((help: string) => {
    text = help;
  });
  return `${text.trimEnd()}\n`;
}

function summaryFor(command: CommandName, spec: OptionSpec): string {
  return spec.name === 'format' && command !== 'lint' ? formatsOf(command).join(', ') : spec.summary;
}

/** `--fail-on SEVERITY`: yargs shows the type of a value, not its name. */
function withPlaceholder(spec: OptionSpec): OptionSpec {
  if (spec.placeholder === undefined) return spec;
  return { ...spec, summary: `${spec.placeholder}  ${spec.summary}` };
}

function usageOf(command: CommandName): string {
  const spec = COMMAND_TABLE.find(({ name }) => name === command);
  const words = command === 'lint' ? '' : `${command} `;
  return `nginx-ws-lint ${words}${spec?.operands ?? ''}\n\n${sentence(spec?.summary ?? '')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function epilogue(): string {
  const width = Math.max(...TASKS.flatMap(({ examples }) => examples.map(({ command }) => command.length)));
  const tasks = TASKS.map(({ title, examples }) => {
    const lines = examples.map(({ command, what }) => `  ${command.padEnd(width)}  ${what}`);
    return [`${title}:`, ...lines].join('\n');
  });
  const exits = ['Exit status:', ...EXIT_STATUSES.map(({ command, what }) => `  ${command}  ${what}`)].join('\n');
  return [...tasks, exits].join('\n\n');
}

/** The script that a shell sources. yargs goes by SHELL, and can only print it. */
export function completionScript(shell: string | null): string {
  const { SHELL } = process.env;
  const write = console.log;
  let text = '';
  try {
    console.log = (line: string) => (text += `${line}\n`);
    if (shell !== null) process.env['SHELL'] = shell;
    parserFor([], []).completion('completion', false).showCompletionScript();
  } finally {
    console.log = write;
    if (SHELL === undefined) delete process.env['SHELL'];
    else process.env['SHELL'] = SHELL;
  }
  return text;
}
