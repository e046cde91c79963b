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
import type { Problem } from '../../model/workspace';
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
    return printLocation(call, io);
  }
  if (call.given('output')) throw new UsageError(`--output goes with --nginx; the configuration file is ${FILE}`);
  const there = CONFIG_NAMES.find((name) => existsSync(resolveIn(io, name)));
  if (there !== undefined) throw new UsageError(`${there} is there already; it stays as it is`);
  writeNew(io, FILE, starterConfig(lookAround(call, io), SCHEMA));
  io.stdout(`wrote ${FILE}; nginx-ws-lint --print-config shows what is in force\n`);
  return 0;
}

function printLocation(call: Invocation, io: Io): number {
  const text = starterNginx(productNamed(call.operands));
  const file = call.value('output');
  if (file === null) io.stdout(text);
  else writeNew(io, file, text);
  return 0;
}

/** Nobody's file is written over. */
function writeNew(io: Io, file: string, text: string): void {
  try {
    writeFileSync(resolveIn(io, file), text, { flag: 'wx' });
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UsageError(
      there ? `${file} is there already; it stays as it is` : `cannot write ${file}: ${describe(error)}`,
    );
  }
}

function productNamed(operands: readonly string[]): Product | null {
  if (operands.length === 0) return null;
  const asked = operands.join(' ');
  const product = known(asked);
  if (product !== undefined) return product;
  const near = nearest(
    plain(asked),
    PRODUCTS.map(({ name }) => plain(name)),
    tolerance(asked),
  );
  const named = PRODUCTS.find(({ name }) => plain(name) === near);
  const hint = named === undefined ? `known are ${names()}` : `did you mean ${named.name}?`;
  throw new UsageError(`the product ${quoted(asked)} is unknown; ${hint}`);
}

function known(asked: string): Product | undefined {
  return PRODUCTS.find(({ name }) => plain(name) === plain(asked));
}

/** A product without --nginx, or a path that is none. */
function refuseUnread(call: Invocation, { file, message }: Problem): never {
  const product = known(call.operands.join(' '));
  if (product !== undefined)
    throw new UsageError(`${product.name} is a product: nginx-ws-lint init --nginx ${call.operands.join(' ')}`);
  throw new UsageError(`${file === null ? '' : `${file}: `}${message}; a product goes with --nginx: ${names()}`);
}

function names(): string {
  return PRODUCTS.map(({ name }) => name).join(', ');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The paths given, else the working directory. */
function lookAround(call: Invocation, io: Io): Findings {
  const asked = call.operands.length > 0 ? call.operands : ['.'];
  const { load: options } = settingsOf({ ...call, operands: asked }, NO_CONFIG, [], io);
  const read = load(asked, options);
  const [problem] = call.operands.length === 0 ? [] : read.flatMap(({ problems }) => problems);
  if (problem !== undefined) refuseUnread(call, problem);
  const workspaces = read.filter(({ files }) => files.size > 0);
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
