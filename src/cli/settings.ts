import type { LoadOptions } from '../fs/options';
import type { LintOptions } from '../lint/linter';
import type { Rule, Severity } from '../lint/rule';
import type { NginxVersion } from '../model/version';
import type { Config } from './config';
import type { Invocation } from './invocation';
import { oneOf } from './invocation';
import type { Io } from './io';
import { contextOf, mapping, versionOf } from './stated';
import { quoted, UsageError } from './usage-error';

/** The command line over the configuration file: what a run goes by. */
export interface Settings {
  readonly config: Config;
  readonly paths: readonly string[];
  readonly load: LoadOptions;
  /** `auto`: of the nginx installed here, which is the default on a live tree. */
  readonly version: NginxVersion | 'auto' | null;
  readonly lint: Omit<LintOptions, 'version'>;
  readonly failOn: Severity;
  readonly maxWarnings: number | null;
}

export function settingsOf(call: Invocation, config: Config, rules: readonly Rule[], io: Io): Settings {
  const operands = call.operands.length > 0 || config.paths.length === 0 ? call.operands : config.paths;
  return {
    config,
    paths: operands,
    load: loadOptions(call, config, operands, io),
    version: versionOf(call.value('nginx-version') ?? config.nginxVersion),
    lint: lintOptions(call, config, rules),
    failOn: (call.value('fail-on') as Severity | null) ?? config.failOn ?? 'error',
    maxWarnings: call.number('max-warnings') ?? config.maxWarnings,
  };
}

function loadOptions(call: Invocation, config: Config, paths: readonly string[], io: Io): LoadOptions {
  const stdinFilename = call.value('stdin-filename');
  if (stdinFilename !== null && !paths.includes('-')) {
    throw new UsageError("--stdin-filename goes with '-', which stands for standard input");
  }
  return {
    cwd: io.cwd,
    prefix: call.value('prefix') ?? config.prefix,
    maps: [...call.list('map').map(mapping), ...config.maps],
    allow: [...call.list('allow'), ...config.allow],
    context: contextOf(call.value('context')) ?? config.context,
    stdin: paths.includes('-') ? Buffer.from(io.stdin()) : null,
    stdinFilename,
    all: call.flag('all') || config.all,
    discover: call.flag('find-root'),
  };
}

function lintOptions(call: Invocation, config: Config, rules: readonly Rule[]): Omit<LintOptions, 'version'> {
  const ids = rules.map(({ id }) => id);
  const only = call.list('only');
  for (const id of only) oneOf('--only', id, ids);
  return {
    only: call.given('only') ? new Set(only) : null,
    severities: new Map([...config.severities, ...call.list('rule').map((text) => severity(text, ids))]),
    patterns: {
      websocket: [...call.list('websocket'), ...config.websocket],
      notWebsocket: [...call.list('not-websocket'), ...config.notWebsocket],
    },
    ruleOptions: config.ruleOptions,
  };
}

const LEVELS = ['off', 'info', 'warning', 'error'] as const;

function severity(text: string, ids: readonly string[]): readonly [string, Severity | 'off'] {
  const [id = '', level, ...rest] = text.split('=');
  if (level === undefined || rest.length > 0) {
    throw new UsageError(`--rule takes RULE=off|info|warning|error, not ${quoted(text)}`);
  }
  oneOf('--rule', id, ids);
  oneOf(`--rule ${id}`, level, LEVELS);
  return [id, level as Severity | 'off'];
}
