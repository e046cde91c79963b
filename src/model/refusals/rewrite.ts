import type { Setting } from '../scope';
import { namedBuiltin } from '../builtin-variables';
import type { Check, Fault, Setter } from './check';
import { isHttp } from './check';
import { parseInteger } from './numbers';
import { regexFault } from './regexes';

const FLAGS: readonly string[] = ['last', 'break', 'redirect', 'permanent'];
const REDIRECT = /^(?:https?:\/\/|\$scheme)/;

export const returnCode: Setter = ({ args }) => {
  const [code = ''] = args;
  const number = parseInteger(code);
  if (number === null ? args.length === 1 && REDIRECT.test(code) : number <= 999) return null;
  return { message: `invalid return code "${code}"`, word: 1 };
};

export const rewrite: Setter = ({ args }) => {
  if (args[1] === '') return { message: 'empty replacement', word: 2 };
  const fault = regexFault(args[0] ?? '', 1);
  const flag = args[2];
  if (fault !== null || flag === undefined || FLAGS.includes(flag)) return fault;
  return { message: `invalid parameter "${flag}"`, word: 3 };
};

/** The variable that argument `index` names may be defined here; -1 is the last argument. */
export function definesVariable(index: number): Setter {
  return (check) => definitionFault(check, index < 0 ? check.args.length - 1 : index);
}

function definitionFault(check: Check, index: number): Fault | null {
  const word = check.args[index] ?? '';
  if (!word.startsWith('$')) return { message: `invalid variable name "${word}"`, word: index + 1 };
  if (word === '$') return { message: 'invalid variable name "$"', word: index + 1 };
  const name = word.slice(1);
  const builtin = namedBuiltin(name.toLowerCase(), isHttp(check.context) ? 'http' : 'stream');
  // Known since then only; an older version lets it be defined.
  const everywhere = builtin !== null && builtin.since <= (check.version ?? 0);
  return everywhere && !builtin.changeable ? { message: `the duplicate "${name}" variable`, word: index + 1 } : null;
}

/** An `if` condition taken apart as ngx_http_rewrite_if_condition does. */
export interface Condition {
  readonly fault: Fault | null;
  /** Whole name of the variable tested, lower case. */
  readonly variable: string | null;
  /** Index of the word (1 = first argument) whose text is compiled: right side of `=`, path of a file test. */
  readonly compiled: { readonly word: number; readonly text: string } | null;
  readonly regex: string | null;
}

const FILE_TEST = /^!?-[fdex]/;

export function parseCondition(setting: Setting): Condition {
  const words = [...setting.directive.args];
  const refuse = (index: number): Condition => failed(`invalid condition "${words[index] ?? ''}"`, index);
  let last = words.length - 1;
  if (!(words[0] ?? '').startsWith('(')) return refuse(0);
  let at = 0;
  if (words[0] === '(') at = 1;
  else words[0] = (words[0] ?? '').slice(1);
  if (!(words[last] ?? '').endsWith(')')) return refuse(last);
  if (words[last] === ')') last--;
  else words[last] = (words[last] ?? '').slice(0, -1);
  const subject = words[at] ?? '';
  if (subject.length > 1 && subject.startsWith('$')) {
    return at !== last && at + 2 !== last ? refuse(at) : comparison(words, at, last);
  }
  const test = subject.length <= 3 && (subject.length === 2 ? subject.startsWith('-') : subject.startsWith('!-'));
  if (!test || at + 1 !== last || !FILE_TEST.test(subject)) return refuse(at);
  return { fault: null, variable: null, compiled: { word: last + 1, text: words[last] ?? '' }, regex: null };
}

function failed(message: string, index: number): Condition {
  return { fault: { message, word: index + 1 }, variable: null, compiled: null, regex: null };
}

function comparison(words: readonly string[], at: number, last: number): Condition {
  const variable = (words[at] ?? '').slice(1).toLowerCase();
  if (at === last) return { fault: null, variable, compiled: null, regex: null };
  const operator = words[at + 1] ?? '';
  const text = words[last] ?? '';
  if (/^!?=$/.test(operator)) return { fault: null, variable, compiled: { word: last + 1, text }, regex: null };
  if (/^!?~\*?$/.test(operator)) return { fault: null, variable, compiled: null, regex: text };
  return failed(`unexpected "${operator}" in condition`, at + 1);
}

export const condition: Setter = ({ setting, args }) => {
  const { fault, regex } = parseCondition(setting);
  if (fault !== null || regex === null) return fault;
  return regexFault(regex, args.at(-1) === ')' ? args.length - 1 : args.length);
};
