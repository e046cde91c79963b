import { builtinVariable, isModuleVariable } from '../builtin-variables';
import type { VariableFamily } from '../builtin-variables';
import type { Context } from '../directives';
import type { Configuration, Scope, Setting } from '../scope';
import type { NginxVersion } from '../version';
import { formatVersion } from '../version';
import type { Fault } from './check';
import type { Place } from './places';
import { compileEntry, compileWords } from './words';

interface PlacedUse {
  readonly setting: Setting;
  readonly word: number;
  readonly variable: string;
}

interface Family {
  readonly defined: Set<string>;
  readonly uses: PlacedUse[];
}

/** Variables that http and stream define and ask for; each has its own. */
export type Variables = Readonly<Record<VariableFamily, Family>>;

export function createVariables(): Variables {
  return { http: { defined: new Set(), uses: [] }, stream: { defined: new Set(), uses: [] } };
}

function familyOf(variables: Variables, context: Context): Family {
  return context.startsWith('stream') ? variables.stream : variables.http;
}

const CAPTURE = /\(\?P?[<'](\w+)[>']/g;

/** Remembers what a directive of nginx defines. */
export function define(variables: Variables, place: Place, setting: Setting, context: Context): void {
  const { args } = setting.directive;
  if (place.defines !== null) {
    const word = args.at(place.defines) ?? '';
    if (word.startsWith('$')) familyOf(variables, context).defined.add(word.slice(1).toLowerCase());
  }
  if (place.captures) {
    for (const word of args) if (word.includes('(')) defineCaptures(word, familyOf(variables, context).defined);
  }
  if (setting.opens?.kind === 'table') defineInTable(setting.opens, familyOf(variables, context).defined);
}

function defineCaptures(word: string, defined: Set<string>): void {
  for (const match of word.matchAll(CAPTURE)) defined.add((match[1] ?? '').toLowerCase());
}

function defineInTable(table: Scope, defined: Set<string>): void {
  for (const { directive } of table.settings) if (directive.name.includes('(')) defineCaptures(directive.name, defined);
}

/** A directive of an unknown module may define any variable that it names. */
export function defineAll(variables: Variables, setting: Setting, context: Context): void {
  const { defined } = familyOf(variables, context);
  const pending: Setting[] = [setting];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const word of [one.directive.name, ...one.directive.args]) {
      if (word.startsWith('$')) defined.add(word.slice(1).toLowerCase());
    }
    if (one.opens !== null) for (const each of one.opens.settings) pending.push(each);
  }
}

/** Remembers what a directive asks for, and reports what nginx says of how it is written. */
export function use(variables: Variables, setting: Setting, context: Context, report: (fault: Fault) => void): void {
  const { uses, fault } = compileWords(setting, context);
  if (fault !== null) report(fault);
  if (uses.length > 0) {
    const family = familyOf(variables, context);
    const ofHttp = family === variables.http;
    for (const { word, variable } of uses) {
      if (!ofHttp || !isPlain(variable)) family.uses.push({ setting, word, variable });
    }
  }
  if (setting.directive.name === 'map' && setting.opens !== null) useInMap(setting.opens, familyOf(variables, context));
}

/** Those that http always has and most configurations use: not worth remembering. */
function isPlain(variable: string): boolean {
  return PLAIN.has(variable) || variable.startsWith('http_');
}

const PLAIN: ReadonlySet<string> = new Set([
  'host',
  'remote_addr',
  'scheme',
  'request_uri',
  'uri',
  'args',
  'is_args',
  'server_name',
  'server_port',
  'document_root',
  'proxy_add_x_forwarded_for',
  'request_method',
  'query_string',
]);

function useInMap(table: Scope, family: Family): void {
  for (const setting of table.settings) {
    if (setting.directive.name === 'include') continue;
    for (const { word, variable } of compileEntry(setting).uses) family.uses.push({ setting, word, variable });
  }
}

/** `unknown "x" variable`: asked for, and neither built in nor defined anywhere in the block. */
export function* undefinedVariables(
  variables: Variables,
  configuration: Configuration,
  version: NginxVersion | null,
): Iterable<Fault & { readonly setting: Setting }> {
  for (const family of ['http', 'stream'] as const) {
    const { defined, uses } = variables[family];
    const certain = isComplete(configuration, configuration[family]);
    const judged = new Map<string, Fault | null>();
    for (const { setting, word, variable } of uses) {
      if (defined.has(variable)) continue;
      let fault = judged.get(variable);
      if (fault === undefined) judged.set(variable, (fault = undefinedFault(variable, family, version)));
      if (fault !== null) yield { ...fault, setting, word, certain };
    }
  }
}

function undefinedFault(variable: string, family: VariableFamily, version: NginxVersion | null): Fault | null {
  const builtin = builtinVariable(variable, family);
  if (builtin === null ? isModuleVariable(variable) : version === null || builtin.since <= version) return null;
  const versions = builtin === null ? null : `below ${formatVersion(builtin.since)}`;
  return { message: `unknown "${variable}" variable`, late: true, versions };
}

/** Any file of the block could define a variable: all of them must have been read. */
function isComplete({ brokenIncludes }: Configuration, block: Scope | null): boolean {
  const missing = brokenIncludes.some(({ kind }) => kind !== 'cycle');
  return block !== null && !block.assumed && !missing;
}
