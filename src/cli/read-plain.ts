import { OPTIONS } from './option-table';
import type { OptionSpec } from './option-table';

/** Words as they were given, options by their name in the order given; `false` stands for `--no-name`. */
export interface RawArguments {
  readonly operands: readonly string[];
  readonly options: ReadonlyMap<string, readonly (string | boolean)[]>;
}

/**
 * Reads argv when it holds only options of the table in their plain forms; null for anything else, which is yargs's to
 * read and to refuse. Loading yargs takes longer than linting a small file (docs/measurements.md).
 */
export function readPlain(argv: readonly string[]): RawArguments | null {
  const operands: string[] = [];
  const options = new Map<string, (string | boolean)[]>();
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return { operands: [...operands, ...argv.slice(at + 1)], options };
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word);
      continue;
    }
    const read = readOption(word, argv[at + 1]);
    if (read === null) return null;
    const values = options.get(read.name);
    if (values === undefined) options.set(read.name, [read.value]);
    else values.push(read.value);
    if (read.tookNext) at += 1;
  }
  return { operands, options };
}

interface ReadOption {
  readonly name: string;
  readonly value: string | boolean;
  readonly tookNext: boolean;
}

function readOption(word: string, next: string | undefined): ReadOption | null {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const attached = equals < 0 ? null : word.slice(equals + 1);
  const found = specFor(name);
  if (found === null) return null;
  const { spec, negated } = found;
  if (negated || spec.kind === 'flag') {
    // yargs takes a `true` or `false` behind a flag for its value
    const plain = attached === null && next !== 'true' && next !== 'false';
    return plain ? { name: spec.name, value: !negated, tookNext: false } : null;
  }
  if (attached !== null) return attached === '' ? null : { name: spec.name, value: attached, tookNext: false };
  if (next === undefined || next === '' || (next.startsWith('-') && next !== '-')) return null;
  return { name: spec.name, value: next, tookNext: true };
}

function specFor(word: string): { readonly spec: OptionSpec; readonly negated: boolean } | null {
  for (const spec of OPTIONS) {
    if (word === `--${spec.name}` || (spec.short !== undefined && word === `-${spec.short}`)) {
      return { spec, negated: false };
    }
    if (spec.negatable === true && word === `--no-${spec.name}`) return { spec, negated: true };
  }
  return null;
}
