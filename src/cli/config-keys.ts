import { dirname, resolve } from 'node:path';
import { readConfigFile } from '../fs/config-file';
import type { ConfigFile } from '../fs/config-file';
import { isInside, nameOf } from '../fs/names';
import type { Mapping } from '../fs/options';
import type { Rule, RuleOptions } from '../lint/rule';
import {
  at,
  booleanAt,
  choiceAt,
  countAt,
  knownKeys,
  objectAt,
  oneOfKeys,
  refuse,
  stringAt,
  stringsAt,
  timeAt,
} from './config-values';
import { NO_CONFIG } from './config';
import type { Config, IgnorePattern } from './config';
import type { Spot } from './config-values';
import { contextOf, versionOf } from './stated';
import { UsageError } from './usage-error';

interface Reading {
  readonly rules: readonly Rule[];
  readonly cwd: string;
  /** Files whose `extends` led here. */
  readonly open: readonly string[];
}

type Setter = (config: Config, value: unknown, spot: Spot, file: ConfigFile, reading: Reading) => Config;

const LEVELS = ['off', 'info', 'warning', 'error'] as const;
const SEVERITIES = ['info', 'warning', 'error'] as const;

/** Every key, and how its value comes in. What a file says goes before what it extends says. */
const KEYS: Readonly<Record<string, Setter>> = {
  $schema: (config) => config,
  extends: (config, value, spot, file, reading) => extend(config, stringsAt(value, spot), spot, file, reading),
  paths: (config, value, spot, file) => ({ ...config, paths: placesAt(value, spot, file) }),
  prefix: (config, value, spot, file) => ({ ...config, prefix: placeAt(value, spot, file) }),
  maps: (config, value, spot, file) => ({ ...config, maps: mapsAt(value, spot, file) }),
  allow: (config, value, spot, file) => ({ ...config, allow: placesAt(value, spot, file) }),
  context: (config, value, spot) => ({
    ...config,
    context: stated(spot, () => contextOf(stringsAt(value, spot).join(','))),
  }),
  all: (config, value, spot) => ({ ...config, all: booleanAt(value, spot) }),
  nginxVersion: (config, value, spot) => {
    const text = stringAt(value, spot);
    stated(spot, () => versionOf(text));
    return { ...config, nginxVersion: text };
  },
  rules: (config, value, spot, _file, reading) => withRules(config, value, spot, reading.rules),
  websocket: (config, value, spot) => ({ ...config, websocket: stringsAt(value, spot) }),
  notWebsocket: (config, value, spot) => ({ ...config, notWebsocket: stringsAt(value, spot) }),
  hops: (config, value, spot) => ({ ...config, ruleOptions: { ...config.ruleOptions, hops: hopsAt(value, spot) } }),
  ping: (config, value, spot) => ({ ...config, ruleOptions: { ...config.ruleOptions, ping: timeAt(value, spot) } }),
  ignore: (config, value, spot, file, reading) => {
    return { ...config, ignore: [...config.ignore, ...ignoresAt(value, spot, file, reading.rules)] };
  },
  requireIgnoreReason: (config, value, spot) => ({ ...config, requireIgnoreReason: booleanAt(value, spot) }),
  failOn: (config, value, spot) => ({ ...config, failOn: choiceAt(value, SEVERITIES, spot) }),
  maxWarnings: (config, value, spot) => ({ ...config, maxWarnings: countAt(value, spot) }),
  baseline: (config, value, spot, file) => ({ ...config, baseline: placeAt(value, spot, file) }),
};

export const CONFIG_KEYS: readonly string[] = Object.keys(KEYS);

/** Throws ConfigError and UsageError for what is wrong with it. */
export function configOf(file: ConfigFile, rules: readonly Rule[], cwd: string): Config {
  return read(file, { rules, cwd, open: [] });
}

function read(file: ConfigFile, reading: Reading): Config {
  const name = nameOf(file.file, reading.cwd);
  const spot: Spot = { file: name, path: '' };
  const data = objectAt(file.data ?? {}, spot);
  knownKeys(data, CONFIG_KEYS, spot);
  let config = NO_CONFIG;
  for (const [key, setter] of Object.entries(KEYS)) {
    if (data[key] !== undefined && data[key] !== null) config = setter(config, data[key], at(spot, key), file, reading);
  }
  return { ...config, files: [...config.files, name] };
}

/** Comes first, so that what the file itself says replaces what it extends; rules are replaced one by one. */
function extend(config: Config, names: readonly string[], spot: Spot, file: ConfigFile, reading: Reading): Config {
  const open = [...reading.open, file.file];
  let extended = config;
  for (const name of names) {
    const target = inBoundary(name, spot, file);
    if (open.includes(target)) refuse(spot, `${name} leads back to this file`);
    extended = over(extended, read(readConfigFile(target, file.boundary), { ...reading, open }));
  }
  return extended;
}

/** Of several that are extended, the later one counts. */
function over(first: Config, second: Config): Config {
  const set = Object.entries(second).filter(([key, value]) => value !== NO_CONFIG[key as keyof Config]);
  return {
    ...first,
    ...(Object.fromEntries(set) as Partial<Config>),
    files: [...first.files, ...second.files],
    severities: new Map([...first.severities, ...second.severities]),
    ignore: [...first.ignore, ...second.ignore],
    ruleOptions: {
      hops: second.ruleOptions.hops.length > 0 ? second.ruleOptions.hops : first.ruleOptions.hops,
      ping: second.ruleOptions.ping ?? first.ruleOptions.ping,
      rules: new Map([...first.ruleOptions.rules, ...second.ruleOptions.rules]),
    },
  };
}

/** What the command line would refuse, said of the file. */
function stated<Value>(spot: Spot, check: () => Value): Value {
  try {
    return check();
  } catch (error) {
    if (error instanceof UsageError) return refuse(spot, error.message.replace(/^--[\w-]+:? /, ''));
    throw error;
  }
}

/** A place that the file may name: below its own directory's boundary. Others are for the command line. */
function inBoundary(name: string, spot: Spot, file: ConfigFile): string {
  const place = resolve(dirname(file.file), name);
  if (isInside(place, file.boundary)) return place;
  return refuse(
    spot,
    `${JSON.stringify(name)} lies outside ${file.boundary}; the command line may name it, a file may not`,
  );
}

function placeAt(value: unknown, spot: Spot, file: ConfigFile): string {
  return inBoundary(stringAt(value, spot), spot, file);
}

function placesAt(value: unknown, spot: Spot, file: ConfigFile): readonly string[] {
  return stringsAt(value, spot).map((name) => inBoundary(name, spot, file));
}

function mapsAt(value: unknown, spot: Spot, file: ConfigFile): readonly Mapping[] {
  return Object.entries(objectAt(value, spot)).map(([from, to]) => ({ from, to: placeAt(to, at(spot, from), file) }));
}

function hopsAt(value: unknown, spot: Spot): RuleOptions['hops'] {
  if (!Array.isArray(value)) refuse(spot, 'a list of { "name": ..., "idle": ... }');
  return (value as unknown[]).map((each, index) => {
    const here = at(spot, index);
    const hop = objectAt(each, here);
    knownKeys(hop, ['name', 'idle'], here);
    return { name: stringAt(hop['name'], at(here, 'name')), idle: timeAt(hop['idle'], at(here, 'idle')) };
  });
}

function withRules(config: Config, value: unknown, spot: Spot, rules: readonly Rule[]): Config {
  const severities = new Map(config.severities);
  const options = new Map(config.ruleOptions.rules);
  const ids = rules.map(({ id }) => id);
  for (const [id, setting] of Object.entries(objectAt(value, spot))) {
    oneOfKeys(id, ids, spot, 'unknown rule');
    const here = at(spot, id);
    const [level, more, ...rest] = Array.isArray(setting) ? (setting as unknown[]) : [setting];
    if (rest.length > 0) refuse(here, 'a severity, or [severity, options]');
    severities.set(id, choiceAt(level, LEVELS, here));
    if (more !== undefined)
      options.set(
        id,
        ruleOptions(
          rules.find((rule) => rule.id === id),
          more,
          at(here, 1),
        ),
      );
  }
  return { ...config, severities, ruleOptions: { ...config.ruleOptions, rules: options } };
}

/** Checked against what the rule declares; times in milliseconds. */
function ruleOptions(rule: Rule | undefined, value: unknown, spot: Spot): Readonly<Record<string, unknown>> {
  const declared = rule?.options ?? {};
  const given = objectAt(value, spot);
  const names = Object.keys(declared);
  if (names.length === 0 && Object.keys(given).length > 0) refuse(spot, `${rule?.id ?? 'this rule'} takes no options`);
  knownKeys(given, names, spot);
  const read = Object.entries(given).map(([name, each]) => [
    name,
    optionAt(declared[name]?.kind, each, at(spot, name)),
  ]);
  return Object.fromEntries(read) as Readonly<Record<string, unknown>>;
}

function optionAt(kind: 'time' | 'count' | 'flag' | undefined, value: unknown, spot: Spot): unknown {
  if (kind === 'time') return timeAt(value, spot);
  return kind === 'count' ? countAt(value, spot) : booleanAt(value, spot);
}

function ignoresAt(value: unknown, spot: Spot, file: ConfigFile, rules: readonly Rule[]): readonly IgnorePattern[] {
  if (!Array.isArray(value)) refuse(spot, 'a list of { "files": [...], "rules": [...] }');
  const known = [...rules.map(({ id }) => id), '*'];
  return (value as unknown[]).map((each, index) => {
    const here = at(spot, index);
    const pattern = objectAt(each, here);
    knownKeys(pattern, ['files', 'rules', 'reason'], here);
    const ids = pattern['rules'] === undefined ? ['*'] : stringsAt(pattern['rules'], at(here, 'rules'));
    for (const id of ids) oneOfKeys(id, known, at(here, 'rules'), 'unknown rule');
    const reason = pattern['reason'] === undefined ? null : stringAt(pattern['reason'], at(here, 'reason'));
    const files = stringsAt(pattern['files'], at(here, 'files'));
    return { files, rules: ids, reason, directory: dirname(file.file) };
  });
}
