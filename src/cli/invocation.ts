import { nearest } from '../model/distance';
import { COMMANDS, formatsOf, OPTIONS, optionNamed, optionsOf } from './option-table';
import type { CommandName, OptionSpec } from './option-table';
import type { RawArguments } from './read-plain';
import { quoted, UsageError } from './usage-error';

/** What was asked for, checked against the option table. Names are those of the table. */
export interface Invocation {
  readonly command: CommandName;
  /** Paths, URLs, a rule id: without the command's name. */
  readonly operands: readonly string[];
  given(name: string): boolean;
  flag(name: string): boolean;
  value(name: string): string | null;
  /** Null when not given, or taken back by `--no-name`. */
  number(name: string): number | null;
  list(name: string): readonly string[];
  /** `--no-name` was the last word on it. */
  negated(name: string): boolean;
}

export function commandOf(raw: RawArguments): CommandName {
  const [first] = raw.operands;
  return isCommand(first) ? first : 'lint';
}

function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && (COMMANDS as readonly string[]).includes(word);
}

/** `help [command]` and `version`, as other programs have them, are --help and --version. */
export function withoutAliases(raw: RawArguments): RawArguments {
  const [first, ...rest] = raw.operands;
  const [second] = rest;
  const asks = first === 'help' ? rest.length < 2 : first === 'version' && second === undefined;
  if (first === undefined || !asks) return raw;
  if (second !== undefined) oneOf('help', second, COMMANDS);
  return { operands: rest, options: new Map([...raw.options, [first, [true]]]) };
}

/** Throws UsageError: an unknown option or value, with the nearest one. */
export function checkArguments(raw: RawArguments): Invocation {
  const command = commandOf(raw);
  for (const [name, values] of raw.options) checkOption(command, name, values);
  const operands = isCommand(raw.operands[0]) ? raw.operands.slice(1) : raw.operands;
  const url = operands.find((word) => /^(?:ws|http)s?:\/\//i.test(word));
  if (command === 'lint' && url !== undefined) {
    throw new UsageError(`${quoted(url)} is no path; did you mean nginx-ws-lint trace ${quoted(url)}, or probe?`);
  }
  if (operands.includes('')) throw new UsageError('an empty word is no path');
  return invocation(command, operands, raw.options);
}

function checkOption(command: CommandName, name: string, values: readonly (string | boolean)[]): void {
  const spec = optionNamed(name);
  if (spec === undefined) {
    throw new UsageError(unknownOption(command, values.includes(false) ? `no-${name}` : name));
  }
  if (!spec.commands.includes(command)) throw new UsageError(`--${name} is not an option of ${command}`);
  for (const value of values) checkValue(command, spec, value);
}

function unknownOption(command: CommandName, name: string): string {
  const shown = quoted(name.length === 1 ? `-${name}` : `--${name}`).slice(1, -1);
  const known = optionsOf(command).flatMap(namesOf);
  const near = nearest(name, known, tolerance(name)) ?? nearest(name, OPTIONS.flatMap(namesOf), tolerance(name));
  if (near !== null) return `unknown option ${shown}; did you mean --${near}?`;
  return `unknown option ${shown}; nginx-ws-lint ${command === 'lint' ? '' : `${command} `}--help lists them`;
}

function namesOf(spec: OptionSpec): readonly string[] {
  return spec.negatable === true ? [spec.name, `no-${spec.name}`] : [spec.name];
}

/** How many typing errors a name of this length may hold and still be recognised. */
export function tolerance(word: string): number {
  return Math.max(1, Math.min(3, Math.floor(word.length / 3)));
}

const INSTEAD_OF_DASH: Readonly<Record<string, string>> = {
  patch: '--diff prints the patch on standard output',
  output: 'without it the report goes to standard output',
  baseline: 'it is there for later runs',
};

function checkValue(command: CommandName, spec: OptionSpec, value: string | boolean): void {
  const { name } = spec;
  if (typeof value === 'boolean') {
    if (!value && spec.negatable !== true) throw new UsageError(`unknown option --no-${name}; leave out --${name}`);
    if (value && spec.kind !== 'flag') throw new UsageError(`--${name} needs a value: --${name} ${spec.placeholder}`);
    return;
  }
  if (spec.kind === 'flag') throw new UsageError(`--${name} takes no value`);
  if (value === '') throw new UsageError(`--${name} needs a value: --${name} ${spec.placeholder}`);
  if (spec.choices !== undefined) oneOf(`--${name}`, value, spec.choices);
  if (spec.type === 'count' && !/^\d{1,9}$/.test(value)) {
    throw new UsageError(`--${name} takes a whole number from 0, not ${quoted(value)}`);
  }
  if (spec.type === 'seconds' && !/^\d{1,6}(\.\d{1,3})?$/.test(value)) {
    throw new UsageError(`--${name} takes seconds, not ${quoted(value)}`);
  }
  if (value === '-' && name in INSTEAD_OF_DASH)
    throw new UsageError(`--${name} takes a file; ${INSTEAD_OF_DASH[name]}`);
  if (name === 'format') oneOf('--format', value.split(':', 1)[0] ?? '', formatsOf(command));
}

/** Refuses a word that is none of these, with the nearest. */
export function oneOf(what: string, word: string, known: readonly string[]): void {
  if (known.includes(word)) return;
  const near =
    nearest(word, known, tolerance(word)) ?? known.find((each) => word.length > 1 && each.startsWith(word)) ?? null;
  const hint = near === null ? `it takes ${known.join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`${what}: ${quoted(word)} is unknown; ${hint}`);
}

function invocation(
  command: CommandName,
  operands: readonly string[],
  options: ReadonlyMap<string, readonly (string | boolean)[]>,
): Invocation {
  const last = (name: string): string | boolean | undefined => {
    if (optionNamed(name) === undefined) throw new RangeError(`no such option in the table: ${name}`);
    return options.get(name)?.at(-1);
  };
  const value = (name: string): string | null => {
    const found = last(name);
    return typeof found === 'string' ? found : null;
  };
  return {
    command,
    operands,
    given: (name) => last(name) !== undefined,
    flag: (name) => last(name) === true,
    value,
    number: (name) => {
      const found = value(name);
      return found === null ? null : Number(found);
    },
    list: (name) => (last(name) === undefined ? [] : words(optionNamed(name), options.get(name) ?? [])),
    negated: (name) => last(name) === false,
  };
}

function words(spec: OptionSpec | undefined, values: readonly (string | boolean)[]): readonly string[] {
  const given = values.filter((value) => typeof value === 'string');
  if (spec?.commas !== true) return given;
  return given.flatMap((value) => value.split(',').map((word) => word.trim())).filter((word) => word !== '');
}
