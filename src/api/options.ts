import { NO_RULE_OPTIONS } from '../lint/linter';
import type { LintOptions as EngineOptions } from '../lint/linter';
import { nearest } from '../model/distance';
import type { Severity } from '../lint/rule';
import { OLDEST, formatVersion, parseVersion } from '../model/version';
import type { NginxVersion } from '../model/version';
import { rules } from '../../rules';
import type { LintOptions, Time } from './types';

const LEVELS: readonly string[] = ['off', 'info', 'warning', 'error'];

/** What the engine takes. Throws RangeError, one line, for a rule, severity, version or time that is none. */
export function engineOptions(options: LintOptions): EngineOptions {
  const stated = Object.entries(options.rules ?? {});
  for (const id of [...(options.only ?? []), ...stated.map(([name]) => name)]) checkRule(id);
  const levels = stated.map(([id, level]): [string, string] => [id, typeof level === 'string' ? level : level[0]]);
  for (const [id, level] of levels) {
    if (!LEVELS.includes(level)) throw new RangeError(`rules: ${id}: ${JSON.stringify(level)} is no severity`);
  }
  return {
    version: versionOf(options.nginxVersion),
    only: options.only === undefined ? null : new Set(options.only),
    severities: new Map(levels as [string, Severity | 'off'][]),
    patterns: { websocket: options.websocket ?? [], notWebsocket: options.notWebsocket ?? [] },
    ruleOptions: {
      ...NO_RULE_OPTIONS,
      hops: (options.hops ?? []).map(({ name, idle }) => ({ name, idle: milliseconds(`hops: ${name}`, idle) })),
      ping: options.ping === undefined ? null : milliseconds('ping', options.ping),
      rules: new Map(stated.flatMap(([id, level]) => (typeof level === 'string' ? [] : [[id, level[1]] as const]))),
    },
  };
}

function checkRule(id: string): void {
  const ids = rules.map((rule) => rule.id);
  if (ids.includes(id)) return;
  const near = nearest(id, ids, 3);
  throw new RangeError(`unknown rule ${JSON.stringify(id)}${near === null ? '' : `; did you mean ${near}?`}`);
}

function versionOf(text: string | undefined): NginxVersion | null {
  if (text === undefined) return null;
  const version = parseVersion(text);
  if (version !== null && version >= OLDEST) return version;
  throw new RangeError(`nginxVersion: ${JSON.stringify(text)} is no version from ${formatVersion(OLDEST)} on`);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(what: string, time: Time): number {
  const parts = typeof time === 'number' ? [`${Math.round(time * 1000)}ms`] : time.trim().split(/\s+/);
  const matches = parts.map((part) => /^(\d{1,12})(ms|s|m|h|d)?$/.exec(part));
  const total = matches.reduce((sum, match) => sum + Number(match?.[1]) * (UNITS[match?.[2] ?? 's'] ?? NaN), 0);
  if (total > 0) return total;
  throw new RangeError(`${what}: ${JSON.stringify(time)} is no time such as 60, "60s" or "5m"`);
}
