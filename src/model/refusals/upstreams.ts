import type { Setting } from '../scope';
import { isFault, parseAddress } from './address';
import type { Address } from './address';
import type { Check, Fault, Setter } from './check';
import { isHttp, mayBeSince } from './check';
import { parseBytes, parseInteger, parseTime } from './numbers';
import { remember, rootFile, slotOf, takeSlot } from './memory';

/** An upstream block, or a host that is passed to (nginx keeps both in one list). */
export interface UpstreamEntry {
  readonly host: string;
  readonly root: string;
  port: number;
  readonly hasPort: boolean;
  created: boolean;
  readonly setting: Setting;
}

function entries(check: Check, host: string): UpstreamEntry[] {
  const key = `${isHttp(check.context) ? 'http' : 'stream'} ${rootFile(check.setting)} ${host.toLowerCase()}`;
  let list = check.memory.upstreams.get(key);
  if (list === undefined) check.memory.upstreams.set(key, (list = []));
  return list;
}

/** `upstream name {`: ngx_http_upstream_add with CREATE. */
export const upstream: Setter = (check) => {
  const host = check.args[0] ?? '';
  remember(check.memory, `${check.context} upstream ${host.toLowerCase()}`, check.setting);
  const list = entries(check, host);
  for (const entry of list) {
    if (entry.created) return { message: `duplicate upstream "${host}"`, word: 1, related: entry.setting };
    if (entry.hasPort) {
      return { message: `upstream "${host}" may not have port ${entry.port}`, word: 1, related: entry.setting };
    }
    entry.created = true;
    entry.port = 0;
    return null;
  }
  list.push({ host, root: rootFile(check.setting), port: 0, hasPort: false, created: true, setting: check.setting });
  return null;
};

/** Something passed to: the same list without CREATE. */
export function passTo(check: Check, text: string, defaultPort: number, uri: boolean): Fault | Address {
  const address = parseAddress(text, { defaultPort, uri });
  if (isFault(address)) return { message: `${address.fault} in upstream "${text}"`, word: 1 };
  const list = entries(check, address.host);
  for (const entry of list) {
    if (entry.created && address.hasPort) {
      return {
        message: `upstream "${address.host}" may not have port ${address.port}`,
        word: 1,
        related: entry.setting,
      };
    }
    if (entry.port !== 0 && address.port !== 0 && entry.port !== address.port) continue;
    return address;
  }
  const { host, port, hasPort } = address;
  list.push({ host, root: rootFile(check.setting), port, hasPort, created: false, setting: check.setting });
  return address;
}

const URI_REFUSED =
  '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, ' +
  'or inside "if" statement, or inside "limit_except" block';

const SCHEME = /^(https?):\/\//i;

/** proxy_pass of http. */
export const proxyPass: Setter = (check) => {
  const [url = ''] = check.args;
  if (url.includes('$')) return null;
  const scheme = SCHEME.exec(url);
  if (scheme === null) return { message: 'invalid URL prefix', word: 1 };
  const port = scheme[1]?.toLowerCase() === 'https' ? 443 : 80;
  const address = passTo(check, url.slice(scheme[0].length), port, true);
  if ('message' in address) return address;
  return address.uri !== '' && withoutPrefix(check) ? { message: URI_REFUSED, word: 1 } : null;
};

/** Where nothing of the request's URI can be replaced: named and regex locations, if, limit_except. */
function withoutPrefix({ scope, context }: Check): boolean {
  if (context !== 'location') return true;
  const [first = '', second] = scope.opener?.directive.args ?? [];
  return second === undefined ? /^[@~]/.test(first) : first.startsWith('~');
}

/** fastcgi_pass and its like: an address behind one of these schemes, or none. */
export function passWithScheme(schemes: RegExp | null): Setter {
  return (check) => {
    const [url = ''] = check.args;
    if (url.includes('$')) return null;
    const address = passTo(check, schemes === null ? url : url.replace(schemes, ''), 0, false);
    return 'message' in address ? address : null;
  };
}

/** proxy_pass of stream: without an upstream of that name, a host needs its port. */
export const streamPass: Setter = (check) => {
  const [text = ''] = check.args;
  if (text.includes('$')) return null;
  const address = passTo(check, text, 0, false);
  if ('message' in address) return address;
  if (address.hasPort || address.kind === 'unix') return null;
  const key = `stream upstream ${address.host.toLowerCase()}`;
  check.memory.wanted.push({ key, setting: check.setting, word: 1, message: `no port in upstream "${text}"` });
  return null;
};

/** Balancing methods after which `backup` is not supported (their flags lack NGX_HTTP_UPSTREAM_BACKUP). */
const WITHOUT_BACKUP = ['ip_hash', 'hash', 'random'];

const NUMBERS: Readonly<Record<string, (value: string) => boolean>> = {
  weight: (value) => (parseInteger(value) ?? 0) > 0,
  max_conns: (value) => parseInteger(value) !== null,
  max_fails: (value) => parseInteger(value) !== null,
  fail_timeout: (value) => parseTime(value, 'sec') !== null,
};

/** Parameters of NGINX Plus, some of which nginx took over later. */
const LATER: Readonly<Record<string, number>> = {
  resolve: 1_027_003,
  'service=': 1_027_003,
  drain: 1_029_006,
  'route=': 1_029_006,
  'slow_start=': Infinity,
};

/** `server` in an upstream block. */
export const upstreamServer: Setter = (check) => {
  for (const [index, word] of check.args.slice(1).entries()) {
    const message = parameterFault(word, check);
    if (message !== null) return { message, word: index + 2 };
  }
  const [text = ''] = check.args;
  const address = parseAddress(text, { defaultPort: isHttp(check.context) ? 80 : 0 });
  if (isFault(address)) return { message: `${address.fault} in upstream "${text}"`, word: 1 };
  if (!isHttp(check.context) && !address.hasPort && address.kind !== 'unix' && !check.args.some(isService)) {
    return { message: `no port in upstream "${text}"`, word: 1 };
  }
  return null;
};

function isService(word: string): boolean {
  return word.startsWith('service=');
}

function parameterFault(word: string, check: Check): string | null {
  const [, name = '', value] = /^([a-z_]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (word === 'down') return null;
  if (word === 'backup') return backupFault(check);
  if (value !== undefined && Object.hasOwn(NUMBERS, name)) {
    return NUMBERS[name]?.(value) === true ? null : `invalid parameter "${word}"`;
  }
  const later = LATER[value === undefined ? name : `${name}=`];
  if (later !== undefined && (check.version === null || mayBeSince(check.version, later))) return null;
  return `invalid parameter "${word}"`;
}

function backupFault(check: Check): string | null {
  const method = slotOf(check.memory, check.scope, 'balancing');
  if (method === null || !WITHOUT_BACKUP.includes(method.directive.name)) return null;
  return 'balancing method does not support parameter "backup"';
}

/** A balancing method: the last one before a server decides what the server may say. */
export function balancing(valid: (args: readonly string[]) => number | null): Setter {
  return (check) => {
    check.memory.slots.get(check.scope)?.delete('balancing');
    takeSlot(check.memory, check.scope, 'balancing', check.setting);
    const word = valid(check.args);
    return word === null ? null : { message: `invalid parameter "${check.args[word - 1]}"`, word };
  };
}

export const keepalive: Setter = ({ args, version, name }) => {
  const [count = '', local] = args;
  const number = parseInteger(count);
  // 0 turns the default keepalive off; before there was one it was refused.
  if (number === null || (number === 0 && !mayBeSince(version, 1_029_007))) {
    return { message: `invalid value "${count}" in "${name}" directive`, word: 1 };
  }
  return local === undefined || local === 'local' ? null : { message: `invalid parameter "${local}"`, word: 2 };
};

/** Eight pages. */
const SMALLEST_ZONE = 8 * 4096;

export const zone: Setter = ({ args }) => {
  const [name = '', size] = args;
  if (name === '') return { message: 'invalid zone name ""', word: 1 };
  if (size === undefined) return null;
  const bytes = parseBytes(size, 'size');
  if (bytes === null) return { message: `invalid zone size "${size}"`, word: 2 };
  return bytes < SMALLEST_ZONE ? { message: `zone "${name}" is too small`, word: 2 } : null;
};
