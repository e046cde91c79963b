import type { Scope, Setting } from '../scope';
import type { Fault } from './check';
import { compileEntry } from './words';

type TableFault = Fault & { readonly setting: Setting };

/** Lines of a map, split_clients or geo block: those are read by the block's own reader, not as directives. */
export function tableFaults(table: Scope): readonly TableFault[] {
  const name = table.opener?.directive.name;
  if (name === 'map') return mapFaults(table);
  if (name === 'split_clients') return percentFaults(table);
  return name === 'geo' ? geoFaults(table) : [];
}

function words({ directive }: Setting): readonly string[] {
  return [directive.name, ...directive.args];
}

/** Keys of a map as nginx hashes them: exact ones, and with `hostnames` wildcards at the head and the tail. */
type Keys = Map<string, Setting>;

function mapFaults(table: Scope): readonly TableFault[] {
  const found: TableFault[] = [];
  const keys: Keys = new Map();
  let hostnames = false;
  for (const setting of table.settings) {
    const [key = '', ...values] = words(setting);
    if (values.length === 0 && key === 'hostnames') hostnames = true;
    if (key === 'include' || (values.length === 0 && (key === 'hostnames' || key === 'volatile'))) continue;
    if (values.length !== 1) found.push({ setting, message: 'invalid number of the map parameters' });
    else found.push(...entryFaults(setting, key, keys, hostnames));
  }
  return found;
}

function entryFaults(setting: Setting, key: string, keys: Keys, hostnames: boolean): readonly TableFault[] {
  const { fault } = compileEntry(setting);
  if (fault !== null) return [{ ...fault, setting }];
  if (key.startsWith('~')) return [];
  if (key === 'default') return conflict(setting, ['default'], keys, 'duplicate default map parameter');
  const name = key.replace(/^\\/, '').toLowerCase();
  const hashed = hostnames ? hostnameKeys(name) : [`=${name}`];
  if (hashed === null) return [{ setting, message: `invalid hostname or wildcard "${name}"` }];
  return conflict(setting, hashed, keys, `conflicting parameter "${name}"`);
}

/** ngx_hash_add_key with wildcards; null for what it declines. */
function hostnameKeys(name: string): readonly string[] | null {
  const stars = name.split('*').length - 1;
  if (stars > 1 || name.includes('..')) return null;
  if (name.length > 1 && name.startsWith('.')) return stars > 0 ? null : [`=${name.slice(1)}`, `<${name.slice(1)}`];
  if (stars === 0) return [`=${name}`];
  if (name.length > 2 && name.startsWith('*.')) return [`<${name.slice(2)}`];
  return name.length > 2 && name.endsWith('.*') ? [`>${name.slice(0, -2)}`] : null;
}

function conflict(setting: Setting, hashed: readonly string[], keys: Keys, message: string): readonly TableFault[] {
  const earlier = hashed.find((key) => keys.has(key));
  const related = earlier === undefined ? undefined : keys.get(earlier);
  if (related === undefined) {
    for (const key of hashed) keys.set(key, setting);
    return [];
  }
  const identical = setting.directive.args[0] === related.directive.args[0];
  return [{ setting, message, related, identical }];
}

function percentFaults(table: Scope): readonly TableFault[] {
  let total = 0;
  for (const setting of table.settings) {
    const [share = '', ...values] = words(setting);
    if (values.length !== 1 || share === 'include') continue;
    if (share === '*') continue;
    const hundredths = percentage(share);
    if (hundredths === null) return [{ setting, message: `invalid percent value "${share}"` }];
    total += hundredths;
    if (total > 10_000) return [{ setting, message: 'percent total is greater than 100%' }];
  }
  return [];
}

/** `12.5%` in hundredths; 0 and no percent sign are refused. */
function percentage(text: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{0,2}))?%$/.exec(text);
  if (match === null) return null;
  const value = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return value === 0 ? null : value;
}

function geoFaults(table: Scope): readonly TableFault[] {
  const alone = ['ranges', 'proxy_recursive', 'volatile'];
  return table.settings
    .filter(
      (setting) =>
        words(setting).length !== 2 && !(words(setting).length === 1 && alone.includes(setting.directive.name)),
    )
    .map((setting) => ({ setting, message: 'invalid number of the geo parameters' }));
}
