import type { Context, DirectiveForm } from '../directives';
import { directiveSpec } from '../directives';
import { parseCondition } from './rewrite';
import type { Setting } from '../scope';
import { compileTemplate, wordBytes } from '../template';
import type { Template } from '../template';
import type { Fault } from './check';

/**
 * Arguments that nginx compiles as templates with variables: all, the last, from one on, or these (1 = the first).
 * Directives whose generic setter compiles them (`complex`, `predicates`) need not stand here.
 */
type Compiled = 'all' | 'last' | { readonly from: number } | readonly number[];

const COMPILED: Readonly<Record<string, Compiled>> = {
  add_header: [2],
  add_trailer: [2],
  alias: [1],
  auth_basic_user_file: [1],
  auth_request_set: [2],
  error_page: 'last',
  expires: 'last',
  grpc_set_header: [2],
  hash: [1],
  image_filter_jpeg_quality: [1],
  index: 'all',
  limit_conn_zone: [1],
  limit_req_zone: [1],
  log_format: { from: 2 },
  map: [1],
  pass: [1],
  proxy_cookie_domain: 'all',
  proxy_cookie_flags: 'all',
  proxy_cookie_path: 'all',
  proxy_redirect: 'all',
  proxy_set_body: [1],
  proxy_set_header: [2],
  return: 'last',
  rewrite: [2],
  root: [1],
  set: [2],
  split_clients: [1],
  ssl_certificate: [1],
  ssl_certificate_key: [1],
  sub_filter: 'all',
  try_files: 'all',
};

const MODULES: ReadonlySet<string> = new Set(['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'tunnel']);
const OF_EACH: ReadonlySet<string> = new Set(['pass', 'bind', 'cache', 'cache_key', 'store', 'param']);
/** Compiled only when the whole block is read, so that nginx names another line. */
const MERGED: ReadonlySet<string> = new Set([
  'fastcgi_param',
  'grpc_set_header',
  'proxy_set_body',
  'proxy_set_header',
  'scgi_param',
  'uwsgi_param',
]);

/** `proxy_pass`, `fastcgi_pass`... */
function isOfEach(name: string): boolean {
  const at = name.indexOf('_');
  return MODULES.has(name.slice(0, at)) && OF_EACH.has(name.slice(at + 1));
}

/** Whether `compileWords` can find anything in directives of these forms. */
export function mayCompile(name: string, forms: readonly DirectiveForm[]): boolean {
  const special = name === 'if' || name === 'geo' || name === 'access_log' || name === 'memcached_pass';
  const generic = forms.some(({ kind }) => kind === 'predicates' || kind === 'complex' || kind === 'size$');
  return special || generic || Object.hasOwn(COMPILED, name) || isOfEach(name);
}

function compiledWords(setting: Setting, context: Context): readonly number[] {
  const { name, args } = setting.directive;
  if (name === 'access_log') return logWords(args);
  const listed = Object.hasOwn(COMPILED, name) ? COMPILED[name] : undefined;
  if (listed === undefined) {
    if (isOfEach(name)) return name.endsWith('_param') ? [2] : [1];
    return byKind(name, args.length, context);
  }
  if (listed === 'all') return args.map((_, index) => index + 1);
  if (listed === 'last') return [args.length];
  if ('from' in listed) return args.map((_, index) => index + 1).slice(listed.from - 1);
  return listed;
}

function logWords(args: readonly string[]): readonly number[] {
  const filter = args.findIndex((word) => word.startsWith('if=')) + 1;
  const path = args[0]?.startsWith('syslog:') === true ? [] : [1];
  return filter > 1 ? [...path, filter] : path;
}

function byKind(name: string, count: number, context: Context): readonly number[] {
  const family = context.startsWith('stream') ? 'stream' : 'http';
  const form = directiveSpec(name)?.forms.find(({ module }) => module.startsWith(`ngx_${family}`));
  if (form?.kind === 'predicates') return Array.from({ length: count }, (_, index) => index + 1);
  return form?.kind === 'complex' || form?.kind === 'size$' ? [1] : [];
}

function hasDollar(args: readonly string[]): boolean {
  for (const word of args) if (word.includes('$')) return true;
  return false;
}

export interface Use {
  readonly word: number;
  /** Lower case. */
  readonly variable: string;
}

interface Compilation {
  readonly uses: readonly Use[];
  readonly fault: Fault | null;
}

const NOTHING: Compilation = { uses: [], fault: null };

/** Variables that a directive asks for by name, and what is wrong with how they are written. */
export function compileWords(setting: Setting, context: Context): Compilation {
  const { name, args } = setting.directive;
  // It asks for the key itself; nothing but `set` defines it.
  if (name === 'memcached_pass') return { uses: [{ word: 0, variable: 'memcached_key' }], fault: null };
  if (!hasDollar(args) || context.startsWith('mail')) return NOTHING;
  if (name === 'if') return conditionUses(setting);
  if (name === 'geo') return geoUse(setting);
  const uses: Use[] = [];
  let fault: Fault | null = null;
  for (const word of compiledWords(setting, context)) {
    const text = args[word - 1] ?? '';
    // A regex of proxy_redirect or proxy_cookie_* is no template.
    if (text.startsWith('~') && word === 1 && /^proxy_(?:redirect|cookie)/.test(name)) continue;
    const template = compile(setting, text);
    fault ??= name === 'log_format' ? logFault(template, word) : faultOf(template, word, MERGED.has(name));
    usesOf(template, word, uses);
  }
  return { uses, fault };
}

function compile(setting: Setting, text: string): Template {
  return compileTemplate(wordBytes(setting, text));
}

function faultOf(template: Template, word: number, late: boolean): Fault | null {
  return template.fault === null ? null : { message: template.fault, word, late };
}

/** log_format has a reader of its own, with words of its own. */
function logFault(template: Template, word: number): Fault | null {
  if (template.fault !== 'invalid variable name') return faultOf(template, word, false);
  const at = template.source.search(/\$(?!\w|\{\w+\})/);
  return { message: `invalid parameter "${template.source.slice(at)}"`, word };
}

function usesOf(template: Template, word: number, into: Use[]): void {
  for (const part of template.parts) if (part.kind === 'variable') into.push({ word, variable: part.name });
}

function conditionUses(setting: Setting): Compilation {
  const { variable, compiled } = parseCondition(setting);
  const uses: Use[] = [];
  if (variable !== null) uses.push({ word: 1, variable });
  if (compiled === null) return { uses, fault: null };
  const template = compile(setting, compiled.text);
  usesOf(template, compiled.word, uses);
  return { uses, fault: faultOf(template, compiled.word, false) };
}

/** `geo $address $variable`: the first is asked for as a whole name. */
function geoUse({ directive }: Setting): Compilation {
  const [address = ''] = directive.args;
  if (directive.args.length !== 2 || !address.startsWith('$')) return NOTHING;
  return { uses: [{ word: 1, variable: address.slice(1).toLowerCase() }], fault: null };
}

/** The value of a map's line may hold variables. */
export function compileEntry(setting: Setting): Compilation {
  const [value = ''] = setting.directive.args;
  if (!value.includes('$')) return NOTHING;
  const template = compile(setting, value);
  const uses: Use[] = [];
  usesOf(template, 1, uses);
  return { uses, fault: faultOf(template, 1, false) };
}
