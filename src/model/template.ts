import { hasPlaceholder } from '../syntax/placeholders';
import type { Setting } from './scope';
import { toBytes } from './value';

/** A piece of a word: text, `$name` (lower case, as nginx keeps names), or `$1`..`$9`. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'capture'; readonly group: number }
  /** A placeholder of a template of configurations (Jinja, envsubst...): what it becomes is unknown. */
  | { readonly kind: 'placeholder' };

/** A word as nginx compiles it (ngx_http_script_compile). */
export interface Template {
  readonly source: string;
  readonly parts: readonly Part[];
  /** The text when there is nothing to work out, else null. */
  readonly constant: string | null;
  /** What nginx refuses: `invalid variable name`, a missing bracket. Such a word has no value. */
  readonly fault: string | null;
}

const KEEP = 20_000;
const compiled = new Map<string, Template>();

/** Compiles a byte string. Results are kept: the same few words stand in thousands of locations. */
export function compileTemplate(source: string): Template {
  let template = compiled.get(source);
  if (template === undefined) {
    template = source.includes('$') || hasPlaceholder(source) ? parse(source) : constant(source);
    if (compiled.size >= KEEP) compiled.clear();
    compiled.set(source, template);
  }
  return template;
}

/** Argument `index` of a directive as a byte string; the empty string when there is none. */
export function argument(setting: Setting, index: number): string {
  return wordBytes(setting, setting.directive.args[index] ?? '');
}

/** Text of a directive as a byte string: a latin1 source holds bytes already. */
export function wordBytes(setting: Setting, text: string): string {
  return setting.tree.source.encoding === 'utf8' ? toBytes(text) : text;
}

export function argumentTemplate(setting: Setting, index: number): Template {
  return compileTemplate(argument(setting, index));
}

/** Names of the variables in a word, in lower case. */
export function variablesIn(word: string): readonly string[] {
  return [...word.matchAll(/\$\{?(\w+)/g)].map((match) => (match[1] ?? '').toLowerCase());
}

function constant(source: string): Template {
  return { source, parts: source === '' ? [] : [{ kind: 'text', text: source }], constant: source, fault: null };
}

/** `$1`, `$name`, `${name}`; there is no escape for `$`. */
const VARIABLE = /\$(?:([1-9])|\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/y;

function parse(source: string): Template {
  if (hasPlaceholder(source)) return { source, parts: [{ kind: 'placeholder' }], constant: null, fault: null };
  const parts: Part[] = [];
  let at = 0;
  while (at < source.length) {
    const dollar = source.indexOf('$', at);
    const end = dollar < 0 ? source.length : dollar;
    if (end > at) parts.push({ kind: 'text', text: source.slice(at, end) });
    if (dollar < 0) break;
    VARIABLE.lastIndex = dollar;
    const match = VARIABLE.exec(source);
    if (match === null) return { source, parts, constant: null, fault: faultAt(source, dollar) };
    parts.push(partOf(match));
    at = VARIABLE.lastIndex;
  }
  return { source, parts, constant: null, fault: null };
}

function partOf(match: RegExpExecArray): Part {
  const [, group, braced, bare] = match;
  if (group !== undefined) return { kind: 'capture', group: Number(group) };
  return { kind: 'variable', name: (braced ?? bare ?? '').toLowerCase() };
}

function faultAt(source: string, dollar: number): string {
  const open = /^\$\{([A-Za-z0-9_]*)/.exec(source.slice(dollar));
  if (open === null || source.length === dollar + 2) return 'invalid variable name';
  const name = open[1] ?? '';
  if (source[dollar + 2 + name.length] === '}') return 'invalid variable name';
  return `the closing bracket in "${name}" variable is missing`;
}
