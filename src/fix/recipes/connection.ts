import { definingSettings } from '../../model/defining-settings';
import { nearest } from '../../model/distance';
import { effective } from '../../model/effective';
import { headersOf } from '../../model/headers';
import type { Configuration, Scope, Setting } from '../../model/scope';
import { isRefusal, type Refusal } from '../change';
import type { FixContext } from '../context';
import type { Way } from '../operation';
import type { MapMaker } from './map';
import { hasOneDefinition } from './map-job';

/** How Connection comes to be `upgrade` for handshakes in a scope. */
export interface ConnectionWish {
  /** The value its entry is to have; null: the entry stays, the map behind it changes. */
  readonly value: string | null;
  readonly way: Way;
}

const NOTHING: Way = { operations: [], touches: [], unsafe: null };

/** Of several lines one that is right stays, and the others go. */
export function connectionByMap(context: FixContext, maps: MapMaker, scope: Scope): ConnectionWish | Refusal {
  const { configuration, workingMaps } = context;
  const lines = headersOf(effective(scope, 'proxy_set_header').settings).filter(({ key }) => key === 'connection');
  const right = lines.find(({ value }) => workingMaps().some(({ variable }) => sameVariable(variable, value)));
  if (right !== undefined) return { value: right.value, way: NOTHING };
  const constant = lines.find(({ value }) => /^"?upgrade"?$/i.test(value));
  if (constant !== undefined && lines.some((line) => line !== constant && line.value !== ''))
    return { value: constant.value, way: NOTHING };
  for (const { value } of lines) {
    const map = soleMap(configuration, value);
    if (map === null) continue;
    const way = maps.repair(scope, map);
    return isRefusal(way) ? way : { value: lines.length === 1 ? null : value, way };
  }
  return maps.supply(scope, plainWord(lines.map(({ value }) => value)));
}

function sameVariable(variable: string, value: string): boolean {
  return (
    value.toLowerCase() === variable.toLowerCase() || value.toLowerCase() === `\${${variable.slice(1).toLowerCase()}}`
  );
}

/** The one map that makes a value which is nothing but its variable, when it is a map for this purpose. */
function soleMap(configuration: Configuration, value: string): Setting | null {
  const name = /^\$\{?(\w+)\}?$/.exec(value)?.[1];
  if (name === undefined || !hasOneDefinition(configuration, name)) return null;
  const [definition] = definingSettings(configuration, name);
  return definition?.directive.name === 'map' && isForHandshakes(definition) ? definition : null;
}

/** A map of $host, $uri or $http_host has its own work to do: it stays, and serves plain requests. */
function isForHandshakes({ directive }: Setting): boolean {
  const source = directive.args[0] ?? '';
  const header = /^\$\{?(http_\w+)\}?$/i.exec(source)?.[1]?.toLowerCase();
  return !source.includes('$') || (header !== undefined && nearest(header, HANDSHAKE_HEADERS, 2) !== null);
}

/** Keys of the usual map, which may be misspelt. */
const HANDSHAKE_HEADERS = ['http_upgrade', 'http_connection'];

/** What plain requests got so far; null when nothing sensible was set. */
function plainWord(values: readonly string[]): string | null {
  const kept = values.filter((value) => value.includes('$') || !/upgrade|websocket/i.test(value));
  const word = kept.find((value) => value !== '') ?? kept[0];
  if (word === undefined) return null;
  // empty for a plain request
  return /^\$\{?http_upgrade\}?$/i.test(word) ? '' : word;
}
