import type { Check, Fault, Setter } from './check';
import { remember, takeSlot } from './memory';
import { parseBytes, parseInteger } from './numbers';

/** Eight pages of shared memory. */
const SMALLEST = 8 * 4096;

/** limit_req_zone and limit_conn_zone: `zone=name:size`, and what else the directive takes. */
export function limitZone(other: (word: string) => string | null): Setter {
  return (check) => {
    let name = '';
    for (const [index, word] of check.args.slice(1).entries()) {
      const message = word.startsWith('zone=') ? zoneFault(word) : other(word);
      if (message !== null) return { message, word: index + 2 };
      if (word.startsWith('zone=')) name = word.slice(5, word.indexOf(':'));
    }
    if (name === '') return { message: `"${check.name}" must have "zone" parameter` };
    return boundFault(check, name);
  };
}

function zoneFault(word: string): string | null {
  const colon = word.indexOf(':');
  const bytes = colon < 0 ? null : parseBytes(word.slice(colon + 1), 'size');
  if (bytes === null) return `invalid zone size "${word}"`;
  return bytes < SMALLEST ? `zone "${word}" is too small` : null;
}

function boundFault(check: Check, name: string): Fault | null {
  const earlier = remember(check.memory, `${check.name} ${name}`, check.setting);
  if (earlier === null) return null;
  const key = earlier.directive.args[0] ?? '';
  return { message: `${check.name} "${name}" is already bound to key "${key}"`, related: earlier };
}

export function requestRate(word: string): string | null {
  if (!word.startsWith('rate=')) return `invalid parameter "${word}"`;
  const rate = parseInteger(word.slice(5).replace(/r\/[sm]$/, ''));
  return (rate ?? 0) > 0 ? null : `invalid rate "${word}"`;
}

export function noOther(word: string): string | null {
  return `invalid parameter "${word}"`;
}

export const limitRequests: Setter = (check) => {
  let zone: string | null = null;
  for (const [index, word] of check.args.entries()) {
    if (word.startsWith('zone=')) zone = word.slice(5);
    else {
      const message = limitParameterFault(word);
      if (message !== null) return { message, word: index + 1 };
    }
  }
  if (zone === null) return { message: '"limit_req" must have "zone" parameter' };
  return limitOnce(check, zone, 'limit_req_zone');
};

function limitParameterFault(word: string): string | null {
  const match = /^(burst|delay)=(.*)$/s.exec(word);
  if (match !== null) return (parseInteger(match[2] ?? '') ?? 0) > 0 ? null : `invalid ${match[1]} value "${word}"`;
  return word === 'nodelay' ? null : `invalid parameter "${word}"`;
}

export const limitConnections: Setter = (check) => {
  const [zone = '', count = ''] = check.args;
  const duplicate = limitOnce(check, zone, 'limit_conn_zone');
  if (duplicate !== null) return duplicate;
  const number = parseInteger(count) ?? 0;
  if (number <= 0) return { message: `invalid number of connections "${count}"`, word: 2 };
  return number > 65_535 ? { message: 'connection limit must be less 65536', word: 2 } : null;
};

function limitOnce(check: Check, zone: string, definer: string): Fault | null {
  const { memory, setting, scope, name } = check;
  const key = `${definer} ${zone}`;
  memory.wanted.push({ key, setting, word: 1, message: `zero size shared memory zone "${zone}"` });
  const related = takeSlot(memory, scope, `${name} ${zone}`, setting);
  if (related === null) return null;
  const identical = related.directive.args.join('\0') === check.args.join('\0');
  return { message: `"${name}" directive is duplicate`, related, identical };
}

/** proxy_cache and its like: `off`, a zone, or a word with variables. */
export const cache: Setter = (check) => {
  const [zone = ''] = check.args;
  if (zone === 'off') return null;
  if (storeOf(check, 'store'))
    return { message: `"${check.name}" directive is incompatible with "${peer(check, 'store')}"` };
  if (zone.includes('$')) return null;
  const key = `${check.name}_path ${zone}`;
  const message = `"${check.name}" zone "${zone}" is unknown`;
  check.memory.wanted.push({ key, setting: check.setting, word: 1, message });
  return null;
};

export const store: Setter = (check) => {
  const [path = ''] = check.args;
  if (path === 'off') return null;
  if (path === '') return { message: 'empty path', word: 1 };
  if (!storeOf(check, 'cache')) return null;
  return { message: `"${check.name}" directive is incompatible with "${peer(check, 'cache')}"` };
};

function peer({ name }: Check, kind: 'store' | 'cache'): string {
  return name.replace(/(?:store|cache)$/, kind);
}

function storeOf(check: Check, kind: 'store' | 'cache'): boolean {
  const other = check.memory.slots.get(check.scope)?.get(peer(check, kind));
  return other !== undefined && other.directive.args[0] !== 'off';
}

export const cachePath: Setter = (check) => {
  const zone = check.args.find((word) => word.startsWith('keys_zone='));
  if (zone === undefined) return { message: `"${check.name}" must have "keys_zone" parameter` };
  const colon = zone.indexOf(':');
  const size = colon < 0 ? null : parseBytes(zone.slice(colon + 1), 'size');
  if (size === null) return { message: `invalid keys zone size "${zone}"` };
  if (size < 2 * 4096) return { message: `keys zone "${zone}" is too small` };
  const name = zone.slice('keys_zone='.length, colon);
  const related = remember(check.memory, `${check.name} ${name}`, check.setting);
  return related === null ? null : { message: `duplicate zone "${name}"`, related };
};
