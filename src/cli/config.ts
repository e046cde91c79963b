import type { Mapping } from '../fs/options';
import type { RuleOptions, Severity } from '../lint/rule';

/** Findings of these rules in these files are ignored. */
export interface IgnorePattern {
  /** Globs over paths relative to `directory`: `*` and `?` stay in a name, `**` crosses `/`. */
  readonly files: readonly string[];
  /** Rule ids; `*`: all. */
  readonly rules: readonly string[];
  readonly reason: string | null;
  /** Absolute: where the configuration file lies. */
  readonly directory: string;
}

/** What configuration files set. Paths are absolute. */
export interface Config {
  /** The files it was read from, the one that is extended first. */
  readonly files: readonly string[];
  readonly paths: readonly string[];
  readonly prefix: string | null;
  readonly maps: readonly Mapping[];
  readonly allow: readonly string[];
  readonly context: readonly string[] | null;
  readonly all: boolean;
  /** `1.28.0` or `auto`. */
  readonly nginxVersion: string | null;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly ruleOptions: RuleOptions;
  readonly websocket: readonly string[];
  readonly notWebsocket: readonly string[];
  readonly ignore: readonly IgnorePattern[];
  readonly requireIgnoreReason: boolean;
  readonly failOn: Severity | null;
  readonly maxWarnings: number | null;
  readonly baseline: string | null;
}

export const NO_CONFIG: Config = {
  files: [],
  paths: [],
  prefix: null,
  maps: [],
  allow: [],
  context: null,
  all: false,
  nginxVersion: null,
  severities: new Map(),
  ruleOptions: { hops: [], ping: null, rules: new Map() },
  websocket: [],
  notWebsocket: [],
  ignore: [],
  requireIgnoreReason: false,
  failOn: null,
  maxWarnings: null,
  baseline: null,
};
