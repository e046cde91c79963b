import { rules } from '../../rules';
import { COMMANDS, OPTIONS, formatsOf, optionNamed, optionsOf } from './option-table';
import type { CommandName } from './option-table';
import { commandOf } from './invocation';

export const SHELLS = ['bash', 'zsh'] as const;

/**
 * Words that may come next; none: the shell offers files. The completion script hands over `--get-yargs-completions`, the
 * program's name, and the words so far, the one to be completed last.
 */
export function completions(argv: readonly string[]): readonly string[] {
  const words = argv.slice(2);
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const operands = before.filter((word, index) => !word.startsWith('-') && !takesValue(before[index - 1]));
  const command = commandOf({ operands, options: new Map() });
  const named = operands[0] === command;
  const found = takesValue(before.at(-1)) ? valuesOf(command, before.at(-1)) : wordsFor(command, named, current);
  return found.filter((word) => word.startsWith(current));
}

function takesValue(word: string | undefined): boolean {
  return word !== undefined && OPTIONS.some(({ name, kind }) => kind !== 'flag' && word === `--${name}`);
}

function valuesOf(command: CommandName, option = ''): readonly string[] {
  const ids = rules.map(({ id }) => id);
  if (option === '--format') return formatsOf(command);
  if (option === '--only') return ids;
  if (option === '--rule') return ids.map((id) => `${id}=`);
  return optionNamed(option.slice(2))?.choices ?? [];
}

function wordsFor(command: CommandName, named: boolean, current: string): readonly string[] {
  if (current.startsWith('-')) {
    return optionsOf(command).flatMap(({ name, negatable }) => [
      `--${name}`,
      ...(negatable === true ? [`--no-${name}`] : []),
    ]);
  }
  if (!named) return COMMANDS;
  if (command === 'explain') return rules.map(({ id }) => id);
  return command === 'completion' ? SHELLS : [];
}
