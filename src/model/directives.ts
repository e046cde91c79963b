import { DIRECTIVES } from './data/directives';
import { MODULE_DIRECTIVES, MODULE_PREFIXES } from './data/module-directives';
import { parseVersion, type NginxVersion } from './version';

/** Blocks that a directive may stand in, as nginx's sources tell them apart. */
export type Context =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'if in server'
  | 'if in location'
  | 'limit_except'
  | 'upstream'
  | 'stream'
  | 'stream server'
  | 'stream upstream'
  | 'mail'
  | 'mail server';

/** How a directive's value at an outer level reaches an inner one. */
export type Merge =
  /** Set at most once a level; the nearest level wins. */
  | 'scalar'
  /** All or nothing: any entry at a level discards every outer one (nginx merges the whole array by pointer). */
  | 'list'
  /** Never inherited: proxy_pass, return, try_files... */
  | 'none';

/** What nginx checks while it reads the arguments; `own` = the directive has a setter of its own. */
export type ValueKind =
  | 'flag'
  | 'msec'
  | 'sec'
  | 'size'
  /** A size, unless it holds a variable. */
  | 'size$'
  | 'offset'
  | 'number'
  | 'buffers'
  | 'enum'
  | 'mask'
  | 'string'
  | 'strings'
  | 'pairs'
  /** One word that may hold variables. */
  | 'complex'
  /** Any number of words that may hold variables. */
  | 'predicates'
  | 'params'
  | 'types'
  /** Statuses and a time, as of proxy_cache_valid. */
  | 'valid'
  | 'access'
  | 'path'
  | 'own';

/** One form of a directive: what a module takes under this name, in a range of versions. */
export interface DirectiveForm {
  readonly module: string;
  /** Not in every build: `unknown directive` is possible. */
  readonly optional: boolean;
  /** Letters of data/directives.ts; ask `allowedIn`. */
  readonly contexts: string;
  /** Counts of arguments as data/directives.ts writes them: `12`, `1+`, `f`, `*`. */
  readonly arity: string;
  readonly block: boolean;
  readonly kind: ValueKind;
  /** Words of an enum or mask as data/directives.ts writes them; ask `wordsOf`. */
  readonly words: string;
  /** Bounds of a number. */
  readonly bounds: readonly [number, number] | null;
  /** A second one at the same level "is duplicate". */
  readonly once: boolean;
  readonly merge: Merge;
  /** Inclusive. */
  readonly since: NginxVersion;
  readonly until: NginxVersion;
}

export interface DirectiveSpec {
  readonly name: string;
  readonly forms: readonly DirectiveForm[];
}

const LETTERS: Readonly<Record<Context, string>> = {
  main: 'm',
  events: 'e',
  http: 'h',
  server: 's',
  location: 'l',
  'if in server': 'S',
  'if in location': 'L',
  limit_except: 'X',
  upstream: 'u',
  stream: 't',
  'stream server': 'v',
  'stream upstream': 'w',
  mail: 'M',
  'mail server': 'N',
};

const LISTS: ReadonlySet<string> = new Set(['mask', 'strings', 'pairs', 'predicates', 'params', 'types', 'valid']);
const MERGES: ReadonlySet<string> = new Set(['once', 'scalar', 'list', 'none']);

export function allowedIn(form: DirectiveForm, context: Context): boolean {
  return form.contexts === '*' || form.contexts.includes(LETTERS[context]);
}

export function inVersion(form: DirectiveForm, version: NginxVersion | null): boolean {
  return version === null || (form.since <= version && version <= form.until);
}

/** Words of an enum or mask, each with the version that brought it. */
export function wordsOf({ words }: DirectiveForm): readonly { readonly word: string; readonly since: NginxVersion }[] {
  if (words === '') return [];
  return words.split(',').map((text) => {
    const [word = '', since = ''] = text.split('@');
    return { word, since: parseVersion(since) ?? 0 };
  });
}

/** Whether the form takes this many arguments. */
export function takes(form: DirectiveForm, count: number): boolean {
  const { arity } = form;
  if (arity === '*') return true;
  if (arity === 'f') return count === 1;
  if (arity.endsWith('+')) return count >= Number(arity.slice(0, -1));
  return count < 8 && arity.includes(String(count));
}

let ownNames: ReadonlySet<string> | null = null;
let moduleNames: ReadonlySet<string> | null = null;
const decoded = new Map<string, DirectiveSpec | undefined>();

function namesOfModules(): ReadonlySet<string> {
  return (moduleNames ??= new Set(MODULE_DIRECTIVES.split(/\s+/).filter((name) => name !== '')));
}

/** What is known of an open-source directive; undefined for others, and for names nobody knows. */
export function directiveSpec(name: string): DirectiveSpec | undefined {
  const known = decoded.get(name);
  if (known !== undefined || decoded.has(name)) return known;
  const forms = isWord(name) ? recordsOf(name) : [];
  const spec = forms.length === 0 ? undefined : { name, forms };
  decoded.set(name, spec);
  return spec;
}

function isWord(name: string): boolean {
  return !name.startsWith('@') && !name.includes(' ') && !name.includes('\n');
}

/** Found by searching: to take the whole table apart for a map of it costs a small configuration two milliseconds. */
function recordsOf(name: string): DirectiveForm[] {
  const forms: DirectiveForm[] = [];
  const start = `\n${name} `;
  for (let at = DIRECTIVES.indexOf(start); at >= 0; at = DIRECTIVES.indexOf(start, at + 1)) {
    const heading = DIRECTIVES.lastIndexOf('\n@', at);
    forms.push(decode(lineAt(heading + 1), lineAt(at + 1)));
  }
  return forms;
}

function lineAt(start: number): string {
  return DIRECTIVES.slice(start, DIRECTIVES.indexOf('\n', start));
}

function decode(heading: string, line: string): DirectiveForm {
  const [module = '', optional] = heading.slice(1).split(' ');
  const [, contexts = '', arity = '', ...rest] = line.split(' ');
  const range = rest.at(-1)?.includes('..') === true && rest.length > 1 ? rest.pop() : undefined;
  const [since = '', until = ''] = range?.split('..') ?? [];
  const block = arity.startsWith('{');
  return {
    module,
    optional: optional !== undefined,
    contexts,
    arity: block ? arity.slice(1) : arity,
    block,
    ...decodeValue(rest),
    since: parseVersion(since) ?? 0,
    until: parseVersion(until) ?? Infinity,
  };
}

function decodeValue(rest: readonly string[]): Pick<DirectiveForm, 'kind' | 'words' | 'bounds' | 'once' | 'merge'> {
  const first = rest[0] ?? '';
  if (MERGES.has(first)) {
    return { kind: 'own', words: '', bounds: null, once: first === 'once', merge: rest.at(-1) as Merge };
  }
  const [kind = '', detail = ''] = first.split(':');
  const list = LISTS.has(kind);
  return {
    kind: kind as ValueKind,
    words: kind === 'number' ? '' : detail,
    bounds: kind === 'number' && detail !== '' ? decodeBounds(detail) : null,
    once: !list,
    merge: list ? 'list' : 'scalar',
  };
}

function decodeBounds(text: string): readonly [number, number] {
  const [low, high] = text.split('..');
  return [Number(low), Number(high)];
}

/** How the directive reaches inner levels. A name of a module unknown here counts as a scalar. */
export function mergeKind(name: string): Merge {
  return directiveSpec(name)?.forms[0]?.merge ?? 'scalar';
}

/** An open-source directive, or one of a widely used module. */
export function isKnown(name: string): boolean {
  return directiveSpec(name) !== undefined || isModuleDirective(name);
}

/** One that a third-party module or NGINX Plus brings, whether or not nginx has another under the same name. */
export function isModuleDirective(name: string): boolean {
  return namesOfModules().has(name) || MODULE_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** nginx's own names, then those of modules. */
export function knownNames(): readonly Iterable<string>[] {
  ownNames ??= new Set(DIRECTIVES.match(/^\w+(?= )/gm));
  return [ownNames, namesOfModules()];
}
