import { ConfigError, findConfigFile, readNamedConfig } from '../fs/config-file';
import type { ConfigFile } from '../fs/config-file';
import type { Rule } from '../lint/rule';
import { NO_CONFIG } from './config';
import type { Config } from './config';
import type { Invocation } from './invocation';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** The configuration that holds for these paths. Throws UsageError for what is wrong with it. */
export function readConfig(call: Invocation, io: Io, rules: readonly Rule[]): Config {
  try {
    const file = call.negated('config') ? null : fileFor(call, io);
    if (file === null) return NO_CONFIG;
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- most runs find none
    const { configOf } = require('./config-keys') as typeof import('./config-keys');
    return configOf(file, rules, io.cwd);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function fileFor(call: Invocation, io: Io): ConfigFile | null {
  const named = call.value('config');
  if (named !== null) return readNamedConfig(io.cwd, named);
  const place = call.value('stdin-filename');
  const paths = call.operands.filter((word) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(word));
  return findConfigFile(io.cwd, place === null ? paths : [place, ...paths]);
}
