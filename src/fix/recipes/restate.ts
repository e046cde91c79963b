import type { Setting } from '../../model/scope';
import { bodyOfFile, type Body } from '../body';
import { refusal, type Refusal } from '../change';
import type { FixContext } from '../context';
import { asWord, type FreshLine } from '../neighbours';
import { copiedWords } from './words';

/** An entry to be said again at an inner level; `value` when it changes on the way. */
export interface Restated {
  readonly setting: Setting;
  readonly value: string | null;
}

/** Nobody wants more of them in a block; thousands in each of thousands of blocks would be a square of lines. */
export const MOST_RESTATED = 100;
export const TOO_MANY = `more than ${MOST_RESTATED} lines would have to be repeated`;

/** The lines that say inherited entries again: each as it stands, or one include when that brought exactly these. */
export function restatedLines(
  context: FixContext,
  list: string,
  entries: readonly Restated[],
  body: Body,
): readonly FreshLine[] | Refusal {
  if (entries.length > MOST_RESTATED) return refusal(TOO_MANY);
  const lines: FreshLine[] = [];
  for (let at = 0; at < entries.length;) {
    const run = runOfInclude(context, list, entries, at);
    const first = entries[at];
    if (first === undefined) break;
    const words = run > 0 && first.setting.via !== null ? copiedWords(first.setting.via, body.tree) : line(first, body);
    if (words === null) return refusal('the file cannot hold the characters of the lines to be restated');
    if (run === 0 && isOutside(context, first.setting)) {
      return refusal('it would copy lines of a file outside the given paths (--allow names what may be read)');
    }
    lines.push(words);
    at += Math.max(1, run);
  }
  return lines;
}

/** What a patch shows must not come from where a pull request leads the tool. */
function isOutside({ workspace }: FixContext, { tree }: Setting): boolean {
  return workspace.outside?.has(tree.source.path) === true;
}

function line({ setting, value }: Restated, body: Body): FreshLine | null {
  const words = copiedWords(setting, body.tree);
  if (words === null || value === null) return words;
  const [name = '', key = ''] = words;
  return [name, key, asWord(value, body, name)];
}

/** How many entries from `at` on are the whole content of one included file that holds nothing else; 0 if not so. */
function runOfInclude(context: FixContext, list: string, entries: readonly Restated[], at: number): number {
  const via = entries[at]?.setting.via ?? null;
  const tree = entries[at]?.setting.tree;
  if (via === null || tree === undefined || via.scope !== entries[at]?.setting.scope) return 0;
  const target = context.workspace.includes.get(via.directive.args[0] ?? '');
  if (target?.kind !== 'files' || target.files.length !== 1) return 0;
  const { directives } = bodyOfFile(tree);
  if (directives.length < 2 || directives.some(({ name }) => name !== list)) return 0;
  const whole = directives.every((directive, index) => {
    const entry = entries[at + index];
    return entry?.setting.directive === directive && entry.setting.via === via && entry.value === null;
  });
  return whole ? directives.length : 0;
}
