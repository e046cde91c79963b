import type { Scope, Setting } from '../scope';
import type { NginxVersion } from '../version';
import { addressText, isFault, parseAddress } from './address';
import type { Address } from './address';
import type { Check, Fault, Setter } from './check';
import { isHttp, mayBeBefore, mayBeSince } from './check';
import { rootFile } from './memory';
import type { Memory } from './memory';
import { parseBytes, parseInteger, parseTime } from './numbers';

/** A socket that servers share. */
export interface ListenAddress {
  readonly text: string;
  readonly root: string;
  /** In order, each with its listen; null for the default one. */
  readonly servers: Map<Scope, Setting | null>;
  /** The listen that gave the socket its options. */
  options: Setting | null;
  defaultServer: Scope | null;
  defaultSetting: Setting | null;
  tls: boolean;
}

/** Since then stream has virtual servers, and shares sockets as http does. */
const STREAM_SHARES = 1_025_005;

interface Options {
  /** One that belongs to the socket: only one listen of it may have any. */
  socket: boolean;
  isDefault: boolean;
  udp: boolean;
  tls: boolean;
}

type Parameter = (value: string, options: Options, check: Check) => string | null;

const socketFlag: Parameter = (_value, options) => {
  options.socket = true;
  return null;
};

/** `name=value` of the socket, checked by `valid`. */
function socketValue(name: string, valid: (value: string) => boolean): Parameter {
  return (value, options) => {
    options.socket = true;
    return valid(value) ? null : `invalid ${name} "${name}=${value}"`;
  };
}

const defaultServer: Parameter = (_value, options) => {
  options.isDefault = true;
  return null;
};

const accepted: Parameter = () => null;

const tls: Parameter = (_value, options) => {
  options.tls = true;
  return null;
};

const keepalive: Parameter = (value, options) => {
  options.socket = true;
  if (value === 'on' || value === 'off') return null;
  const [idle = '', interval = '', ...rest] = value.split(':');
  const count = rest.join(':');
  const numbers = [idle, interval].map((part) => (part === '' ? 0 : parseTime(part, 'sec')));
  numbers.push(count === '' ? 0 : parseInteger(count));
  const fine = numbers.every((number) => number !== null) && numbers.some((number) => number !== 0);
  return fine ? null : `invalid so_keepalive value: "${value}"`;
};

const ipv6only: Parameter = (value, options) => {
  options.socket = true;
  return value === 'on' || value === 'off' ? null : `invalid ipv6only flags "${value}"`;
};

const SHARED: Readonly<Record<string, Parameter>> = {
  bind: socketFlag,
  deferred: socketFlag,
  reuseport: socketFlag,
  ssl: tls,
  proxy_protocol: accepted,
};

const WITH_VALUE: Readonly<Record<string, Parameter>> = {
  fastopen: socketValue('fastopen', (value) => parseInteger(value) !== null),
  setfib: socketValue('setfib', (value) => parseInteger(value) !== null),
  backlog: socketValue('backlog', (value) => (parseInteger(value) ?? 0) > 0),
  rcvbuf: socketValue('rcvbuf', (value) => parseBytes(value, 'size') !== null),
  sndbuf: socketValue('sndbuf', (value) => parseBytes(value, 'size') !== null),
  accept_filter: accepted,
  so_keepalive: keepalive,
};

function flagParameter(word: string, check: Check): Parameter | null {
  const since = (version: NginxVersion): boolean => mayBeSince(check.version, version);
  if (Object.hasOwn(SHARED, word)) return SHARED[word] ?? null;
  if (word === 'multipath') return since(1_029_007) ? socketFlag : null;
  if (!isHttp(check.context)) {
    if (word === 'udp') return (_value, options) => ((options.udp = true), null);
    return word === 'default_server' && since(STREAM_SHARES) ? defaultServer : null;
  }
  if (word === 'default_server' || word === 'default') return defaultServer;
  if (word === 'http2') return accepted;
  if (word === 'spdy') return mayBeBefore(check.version, 1_019_007) ? accepted : null;
  if (word === 'quic') return since(1_025_000) ? (_value, options) => ((options.udp = options.tls = true), null) : null;
  return null;
}

function parameterOf(word: string, check: Check): readonly [Parameter, string] | null {
  const flag = flagParameter(word, check);
  if (flag !== null) return [flag, ''];
  const equals = word.indexOf('=');
  const name = word.slice(0, equals);
  const value = word.slice(equals + 1);
  if (name === 'ipv6only' && value.startsWith('o')) return [ipv6only, value];
  const parameter = equals > 0 && Object.hasOwn(WITH_VALUE, name) ? WITH_VALUE[name] : undefined;
  return parameter === undefined ? null : [parameter, value];
}

export const listen: Setter = (check) => {
  const { args } = check;
  const address = parseAddress(args[0] ?? '', { defaultPort: isHttp(check.context) ? 80 : 0, listen: true });
  if (isFault(address)) return { message: `${address.fault} in "${args[0]}" of the "listen" directive`, word: 1 };
  const options: Options = { socket: false, isDefault: false, udp: false, tls: false };
  for (const [index, word] of args.slice(1).entries()) {
    const fault = parameterFault(word, options, check);
    if (fault !== null) return { message: fault, word: index + 2 };
  }
  return address.numeric === null ? null : shareAddresses(check, address, options);
};

function parameterFault(word: string, options: Options, check: Check): string | null {
  const found = parameterOf(word, check);
  if (found !== null) return found[0](found[1], options, check);
  const old = !isHttp(check.context) && check.version !== null && check.version < STREAM_SHARES;
  return old ? `the invalid "${word}" parameter` : `invalid parameter "${word}"`;
}

function shareAddresses(check: Check, address: Address, options: Options): Fault | null {
  for (let port = address.port; port <= address.lastPort; port++) {
    const fault = shareAddress(check, address, port, options);
    if (fault !== null) return fault;
  }
  return null;
}

function shareAddress(check: Check, address: Address, port: number, options: Options): Fault | null {
  const { setting, scope } = check;
  const family = isHttp(check.context) ? 'http' : 'stream';
  const key = [rootFile(setting), family, options.udp ? 'udp' : 'tcp', address.kind, address.numeric, port].join(' ');
  const shared = check.memory.listens.get(key);
  if (shared === undefined) {
    check.memory.listens.set(key, newAddress(address, port, setting, scope, options));
    return null;
  }
  return sharingFault(check, shared, options) ?? join(check, shared, options);
}

function newAddress(address: Address, port: number, setting: Setting, scope: Scope, options: Options): ListenAddress {
  return {
    text: addressText(address, port),
    root: rootFile(setting),
    servers: new Map([[scope, setting]]),
    options: options.socket ? setting : null,
    defaultServer: options.isDefault ? scope : null,
    defaultSetting: options.isDefault ? setting : null,
    tls: options.tls,
  };
}

function sharingFault(check: Check, shared: ListenAddress, options: Options): Fault | null {
  const { setting, scope, version } = check;
  const own = shared.servers.get(scope) ?? null;
  if (!isHttp(check.context) && version !== null && version < STREAM_SHARES) {
    const [related = null] = shared.servers.values();
    return { message: `duplicate "${shared.text}" address and port pair`, related, identical: isSame(setting, own) };
  }
  if (own !== null) {
    return { message: `a duplicate listen ${shared.text}`, related: own, identical: isSame(setting, own) };
  }
  if (options.socket && shared.options !== null) {
    return { message: `duplicate listen options for ${shared.text}`, related: shared.options };
  }
  if (options.isDefault && shared.defaultSetting !== null) {
    return { message: `a duplicate default server for ${shared.text}`, related: shared.defaultSetting };
  }
  return null;
}

function isSame(setting: Setting, other: Setting | null): boolean {
  const { args } = setting.directive;
  return (
    other !== null &&
    args.length === other.directive.args.length &&
    args.every((word, index) => word === other.directive.args[index])
  );
}

function join(check: Check, shared: ListenAddress, options: Options): null {
  shared.servers.set(check.scope, check.setting);
  if (options.socket) shared.options = check.setting;
  if (options.isDefault) {
    shared.defaultServer = check.scope;
    shared.defaultSetting = check.setting;
  }
  shared.tls ||= options.tls;
  return null;
}

/** A server without any listen is one of `*:80` (of `*:8000` when nginx is not started by root). */
export function listenByDefault(memory: Memory, server: Scope, opener: Setting): void {
  const key = [rootFile(opener), 'http', 'tcp', 'inet', '0.0.0.0', 80].join(' ');
  const shared = memory.listens.get(key);
  if (shared !== undefined) shared.servers.set(server, null);
  else {
    memory.listens.set(key, {
      text: '0.0.0.0:80',
      root: rootFile(opener),
      servers: new Map([[server, null]]),
      options: null,
      defaultServer: null,
      defaultSetting: null,
      tls: false,
    });
  }
}
