import { lookUp } from './maps';
import type { ValueMap } from './maps';
import type { Configuration } from './scope';
import { variableSources } from './variable-sources';

const UPGRADE = /\$\{?http_upgrade\b/i;

/** Variables of maps by which handshakes fare otherwise than plain requests: the source is made of $http_upgrade. */
export function upgradeVariables(configuration: Configuration): ReadonlySet<string> {
  const variables = new Set<string>();
  for (const { directive } of configuration.http?.own('map') ?? []) {
    const [source = '', target = ''] = directive.args;
    if (!UPGRADE.test(source)) continue;
    const name = target.slice(1).toLowerCase();
    const defined = variableSources(configuration).get(name);
    if (defined?.kind !== 'map' || tellsApart(defined.map)) variables.add(name);
  }
  return variables;
}

/** A map with `default` alone is a switch that somebody turns by hand. */
function tellsApart(map: ValueMap): boolean {
  if (map.uniform !== null) return false;
  if (!/^\$(?:\{http_upgrade\}|http_upgrade)$/i.test(map.source.source)) return true;
  const [handshake, plain] = ['websocket', ''].map((key) => lookUp(map, key));
  if (handshake === undefined || plain === undefined || 'unknown' in handshake || 'unknown' in plain) return true;
  return handshake.entry?.value.source !== plain.entry?.value.source;
}
