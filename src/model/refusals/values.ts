import { wordsOf } from '../directives';
import type { DirectiveForm } from '../directives';
import type { NginxVersion } from '../version';
import type { Fault } from './check';
import { mayBeSince } from './check';
import { parseBytes, parseInteger, parseTime } from './numbers';

/** What nginx's generic setters (ngx_conf_set_*_slot) say of the arguments. */
export function valueFault(
  name: string,
  args: readonly string[],
  form: DirectiveForm,
  version: NginxVersion | null,
): Fault | null {
  const value = args[0] ?? '';
  switch (form.kind) {
    case 'flag':
      return value.toLowerCase() === 'on' || value.toLowerCase() === 'off'
        ? null
        : { message: `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`, word: 1 };
    case 'msec':
    case 'sec':
      return parseTime(value, form.kind) === null ? invalid(name) : null;
    case 'size':
    case 'offset':
      return parseBytes(value, form.kind) === null ? invalid(name) : null;
    case 'size$':
      return value.includes('$') || parseBytes(value, 'size') !== null ? null : invalid(name);
    case 'number':
      return numberFault(value, form) ?? (parseInteger(value) === null ? invalid(name, 'invalid number') : null);
    case 'buffers':
      return (parseInteger(value) ?? 0) === 0 || (parseBytes(args[1] ?? '', 'size') ?? 0) === 0 ? invalid(name) : null;
    case 'enum':
      return wordsFault(args.slice(0, 1), form, version);
    case 'mask':
      return wordsFault(args, form, version);
    case 'access':
      return firstFault(args, (word) => !/^(?:user|group|all):rw?$/.test(word), 'invalid value');
    case 'path':
      return pathLevelsAllowed(args.slice(1)) ? null : invalid(name);
    case 'valid':
      return validFault(args);
    case 'params':
      return args.length < 3 || args[2] === 'if_not_empty'
        ? null
        : { message: `invalid parameter "${args[2]}"`, word: 3 };
    default:
      return null;
  }
}

function invalid(name: string, text = 'invalid value'): Fault {
  return { message: `"${name}" directive ${text}`, word: 1 };
}

function numberFault(value: string, form: DirectiveForm): Fault | null {
  const number = parseInteger(value);
  if (number === null || form.bounds === null) return null;
  const [low, high] = form.bounds;
  return number < low || number > high ? { message: `value must be between ${low} and ${high}`, word: 1 } : null;
}

function wordsFault(args: readonly string[], form: DirectiveForm, version: NginxVersion | null): Fault | null {
  const words = wordsOf(form);
  const allowed = (word: string): boolean =>
    words.some((known) => known.word.toLowerCase() === word.toLowerCase() && mayBeSince(version, known.since));
  return firstFault(args, (word) => !allowed(word), 'invalid value');
}

function firstFault(args: readonly string[], refused: (word: string) => boolean, what: string): Fault | null {
  const index = args.findIndex(refused);
  return index < 0 ? null : { message: `${what} "${args[index]}"`, word: index + 1 };
}

/** At most ten characters of directory names in all (ngx_conf_set_path_slot). */
function pathLevelsAllowed(levels: readonly string[]): boolean {
  const numbers = levels.map((level) => parseInteger(level) ?? 0);
  return numbers.every((level) => level > 0) && numbers.reduce((sum, level) => sum + level, 0) <= 10;
}

function validFault(args: readonly string[]): Fault | null {
  const time = args.at(-1) ?? '';
  if (parseTime(time, 'sec') === null) return { message: `invalid time value "${time}"`, word: args.length };
  const refused = (status: string): boolean => {
    const code = parseInteger(status) ?? 0;
    return status !== 'any' && (code < 100 || code > 599);
  };
  return firstFault(args.slice(0, -1), refused, 'invalid status');
}
