import { existsSync, writeFileSync } from 'node:fs';
import { CONFIG_NAMES } from '../../fs/config-file';
import { load } from '../../fs/load';
import { installedVersion } from '../../fs/nginx';
import { describe } from '../../fs/read';
import { buildConfiguration } from '../../model/build';
import { nearest } from '../../model/distance';
import { locationWords } from '../../model/location-words';
import { PRODUCTS } from '../../model/data/products';
import type { Product } from '../../model/products';
import { findRoutes } from '../../model/routes';
import { formatVersion } from '../../model/version';
import { NO_CONFIG } from '../config';
import type { Invocation } from '../invocation';
import { tolerance } from '../invocation';
import { resolveIn } from '../io';
import type { Io } from '../io';
import { settingsOf } from '../settings';
import { starterConfig } from '../starter-config';
import type { Findings } from '../starter-config';
import { starterNginx } from '../starter-nginx';
import { quoted, UsageError } from '../usage-error';

const FILE = '.nginx-ws-lint.jsonc';
const SCHEMA = 'https://github.com/nginx-ws-lint/nginx-ws-lint/raw/main/schema/config.schema.json';

/** Writes a configuration file after a look at the tree; with --nginx prints a location to start from. */
export function initCommand(call: Invocation, io: Io): number {
  if (call.flag('nginx')) {
    io.stdout(starterNginx(productNamed(call.operands)));
    return 0;
  }
  const there = CONFIG_NAMES.find((name) => existsSync(resolveIn(io, name)));
  if (there !== undefined) throw new UsageError(`${there} is there already; it stays as it is`);
  try {
    writeFileSync(resolveIn(io, FILE), starterConfig(lookAround(call, io), SCHEMA), { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`cannot write ${FILE}: ${describe(error)}`);
  }
  io.stdout(`wrote ${FILE}; nginx-ws-lint --print-config shows what is in force\n`);
  return 0;
}

function productNamed(operands: readonly string[]): Product | null {
  if (operands.length === 0) return null;
  const asked = operands.join(' ');
  const product = PRODUCTS.find(({ name }) => plain(name) === plain(asked));
  if (product !== undefined) return product;
  const near = nearest(
    plain(asked),
    PRODUCTS.map(({ name }) => plain(name)),
    tolerance(asked),
  );
  const named = PRODUCTS.find(({ name }) => plain(name) === near);
  const hint =
    named === undefined ? `known are ${PRODUCTS.map(({ name }) => name).join(', ')}` : `did you mean ${named.name}?`;
  throw new UsageError(`the product ${quoted(asked)} is unknown; ${hint}`);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The paths given, else the working directory. */
function lookAround(call: Invocation, io: Io): Findings {
  const asked = call.operands.length > 0 ? call.operands : ['.'];
  const { load: options } = settingsOf({ ...call, operands: asked }, NO_CONFIG, [], io);
  const workspaces = load(asked, options).filter(({ files }) => files.size > 0);
  const routes = workspaces.flatMap((workspace) => findRoutes(buildConfiguration(workspace)));
  const hinted = routes.filter(({ websocket }) => websocket.serves === 'no' && websocket.hints.length > 0);
  const version = installedVersion();
  const patterns = hinted.flatMap(({ location }) => (location === null ? [] : [locationWords(location).pattern]));
  return {
    paths:
      workspaces.length === 0
        ? []
        : pathsOf(
            asked,
            workspaces.flatMap(({ main }) => main ?? []),
          ),
    maps: workspaces.flatMap(({ mappings }) => mappings ?? []),
    hinted: [...new Set(patterns)].slice(0, 5),
    known: routes.filter(({ websocket }) => websocket.serves !== 'no').length,
    nginxVersion: version === null ? null : formatVersion(version),
  };
}

/** The directories of the main files that were found; without any, what was asked for. */
function pathsOf(asked: readonly string[], mains: readonly string[]): readonly string[] {
  const directories = mains.map((main) => main.replace(/\/?[^/]*$/, '')).map((directory) => directory || '.');
  return directories.length === 0 ? asked : [...new Set(directories)];
}
