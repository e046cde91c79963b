import type { Setting } from '../scope';
import { inet6Address, inetAddress } from './address';
import type { Check, Fault, Setter } from './check';
import { invalid, mayBeBefore } from './check';
import { slotOf } from './memory';

/** proxy_redirect and proxy_cookie_*: `off` stands alone, since 1.19.3. */
const EXCLUSIVE_SINCE = 1_019_003;

/** Entries before this one at its level; the level's index is in order. */
function earlier({ scope, name, setting }: Check): readonly Setting[] {
  const own = scope.own(name);
  return own.slice(0, own.indexOf(setting));
}

function offFault(check: Check): Fault | null {
  const before = earlier(check);
  if (before.length === 0 || mayBeBefore(check.version, EXCLUSIVE_SINCE)) return null;
  const related = before.find(isOff) ?? (isOff(check.setting) ? (before[0] ?? null) : null);
  return related === null
    ? null
    : { ...invalid(check, 'is duplicate'), related, identical: isOff(related) && isOff(check.setting) };
}

function isOff({ directive }: Setting): boolean {
  return directive.args.length === 1 && directive.args[0] === 'off';
}

export const redirect: Setter = (check) => {
  const duplicate = offFault(check);
  if (duplicate !== null || check.args.length === 2) return duplicate;
  const [word = ''] = check.args;
  if (word === 'off' || (word === 'false' && mayBeBefore(check.version, EXCLUSIVE_SINCE))) return null;
  if (word !== 'default') return { message: `invalid parameter "${word}"`, word: 1 };
  const pass = slotOf(check.memory, check.scope, 'proxy_pass');
  if (pass === null) {
    return { message: '"proxy_redirect default" should be placed after the "proxy_pass" directive' };
  }
  if (!(pass.directive.args[0] ?? '').includes('$')) return null;
  const message = '"proxy_redirect default" cannot be used with "proxy_pass" directive with variables';
  return { message, related: pass };
};

export const cookieRewrite: Setter = (check) => {
  const duplicate = offFault(check);
  if (duplicate !== null || check.args.length > 1 || check.args[0] === 'off') return duplicate;
  return { message: `invalid parameter "${check.args[0]}"`, word: 1 };
};

export const mirror: Setter = (check) => {
  const before = earlier(check);
  const related = before.find(isOff) ?? (isOff(check.setting) ? before[0] : undefined);
  return related === undefined ? null : { ...invalid(check, 'is duplicate'), related };
};

export const bind: Setter = ({ args }) => {
  const [address = '', transparent] = args;
  if (transparent === undefined && address === 'off') return null;
  if (!address.includes('$') && !isAddress(address)) return { message: `invalid address "${address}"`, word: 1 };
  if (transparent === undefined || transparent === 'transparent') return null;
  return { message: `invalid parameter "${transparent}"`, word: 2 };
};

/** An address, with a port or without (ngx_parse_addr_port). */
function isAddress(text: string): boolean {
  if (inetAddress(text) !== null || inet6Address(text) !== null) return true;
  const [, inside, plain] = /^(?:\[(.*)\](?::\d+)?|(.*):\d+)$/.exec(text) ?? [];
  return inside !== undefined ? inet6Address(inside) !== null : plain !== undefined && inetAddress(plain) !== null;
}
