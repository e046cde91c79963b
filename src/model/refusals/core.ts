import type { Fault, Setter } from './check';
import { invalid } from './check';
import { isCidr, isFault, parseAddress } from './address';
import { remember, slotOf } from './memory';
import { parseBytes, parseInteger, parseTime } from './numbers';
import { regexFault } from './regexes';

export const workerProcesses: Setter = (check) =>
  check.args[0] === 'auto' || parseInteger(check.args[0] ?? '') !== null ? null : invalid(check);

export const workerConnections: Setter = ({ args }) =>
  parseInteger(args[0] ?? '') === null ? { message: `invalid number "${args[0]}"`, word: 1 } : null;

const EVENT_METHODS = ['select', 'poll', 'epoll', 'kqueue', 'eventport', '/dev/poll', 'win32', 'iocp', 'rtsig'];

export const use: Setter = ({ args }) =>
  EVENT_METHODS.includes(args[0] ?? '') ? null : { message: `invalid event type "${args[0]}"`, word: 1 };

export const loadModule: Setter = (check) =>
  check.memory.modulesUsed === null ? null : invalid(check, 'is specified too late');

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];
const DEBUG_LEVELS = [
  'debug_core',
  'debug_alloc',
  'debug_mutex',
  'debug_event',
  'debug_http',
  'debug_mail',
  'debug_stream',
];

export const errorLog: Setter = ({ args }) => {
  let set: 'nothing' | 'level' | 'debug' = 'nothing';
  for (const [index, word] of args.slice(1).entries()) {
    const level = LEVELS.includes(word);
    if (level && set !== 'nothing') return { message: `duplicate log level "${word}"`, word: index + 2 };
    if (!level && (set === 'level' || !DEBUG_LEVELS.includes(word))) {
      return { message: `invalid log level "${word}"`, word: index + 2 };
    }
    set = level ? 'level' : 'debug';
  }
  return null;
};

export const access: Setter = ({ args }) => {
  const [address = ''] = args;
  if (address === 'all' || address === 'unix:' || isCidr(address)) return null;
  return { message: `invalid parameter "${address}"`, word: 1 };
};

export const serverName: Setter = ({ args }) => {
  const index = args.findIndex((name) => /^\*(?!\..)/s.test(name) || name === '.' || name === '~');
  if (index < 0) return brokenName(args);
  const name = args[index] ?? '';
  const message = name === '~' ? `empty regex in server name "${name}"` : `server name "${name}" is invalid`;
  return { message, word: index + 1 };
};

function brokenName(names: readonly string[]): Fault | null {
  for (const [index, name] of names.entries()) {
    const fault = name.startsWith('~') ? regexFault(name.slice(1), index + 1) : null;
    if (fault !== null) return fault;
  }
  return null;
}

/** root and alias share a slot. */
export const root: Setter = (check) => {
  const { name, args, memory, scope } = check;
  const other = name === 'root' ? 'alias' : 'root';
  const earlier = slotOf(memory, scope, other);
  if (earlier !== null) {
    const message = `"${name}" directive is duplicate, "${other}" directive was specified earlier`;
    return { message, related: earlier };
  }
  if (name === 'alias' && (scope.opener?.directive.args[0] ?? '').startsWith('@')) {
    return { message: 'the "alias" directive cannot be used inside the named location' };
  }
  const [path = ''] = args;
  const variable = /\$\{?(document_root|realpath_root)/.exec(path)?.[1];
  if (variable === undefined) return null;
  return { message: `the $${variable} variable cannot be used in the "${name}" directive`, word: 1 };
};

const METHODS = 'GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH'.split(' ');

export const limitExcept: Setter = ({ args }) => {
  const index = args.findIndex((word) => !METHODS.includes(word.toUpperCase()));
  return index < 0 ? null : { message: `invalid method "${args[index]}"`, word: index + 1 };
};

export const aio: Setter = (check) => {
  const [value = ''] = check.args;
  return value === 'on' || value === 'off' || /^threads(?:=|$)/.test(value) ? null : invalid(check);
};

export const directio: Setter = (check) => {
  const [value = ''] = check.args;
  return value === 'off' || parseBytes(value, 'offset') !== null ? null : invalid(check);
};

export const errorPage: Setter = ({ args }) => {
  const answer = args.length - 2;
  const [code = ''] = args.slice(answer, answer + 1);
  const overwritten = code.startsWith('=');
  if (overwritten && (answer === 0 || (code !== '=' && parseInteger(code.slice(1)) === null))) {
    return { message: `invalid value "${code}"`, word: answer + 1 };
  }
  for (const [index, word] of args.slice(0, overwritten ? answer : answer + 1).entries()) {
    const status = parseInteger(word);
    if (status === null || status === 499) return { message: `invalid value "${word}"`, word: index + 1 };
    if (status < 300 || status > 599) {
      return { message: `value "${word}" must be between 300 and 599`, word: index + 1 };
    }
  }
  return null;
};

export const openFileCache: Setter = ({ args, name }) => {
  let max = false;
  for (const [index, word] of args.entries()) {
    const [, key, value = ''] = /^(max|inactive)=(.*)$/s.exec(word) ?? [];
    if (key === 'max' && (parseInteger(value) ?? 0) > 0) max = true;
    else if (!(key === 'inactive' && parseTime(value, 'sec') !== null) && word !== 'off') {
      return { message: `invalid "${name}" parameter "${word}"`, word: index + 1 };
    }
  }
  return max || args.includes('off') ? null : { message: `"${name}" must have the "max" parameter` };
};

export const keepaliveTimeout: Setter = (check) => {
  const [timeout = '', header] = check.args;
  const valid = parseTime(timeout, 'msec') !== null && (header === undefined || parseTime(header, 'sec') !== null);
  return valid ? null : invalid(check);
};

export const resolver: Setter = ({ args }) => {
  for (const [index, word] of args.entries()) {
    const fault = resolverFault(word);
    if (fault !== null) return { message: fault, word: index + 1 };
  }
  return null;
};

function resolverFault(word: string): string | null {
  if (word.startsWith('valid=')) return parseTime(word.slice(6), 'sec') === null ? `invalid parameter: ${word}` : null;
  if (/^ipv[46]=/.test(word)) return /=(?:on|off)$/.test(word) ? null : `invalid parameter: ${word}`;
  if (word.startsWith('status_zone=')) return null;
  const address = parseAddress(word, { defaultPort: 53 });
  return isFault(address) ? `${address.fault} in resolver "${word}"` : null;
}

export const tryFiles: Setter = ({ args }) => {
  const last = args.at(-1) ?? '';
  if (!last.startsWith('=') || last.includes('$')) return null;
  const code = parseInteger(last.slice(1));
  return code !== null && code <= 999 ? null : { message: `invalid code "${last}"`, word: args.length };
};

export const expires: Setter = (check) => {
  const { args } = check;
  const modified = args.length === 2;
  if (modified && args[0] !== 'modified') return invalid(check);
  const value = args.at(-1) ?? '';
  if (value.includes('$') || (!modified && ['epoch', 'max', 'off'].includes(value))) return null;
  if (value.startsWith('@') && modified) return invalid(check, 'daily time cannot be used with "modified" parameter');
  const seconds = parseTime(value.replace(/^[@+-]/, ''), 'sec');
  if (seconds === null) return invalid(check);
  return value.startsWith('@') && seconds > 86_400
    ? invalid(check, 'daily time value must be less than 24 hours')
    : null;
};

export const addHeader: Setter = ({ args }) =>
  args.length < 3 || args[2] === 'always' ? null : { message: `invalid parameter "${args[2]}"`, word: 3 };

export const logFormat: Setter = (check) => {
  const [name = '', escape = ''] = check.args;
  const key = `${check.context} log_format ${name}`;
  const related =
    name === 'combined' && check.context === 'http' ? check.setting : remember(check.memory, key, check.setting);
  if (related !== null) {
    const earlier = related === check.setting ? null : related;
    return { message: `duplicate "log_format" name "${name}"`, word: 1, related: earlier };
  }
  const escaping = escape.startsWith('escape=') ? escape.slice(7) : 'default';
  if (['json', 'none', 'default'].includes(escaping)) return null;
  return { message: `unknown log format escaping "${escaping}"`, word: 2 };
};

/** Formats must be there before they are used. */
export const accessLog: Setter = (check) => {
  const { args, memory, context } = check;
  if (args[0] === 'off') return args.length === 1 ? null : { message: `invalid parameter "${args[1]}"`, word: 2 };
  const family = context.startsWith('stream') ? 'stream' : 'http';
  const format = args[1];
  if (format !== undefined && memory.complete && !hasFormat(memory.named, family, format)) {
    return { message: `unknown log format "${format}"`, word: 2 };
  }
  for (const [index, word] of args.slice(2).entries()) {
    const message = logParameterFault(word);
    if (message !== null) return { message, word: index + 3 };
  }
  return bufferFault(args);
};

/** nginx compares the format's name without regard to case. */
function hasFormat(named: ReadonlyMap<string, unknown>, family: string, format: string): boolean {
  const key = `${family} log_format ${format}`;
  if (family === 'http' && format.toLowerCase() === 'combined') return true;
  if (named.has(key)) return true;
  for (const known of named.keys()) if (known.toLowerCase() === key.toLowerCase()) return true;
  return false;
}

function logParameterFault(word: string): string | null {
  const [, key, value = ''] = /^(buffer|flush|gzip|if)=(.*)$/s.exec(word) ?? [];
  if (key === 'buffer') return (parseBytes(value, 'size') ?? 0) > 0 ? null : `invalid buffer size "${value}"`;
  if (key === 'flush') return (parseTime(value, 'msec') ?? 0) > 0 ? null : `invalid flush time "${value}"`;
  if (key === 'gzip') return /^0*[1-9]$/.test(value) ? null : `invalid compression level "${value}"`;
  return key === 'if' || word === 'gzip' ? null : `invalid parameter "${word}"`;
}

function bufferFault(args: readonly string[]): Fault | null {
  const [path = '', , ...parameters] = args;
  const buffered = parameters.some((word) => /^(?:buffer=|gzip(?:=|$))/.test(word));
  if (!buffered && parameters.some((word) => word.startsWith('flush='))) {
    return { message: `no buffer is defined for access_log "${path}"` };
  }
  if (!buffered) return null;
  if (path.startsWith('syslog:')) return { message: 'logs to syslog cannot be buffered' };
  return path.includes('$') ? { message: 'buffered logs cannot have variables in name' } : null;
}

export const sessionCache: Setter = ({ args }) => {
  for (const [index, word] of args.entries()) {
    const message = sessionCacheFault(word);
    if (message !== null) return { message, word: index + 1 };
  }
  return null;
};

function sessionCacheFault(word: string): string | null {
  if (['off', 'none', 'builtin'].includes(word)) return null;
  if (/^builtin:\d+$/.test(word)) return null;
  const shared = /^shared:[^:]+:(.*)$/s.exec(word);
  const bytes = shared === null ? null : parseBytes(shared[1] ?? '', 'size');
  if (bytes === null) return `invalid session cache "${word}"`;
  return bytes < 8 * 4096 ? `session cache "${word}" is too small` : null;
}
