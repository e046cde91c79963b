import { COMMAND_TABLE, EXIT_STATUSES, TASKS } from './command-table';
import { COMMANDS, GROUPS, OPTIONS } from './option-table';
import type { OptionSpec } from './option-table';
import { VERSION } from './version';

/** docs/nginx-ws-lint.1: made from the same tables as --help, in man(7)'s macros. */
export function manPage(): string {
  return [
    `.TH NGINX\\-WS\\-LINT 1 "" "nginx\\-ws\\-lint ${VERSION}"`,
    '.SH NAME',
    'nginx\\-ws\\-lint \\- say which WebSocket handshakes through nginx fail, or will drop, and repair them',
    '.SH SYNOPSIS',
    '.nf',
    ...COMMAND_TABLE.map(({ name, operands }) => {
      const words = ['nginx-ws-lint', ...(name === 'lint' ? ['[options]'] : [name]), operands];
      return escaped(words.join(' ').trim());
    }),
    '.fi',
    '.SH DESCRIPTION',
    escaped(
      'Reads a whole nginx configuration, works out what nginx does with a WebSocket handshake on every route that proxies, ' +
        'and says what fails or will drop, at the line that causes it.',
    ),
    '.PP',
    escaped(
      'A path is a directory, a main file, or fragments; - is standard input: one file, or the output of nginx -T. ' +
        'Without a path it is ./nginx.conf, else the nginx that is installed.',
    ),
    '.SH COMMANDS',
    ...COMMAND_TABLE.flatMap(({ name, operands, summary }) => {
      return tagged(`\\fB${escaped(name)}\\fR ${escaped(operands)}`.trim(), sentence(summary));
    }),
    '.SH OPTIONS',
    ...GROUPS.flatMap((group) => [
      `.SS ${escaped(group)}`,
      ...OPTIONS.filter((spec) => spec.group === group).flatMap((spec) => tagged(head(spec), meaning(spec))),
    ]),
    '.SH EXIT STATUS',
    ...EXIT_STATUSES.flatMap(({ command, what }) => tagged(`\\fB${command}\\fR`, sentence(what))),
    '.SH EXAMPLES',
    ...TASKS.flatMap(({ title, examples }) => [
      `.SS ${escaped(title)}`,
      ...examples.flatMap(({ command, what }) => tagged(`\\fB${escaped(command)}\\fR`, sentence(what))),
    ]),
    '.SH SEE ALSO',
    '.BR nginx (8)',
    '',
  ].join('\n');
}

function tagged(tag: string, text: string): readonly string[] {
  return ['.TP', tag, escaped(text)];
}

function head({ name, short, placeholder, negatable }: OptionSpec): string {
  const value = placeholder === undefined ? '' : ` \\fI${escaped(placeholder)}\\fR`;
  const words = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map((word) => `\\fB${escaped(word)}\\fR`);
  const negated = negatable === true ? [`\\fB${escaped(`--no-${name}`)}\\fR`] : [];
  return [words.join(', ') + value, ...negated].join(', ');
}

function meaning({ summary, kind, commands }: OptionSpec): string {
  const repeatable = kind === 'list' ? ' Repeatable.' : '';
  const all = commands.length >= COMMANDS.length - 1;
  const only = all || commands.includes('lint') ? '' : ` For ${commands.join(', ')}.`;
  return sentence(summary) + repeatable + only;
}

function sentence(text: string): string {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** A hyphen that is to be typed, a backslash, and a line that would read as a request. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}
