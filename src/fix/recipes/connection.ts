import { definingSettings } from '../../model/defining-settings';
import { effective } from '../../model/effective';
import { headersOf } from '../../model/headers';
import type { Configuration, Scope, Setting } from '../../model/scope';
import { isRefusal, type Refusal } from '../change';
import type { FixContext } from '../context';
import type { Way } from '../operation';
import type { MapMaker } from './map';

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
  const definitions = name === undefined ? [] : definingSettings(configuration, name);
  const [definition] = definitions;
  if (definitions.length !== 1 || definition?.directive.name !== 'map') return null;
  // a map of $host or $uri has its own work to do: it stays, and serves plain requests
  const source = definition.directive.args[0] ?? '';
  return !source.includes('$') || /^\$\{?http_/i.test(source) ? definition : null;
}

/** What plain requests got so far; null when nothing sensible was set. */
function plainWord(values: readonly string[]): string | null {
  const kept = values.filter((value) => value.includes('$') || !/upgrade|websocket/i.test(value));
  const word = kept.find((value) => value !== '') ?? kept[0];
  if (word === undefined) return null;
  // empty for a plain request
  return /^\$\{?http_upgrade\}?$/i.test(word) ? '' : word;
}
