import type { CommandName } from './option-table';

export interface CommandSpec {
  readonly name: CommandName;
  readonly operands: string;
  readonly summary: string;
}

export const COMMAND_TABLE: readonly CommandSpec[] = [
  { name: 'lint', operands: '[paths..]', summary: 'say which WebSocket handshakes fail, or will drop, and why' },
  { name: 'trace', operands: '<url..> [paths..]', summary: 'follow a URL through server and location to the verdict' },
  { name: 'routes', operands: '[paths..]', summary: 'every proxying route and its handshake verdict' },
  { name: 'explain', operands: '<rule>', summary: 'what a rule says, why, and from which source' },
  { name: 'rules', operands: '', summary: 'all rules' },
  { name: 'probe', operands: '<url>', summary: 'a real handshake through every hop' },
  { name: 'logs', operands: '[file|-]', summary: "explain lines of nginx's error and access logs" },
  { name: 'doctor', operands: '<url>', summary: 'configuration, probe and logs in one report' },
  { name: 'ast', operands: '[paths..]', summary: "the syntax tree as crossplane's JSON" },
  {
    name: 'init',
    operands: '[paths..|product]',
    summary: 'write a configuration file; --nginx [product]: print a location to start from',
  },
  { name: 'completion', operands: '[bash|zsh]', summary: 'print a completion script for the shell' },
];

export interface Example {
  readonly command: string;
  readonly what: string;
}

export interface Task {
  readonly title: string;
  readonly examples: readonly Example[];
}

/** What people come for, in --help and docs/cli.md. */
export const TASKS: readonly Task[] = [
  {
    title: 'Find what is wrong',
    examples: [
      { command: 'nginx-ws-lint', what: './nginx.conf, else the nginx installed here' },
      { command: 'nginx-ws-lint /etc/nginx', what: 'a whole tree' },
      { command: 'nginx-ws-lint --map /etc/nginx=deploy/nginx deploy/nginx', what: 'a copy in a repository' },
      { command: 'ssh web1 nginx -T | nginx-ws-lint -', what: 'a machine without this tool' },
      { command: 'nginx-ws-lint trace wss://example.com/ws /etc/nginx', what: 'what becomes of one URL' },
    ],
  },
  {
    title: 'Repair it',
    examples: [
      { command: 'nginx-ws-lint --diff /etc/nginx', what: 'look first' },
      { command: 'nginx-ws-lint --fix --verify /etc/nginx', what: 'write it, if nginx -t takes it' },
      { command: 'nginx-ws-lint --fix --patch fix.patch /etc/nginx', what: 'and be able to undo it' },
    ],
  },
  {
    title: 'In CI and editors',
    examples: [
      { command: 'nginx-ws-lint --format github --format sarif:ws.sarif deploy/nginx', what: 'annotations and SARIF' },
      {
        command: 'nginx-ws-lint --baseline known.json --write-baseline deploy/nginx',
        what: 'accept what is there now',
      },
      { command: 'nginx-ws-lint --stdin-filename conf.d/a.conf --format json -', what: 'a buffer of an editor' },
    ],
  },
  {
    title: 'See it happen',
    examples: [
      {
        command: 'nginx-ws-lint probe wss://example.com/ws --direct ws://127.0.0.1:3000/ws',
        what: 'which hop breaks it',
      },
      { command: 'nginx-ws-lint doctor wss://example.com/ws --conf /etc/nginx', what: 'everything in one report' },
    ],
  },
];

export const EXIT_STATUSES: readonly Example[] = [
  { command: '0', what: 'nothing at or above --fail-on' },
  { command: '1', what: 'findings at or above --fail-on, more warnings than --max-warnings, a non-empty --diff' },
  { command: '2', what: 'wrong usage, unreadable input, or an internal error' },
];
