/** What a workflow says under `with:`. The runner hands it over in the environment: it is never part of a command line. */
export interface Inputs {
  readonly paths: readonly string[];
  readonly nginxVersion: string;
  readonly config: string;
  readonly failOn: string;
  readonly format: string;
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  readonly patch: string;
  readonly sarifFile: string;
  readonly summary: boolean;
  readonly workingDirectory: string;
  /** Further arguments of the command line. */
  readonly args: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** An input is not what it may be: one line for the user. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Names and defaults are those of action.yml. */
export function readInputs(env: Environment): Inputs {
  const text = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const lines = (name: string): readonly string[] =>
    text(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return {
    paths: lines('paths'),
    nginxVersion: text('nginx-version'),
    config: text('config'),
    failOn: oneOf('fail-on', text('fail-on'), ['', 'error', 'warning', 'info', 'never']),
    format: text('format') || 'github',
    fix: flag('fix', text('fix')),
    unsafeFixes: flag('unsafe-fixes', text('unsafe-fixes')),
    patch: text('patch'),
    sarifFile: text('sarif-file'),
    summary: flag('summary', text('summary') || 'true'),
    workingDirectory: text('working-directory') || '.',
    args: lines('args').map(oneArgument),
  };
}

function oneOf(name: string, text: string, values: readonly string[]): string {
  if (values.includes(text)) return text;
  throw new InputError(`${name}: ${values.filter((each) => each !== '').join(', ')}, not ${JSON.stringify(text)}`);
}

/** The value of an option may hold spaces; the option itself does not. */
function oneArgument(line: string): string {
  const [, option, value] = /^(--?[\w-]+)\s+(.*)$/.exec(line) ?? [];
  if (option === undefined) return line;
  throw new InputError(`args: one argument a line: write ${option}=${value}, not ${JSON.stringify(line)}`);
}

/** As YAML's core schema spells it. */
function flag(name: string, text: string): boolean {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (text === '' || /^(?:false|False|FALSE)$/.test(text)) return false;
  throw new InputError(`${name}: true or false, not ${JSON.stringify(text)}`);
}

/** Files that the reports for the action itself go into. */
export interface Places {
  readonly json: string;
  readonly summary: string;
}

/** The command line that does it: a list of words, which no shell reads. */
export function argumentsFor(inputs: Inputs, paths: readonly string[], places: Places): readonly string[] {
  const { nginxVersion, failOn, fix, unsafeFixes, patch, sarifFile } = inputs;
  return [
    'lint',
    ...configArguments(inputs),
    ...(nginxVersion === '' ? [] : [`--nginx-version=${nginxVersion}`]),
    ...(failOn === 'never' ? ['--exit-zero'] : failOn === '' ? [] : [`--fail-on=${failOn}`]),
    ...(fix ? ['--fix'] : []),
    ...(unsafeFixes ? ['--unsafe-fixes'] : []),
    ...(patch === '' ? [] : [`--patch=${patch}`]),
    `--format=${inputs.format}`,
    `--format=json:${places.json}`,
    ...(inputs.summary ? [`--format=markdown:${places.summary}`] : []),
    ...(sarifFile === '' ? [] : [`--format=sarif:${sarifFile}`]),
    ...inputs.args,
    '--',
    ...paths,
  ];
}

export function configArguments({ config }: Inputs): readonly string[] {
  return config === '' ? [] : [`--config=${config}`];
}
