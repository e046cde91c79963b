import { COMMAND_TABLE, EXIT_STATUSES, TASKS } from './command-table';
import { COMMANDS, GROUPS, OPTIONS } from './option-table';
import type { OptionSpec } from './option-table';

/** docs/cli.md: made from the same tables as --help. */
export function cliReference(): string {
  return [
    '# Command line',
    'Made from the tables that `--help` is made from (`src/cli/option-table.ts`, `src/cli/command-table.ts`).',
    '## Commands',
    table(
      ['command', 'what it does'],
      COMMAND_TABLE.map(({ name, operands, summary }) => [
        `\`nginx-ws-lint ${[...(name === 'lint' ? [] : [name]), operands].join(' ').trim()}\``,
        summary,
      ]),
    ),
    'A path is a directory, a main file, or fragments; `-` is standard input: one file, or the output of `nginx -T`.',
    ...TASKS.flatMap(({ title, examples }) => [`## ${title}`, fenced(examples.map(withComment).join('\n'))]),
    '## Options',
    'Values may follow `=` or come as the next word. Of an option that is given twice the last one counts, unless it is repeatable. What follows `--` is a path.',
    ...GROUPS.flatMap((group) => [
      `### ${group}`,
      table(
        ['option', 'meaning', 'for'],
        OPTIONS.filter((spec) => spec.group === group).map((spec) => [
          optionText(spec),
          spec.summary,
          commandsText(spec),
        ]),
      ),
    ]),
    '## Cache',
    'What node compiled of this program is kept in `$XDG_CACHE_HOME/nginx-ws-lint`, else `~/.cache/nginx-ws-lint` (macOS: `~/Library/Caches/nginx-ws-lint`), about two megabytes a version: the next run on a small file takes little more than half the time. It is used only where no other user can write. `NGINX_WS_LINT_CACHE=off` does without. Nothing else is ever written unless an option asks for it.',
    '## Exit status',
    table(
      ['status', 'when'],
      EXIT_STATUSES.map(({ command, what }) => [command, what]),
    ),
    '`trace`: 1 when a URL fails. `routes`, `rules`, `explain`: 0. `ast`: 1 on a syntax error. A finding that rests on blocks which were not given counts by its lowered severity; what is unknown never counts.',
    '',
  ].join('\n\n');
}

function withComment({ command, what }: { readonly command: string; readonly what: string }): string {
  return `${command}    # ${what}`;
}

function optionText({ name, short, placeholder, negatable, kind }: OptionSpec): string {
  const value = placeholder === undefined ? '' : ` ${placeholder}`;
  const words = [`\`--${name}${value}\``];
  if (short !== undefined) words.unshift(`\`-${short}\``);
  if (negatable === true) words.push(`\`--no-${name}\``);
  return words.join(', ') + (kind === 'list' ? ' (repeatable)' : '');
}

function commandsText({ commands }: OptionSpec): string {
  const others = COMMANDS.filter((name) => !commands.includes(name));
  if (others.length > 2) return commands.join(', ');
  return others.length === 0 ? 'all' : `all but ${others.join(' and ')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function fenced(text: string): string {
  return `\`\`\`sh\n${text}\n\`\`\``;
}
