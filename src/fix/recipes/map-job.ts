import { definingSettings } from '../../model/defining-settings';
import { indexTable, lookUp, type ValueMap } from '../../model/maps';
import type { Configuration, Setting } from '../../model/scope';
import { captureOf } from '../../model/variable-sources';

/** What a map of `$http_upgrade` does for Connection. */
export interface MapJob {
  /** With its `$`. */
  readonly variable: string;
  /** The word that plain requests get, as the map's line has it (it may hold variables). */
  readonly plain: string;
}

/** Maps that give a handshake `upgrade` and leave plain requests alone, by order in the file. */
export function workingMaps(configuration: Configuration): readonly MapJob[] {
  const jobs: MapJob[] = [];
  for (const setting of configuration.http?.own('map') ?? []) {
    const job = jobOf(configuration, setting);
    if (job !== null) jobs.push(job);
  }
  return jobs;
}

function jobOf(configuration: Configuration, setting: Setting): MapJob | null {
  const variable = setting.directive.args[1] ?? '';
  if (!variable.startsWith('$') || !hasOneDefinition(configuration, variable.slice(1))) return null;
  const map = indexTable(setting);
  const handshake = readsUpgrade(map) ? wordFor(map, 'websocket') : null;
  const plain = wordFor(map, '');
  if (handshake === null || plain === null || !saysUpgrade(handshake) || saysUpgrade(plain)) return null;
  return { variable, plain };
}

/** A named capture of the same name takes the place of the map. */
export function hasOneDefinition(configuration: Configuration, name: string): boolean {
  const captured = captureOf(configuration, name.toLowerCase()) !== null;
  return !captured && definingSettings(configuration, name).length === 1;
}

export function readsUpgrade(map: ValueMap): boolean {
  const [part, ...others] = map.source.parts;
  return part?.kind === 'variable' && part.name === 'http_upgrade' && others.length === 0;
}

/** The word of the line that takes this key; empty when none does, null when that cannot be known. */
export function wordFor(map: ValueMap, key: string): string | null {
  const found = lookUp(map, key);
  if ('unknown' in found) return null;
  return found.entry?.setting.directive.args[0] ?? '';
}

/** Whether a Connection value has the token that a handshake needs. */
export function saysUpgrade(value: string): boolean {
  return value.split(',').some((token) => token.trim().toLowerCase() === 'upgrade');
}
