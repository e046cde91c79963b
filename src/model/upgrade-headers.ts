import { nearest } from './distance';
import { effective } from './effective';
import { headerOf } from './headers';
import type { Scope, Setting } from './scope';

/** A header setting that hands on a handshake, also a misspelt one; `Upgrade ""` on its own is the contrary. */
export function carriesUpgrade(setting: Setting): boolean {
  const { key: written, value } = headerOf(setting);
  if (value === '' || value === '""') return false;
  const key = written.replace(/:$/, '');
  if (key === 'connection') return /upgrade/i.test(value);
  return key.startsWith('sec-websocket-') || isUpgrade(key);
}

/** More are no names that anybody repeats. */
const MOST_NAMES = 1_000;
const upgrades = new Map<string, boolean>();

/** Distances are worked out once for each name: the same few stand in thousands of locations. */
function isUpgrade(key: string): boolean {
  let known = upgrades.get(key);
  if (known === undefined) {
    known = key === 'upgrade' || (key.length >= 6 && nearest(key, ['upgrade'], 2) !== null && key !== 'upgraded');
    if (upgrades.size < MOST_NAMES) upgrades.set(key, known);
  }
  return known;
}

/**
 * `Upgrade ""` that the location itself writes against what an include before it or an outer block says. It undoes
 * nothing (nginx sends each line of a level that has a value), but says that no handshakes are meant to come here.
 */
export function refusedUpgrade(location: Scope): Setting | null {
  const own = location.own('proxy_set_header');
  const refusal = own.findLast((setting) => {
    const { key, value } = headerOf(setting);
    return key === 'upgrade' && value === '' && setting.via === location.opener?.via;
  });
  if (refusal === undefined) return null;
  const carrying = own.filter(carriesUpgrade);
  const last = carrying.at(-1);
  if (last === undefined) return effective(location, 'proxy_set_header').hidden.some(carriesUpgrade) ? refusal : null;
  const included = carrying.every(({ via }) => via !== refusal.via);
  return included && own.indexOf(last) < own.indexOf(refusal) ? refusal : null;
}
