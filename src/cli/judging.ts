import type { NginxVersion } from '../model/version';
import { NEWEST, OLDEST, formatVersion } from '../model/version';
import type { Workspace } from '../model/workspace';
import type { Io } from './io';
import type { Settings } from './settings';
import { UsageError } from './usage-error';

export interface CheckedVersion {
  readonly version: NginxVersion | null;
  readonly notes: readonly string[];
}

type Tree = Pick<Workspace, 'live' | 'prefix'>;

/** The version to judge a tree for: the one stated, or on a live tree the one installed; else null, every one. */
export function checkedVersion({ version, config }: Settings, { live, prefix }: Tree): CheckedVersion {
  if (version === null && !live) return { version: null, notes: [] };
  if (typeof version === 'number') return { version, notes: newer(version) };
  const installed = installedIn(prefix);
  if (installed !== null && installed >= OLDEST) return { version: installed, notes: newer(installed) };
  if (version === null) return { version: null, notes: [] };
  const reason = installed === null ? 'no nginx that tells its version is installed here' : 'the nginx here is too old';
  if (config.nginxVersion !== 'auto') throw new UsageError(`--nginx-version auto: ${reason}`);
  return { version: null, notes: [`nginxVersion auto: ${reason}; judged for every known version`] };
}

/** Asking costs a process: only where it decides something. */
function installedIn(prefix: string): NginxVersion | null {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('../fs/nginx') as typeof import('../fs/nginx')).installedVersion(prefix);
}

function newer(version: NginxVersion): readonly string[] {
  if (version <= NEWEST) return [];
  return [`nginx ${formatVersion(version)} is newer than what is known here; judged as ${formatVersion(NEWEST)}`];
}

/** The settings in force, as a configuration file would say them. */
export function printConfig(settings: Settings, io: Io): number {
  const { config, paths, load, version, lint, failOn, maxWarnings } = settings;
  const { hops, ping, rules } = lint.ruleOptions;
  const shown = {
    files: config.files,
    paths,
    prefix: load.prefix ?? null,
    maps: Object.fromEntries((load.maps ?? []).map(({ from, to }) => [from, to])),
    allow: load.allow ?? [],
    context: load.context ?? null,
    all: load.all ?? false,
    nginxVersion: typeof version === 'number' ? formatVersion(version) : version,
    only: lint.only === null ? null : [...lint.only],
    rules: Object.fromEntries(
      [...new Set([...lint.severities.keys(), ...rules.keys()])].map((id) => {
        const severity = lint.severities.get(id) ?? null;
        const options = rules.get(id);
        return [id, options === undefined ? severity : [severity, options]];
      }),
    ),
    hops: hops.map(({ name, idle }) => ({ name, idle: `${idle}ms` })),
    ping: ping === null ? null : `${ping}ms`,
    websocket: lint.patterns.websocket,
    notWebsocket: lint.patterns.notWebsocket,
    ignore: config.ignore,
    requireIgnoreReason: config.requireIgnoreReason,
    failOn,
    maxWarnings,
    baseline: config.baseline,
  };
  io.stdout(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
}
