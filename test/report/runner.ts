/** A command as GitHub's runner reads it from a step's output. */
export interface Annotation {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const COMMANDS = [
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'endgroup',
  'add-mask',
  'set-output',
  'stop-commands',
];

/** Line by line, as actions/runner does (ActionCommand.cs): `::` after blanks, or the older `##[` anywhere. */
export function annotationsIn(output: string): readonly Annotation[] {
  return output
    .split(/\r\n|\r|\n/)
    .map((line) => current(line) ?? old(line))
    .filter((command) => command !== null)
    .filter(({ command }) => command !== 'group' && command !== 'endgroup');
}

function current(line: string): Annotation | null {
  const text = line.trim();
  if (!text.startsWith('::')) return null;
  const end = text.indexOf('::', 2);
  if (end < 0) return null;
  const [command = '', ...rest] = text.slice(2, end).split(' ');
  if (!COMMANDS.includes(command)) return null;
  const pairs = rest
    .join(' ')
    .split(',')
    .filter((pair) => pair !== '');
  const properties = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=').replaceAll('%2C', ',').replaceAll('%3A', ':')] as const;
  });
  return {
    command,
    properties: Object.fromEntries(properties.map(([name, value]) => [name, data(value)])),
    message: data(text.slice(end + 2)),
  };
}

function data(text: string): string {
  return text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
}

function old(line: string): Annotation | null {
  const match = /##\[([^\] ]+)[^\]]*\](.*)/.exec(line);
  const command = match?.[1] ?? '';
  return COMMANDS.includes(command) ? { command, properties: {}, message: match?.[2] ?? '' } : null;
}
