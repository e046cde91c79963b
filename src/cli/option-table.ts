/** The commands; `lint` is the one that runs when none is named. */
export const COMMANDS = [
  'lint',
  'trace',
  'routes',
  'explain',
  'rules',
  'probe',
  'logs',
  'doctor',
  'ast',
  'init',
  'completion',
] as const;

export type CommandName = (typeof COMMANDS)[number];

/** flag: no value; value: the last one given counts; list: repeatable, every one counts. */
export type OptionKind = 'flag' | 'value' | 'list';

export interface OptionSpec {
  readonly name: string;
  readonly kind: OptionKind;
  /** Heading in --help. */
  readonly group: Group;
  readonly summary: string;
  /** What stands for the value in --help. */
  readonly placeholder?: string;
  readonly short?: string;
  /** `--no-name` is an option too. */
  readonly negatable?: boolean;
  /** Several values may be given in one word, separated by commas. */
  readonly commas?: boolean;
  readonly choices?: readonly string[];
  readonly type?: 'count' | 'seconds';
  readonly commands: readonly CommandName[];
}

export const GROUPS = [
  'What to read',
  'What to check',
  'Fixing',
  'Report',
  'Exit status',
  'Baseline and configuration file',
  'Probing',
  'Other',
] as const;

export type Group = (typeof GROUPS)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;

export const FORMATS = [
  'pretty',
  'compact',
  'json',
  'github',
  'sarif',
  'junit',
  'checkstyle',
  'gitlab',
  'html',
  'markdown',
] as const;

export type FormatName = (typeof FORMATS)[number];

const LINT: readonly CommandName[] = ['lint'];
/** Commands that read a configuration and judge it. */
const JUDGING: readonly CommandName[] = ['lint', 'trace', 'routes'];
/** Commands that read a configuration. */
const READING: readonly CommandName[] = ['lint', 'trace', 'routes', 'ast', 'probe', 'logs', 'doctor', 'init'];
const PROBING: readonly CommandName[] = ['probe', 'doctor'];
const WITH_CONF: readonly CommandName[] = ['probe', 'logs', 'doctor'];
const REPORTING: readonly CommandName[] = COMMANDS.filter((name) => name !== 'completion' && name !== 'init');

/** Every option. The reader of plain flags, yargs, --help, completion and docs/cli.md are made from this table. */
export const OPTIONS: readonly OptionSpec[] = [
  option('prefix', 'value', 'What to read', 'directory that relative includes start from (default: of the main file)', {
    placeholder: 'DIR',
    commands: READING,
  }),
  option('map', 'list', 'What to read', 'read FROM, as the configuration names it, at TO: /etc/nginx=./deploy/nginx', {
    placeholder: 'FROM=TO',
    commands: READING,
  }),
  option('allow', 'list', 'What to read', 'a further place that includes may be read from', {
    placeholder: 'PATH',
    commands: READING,
  }),
  option('context', 'value', 'What to read', 'what encloses a fragment, and that it sets nothing: http,server', {
    placeholder: 'BLOCKS',
    commands: [...JUDGING, 'ast'],
  }),
  option('stdin-filename', 'value', 'What to read', "the place in the tree of the text on standard input ('-')", {
    placeholder: 'FILE',
    commands: [...JUDGING, 'ast'],
  }),
  option(
    'find-root',
    'flag',
    'What to read',
    'judge the tree whose nginx.conf includes the paths, report on them alone',
    {
      commands: LINT,
    },
  ),
  option('all', 'flag', 'What to read', 'also lint the files below the root that nginx does not read', {
    commands: LINT,
  }),
  option('nginx-version', 'value', 'What to read', 'judge for this version; auto: of the nginx installed here', {
    placeholder: 'X.Y.Z|auto',
    commands: [...JUDGING, ...WITH_CONF],
  }),
  option('only', 'list', 'What to check', 'check, and fix, these rules alone', {
    placeholder: 'RULE,..',
    commas: true,
    commands: LINT,
  }),
  option('rule', 'list', 'What to check', 'set a severity: off, info, warning, error', {
    placeholder: 'RULE=SEVERITY',
    commands: LINT,
  }),
  option('websocket', 'list', 'What to check', "locations that serve WebSocket: a glob, '*' crosses '/'", {
    placeholder: 'PATTERN',
    commands: JUDGING,
  }),
  option('not-websocket', 'list', 'What to check', 'locations that do not; wins over --websocket', {
    placeholder: 'PATTERN',
    commands: JUDGING,
  }),
  option('fix', 'flag', 'Fixing', 'write the safe fixes into the files', { commands: LINT }),
  option('diff', 'flag', 'Fixing', 'print the fixes as a unified diff, write nothing', { commands: LINT }),
  option('patch', 'value', 'Fixing', 'the same diff into FILE', { placeholder: 'FILE', commands: LINT }),
  option('unsafe-fixes', 'flag', 'Fixing', 'include fixes that may change plain requests, or rest on an assumption', {
    commands: LINT,
  }),
  option('verify', 'flag', 'Fixing', 'run nginx -t on a private copy of the fixed tree before anything is written', {
    commands: LINT,
  }),
  option('format', 'list', 'Report', `${FORMATS.join(', ')}; NAME:FILE writes it into FILE`, {
    placeholder: 'NAME[:FILE]',
    commands: REPORTING,
  }),
  option('output', 'value', 'Report', 'write the report into FILE', {
    placeholder: 'FILE',
    commands: [...REPORTING, 'init'],
  }),
  option('quiet', 'flag', 'Report', 'show errors only; the exit status stays what it is', { commands: LINT }),
  option('show-secrets', 'flag', 'Report', 'print the values of Authorization, cookies, keys and tokens', {
    commands: [...JUDGING, ...WITH_CONF],
  }),
  option('color', 'flag', 'Report', 'colours (default: on a terminal; NO_COLOR, FORCE_COLOR)', {
    negatable: true,
    commands: REPORTING,
  }),
  option('fail-on', 'value', 'Exit status', 'the least severity that makes it 1 (default: error)', {
    placeholder: 'SEVERITY',
    choices: SEVERITIES,
    commands: LINT,
  }),
  option('max-warnings', 'value', 'Exit status', '1 when there are more warnings than N', {
    placeholder: 'N',
    type: 'count',
    commands: LINT,
  }),
  option('exit-zero', 'flag', 'Exit status', '0 where it would be 1', { commands: LINT }),
  option('config', 'value', 'Baseline and configuration file', 'configuration file; --no-config: none', {
    placeholder: 'FILE',
    negatable: true,
    commands: READING,
  }),
  option('print-config', 'flag', 'Baseline and configuration file', 'print the settings in force as JSON, and stop', {
    commands: JUDGING,
  }),
  option('baseline', 'value', 'Baseline and configuration file', 'ignore the findings that FILE lists', {
    placeholder: 'FILE',
    commands: LINT,
  }),
  option('write-baseline', 'flag', 'Baseline and configuration file', 'list the findings of now in the baseline file', {
    commands: LINT,
  }),
  option('prune-baseline', 'flag', 'Baseline and configuration file', 'drop its entries that match nothing any more', {
    commands: LINT,
  }),
  option('conf', 'value', 'Probing', 'the configuration to compare with: a directory or main file', {
    placeholder: 'PATH',
    commands: WITH_CONF,
  }),
  option('direct', 'value', 'Probing', 'URL of the backend itself, without nginx', {
    placeholder: 'URL',
    commands: PROBING,
  }),
  option('via', 'list', 'Probing', 'a hop between the first URL and the backend', {
    placeholder: 'NAME=URL',
    commands: PROBING,
  }),
  option('header', 'list', 'Probing', 'a header line to send', { placeholder: "'NAME: VALUE'", commands: PROBING }),
  option('origin', 'value', 'Probing', "the Origin to send (default: the URL's own)", {
    placeholder: 'ORIGIN',
    commands: PROBING,
  }),
  option('subprotocol', 'list', 'Probing', 'a Sec-WebSocket-Protocol to offer', {
    placeholder: 'NAME',
    commands: PROBING,
  }),
  option('send', 'value', 'Probing', 'a text message to send once the connection is open', {
    placeholder: 'TEXT',
    commands: PROBING,
  }),
  option('hold', 'value', 'Probing', 'stay connected, and silent, for so many seconds', {
    placeholder: 'SECONDS',
    type: 'seconds',
    commands: PROBING,
  }),
  option('ping', 'value', 'Probing', 'send a ping every so many seconds while it holds', {
    placeholder: 'SECONDS',
    type: 'seconds',
    commands: PROBING,
  }),
  option('timeout', 'value', 'Probing', 'seconds for each of DNS, TCP, TLS and the answer (default: 10)', {
    placeholder: 'SECONDS',
    type: 'seconds',
    commands: PROBING,
  }),
  option('insecure', 'flag', 'Probing', 'accept any certificate', { commands: PROBING }),
  option('log', 'list', 'Probing', 'a log file to explain in the report', {
    placeholder: 'FILE',
    commands: ['doctor'],
  }),
  option('nginx', 'flag', 'Other', 'print an nginx location and map to start from, for a product if one is named', {
    commands: ['init'],
  }),
  option('help', 'flag', 'Other', 'show this', { short: 'h', commands: COMMANDS }),
  option('version', 'flag', 'Other', 'show the version', { commands: COMMANDS }),
];

function option(
  name: string,
  kind: OptionKind,
  group: Group,
  summary: string,
  rest: Omit<OptionSpec, 'name' | 'kind' | 'group' | 'summary'>,
): OptionSpec {
  return { name, kind, group, summary, ...rest };
}

export function optionNamed(name: string): OptionSpec | undefined {
  return OPTIONS.find((spec) => spec.name === name);
}

export function optionsOf(command: CommandName): readonly OptionSpec[] {
  return OPTIONS.filter((spec) => spec.commands.includes(command));
}

/** What --format may name, by command. The first is the default. */
export function formatsOf(command: CommandName): readonly string[] {
  if (command === 'lint') return FORMATS;
  if (command === 'ast') return ['json'];
  if (command === 'doctor') return ['text', 'markdown', 'html', 'json'];
  return ['pretty', 'json'];
}
