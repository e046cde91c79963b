import { builtinVariable, isModuleVariable } from '../builtin-variables';
import type { VariableFamily } from '../builtin-variables';
import type { Context } from '../directives';
import type { Configuration, Scope, Setting } from '../scope';
import type { NginxVersion } from '../version';
import { formatVersion } from '../version';
import type { Fault } from './check';
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

/** Argument that names the variable; -1 is the last. */
const DEFINERS: Readonly<Record<string, number>> = {
  auth_request_set: 0,
  geo: -1,
  map: 1,
  perl_set: 0,
  set: 0,
  split_clients: 1,
};

const CAPTURE = /\(\?P?[<'](\w+)[>']/g;

/** Remembers what a directive defines. One of an unknown module may define any variable that it names. */
export function defineIn(variables: Variables, setting: Setting, context: Context, own: boolean): void {
  const { defined } = familyOf(variables, context);
  const { name, args } = setting.directive;
  if (!own) {
    defineAll(setting, defined);
    return;
  }
  if (Object.hasOwn(DEFINERS, name)) {
    const word = args.at(DEFINERS[name] ?? 0) ?? '';
    if (word.startsWith('$')) defined.add(word.slice(1).toLowerCase());
  }
  for (const word of args) if (word.includes('(?')) defineCaptures(word, defined);
  if (setting.opens?.kind === 'table') defineInTable(setting.opens, defined);
}

function defineCaptures(word: string, defined: Set<string>): void {
  for (const match of word.matchAll(CAPTURE)) defined.add((match[1] ?? '').toLowerCase());
}

function defineInTable(table: Scope, defined: Set<string>): void {
  for (const { directive } of table.settings)
    if (directive.name.includes('(?')) defineCaptures(directive.name, defined);
}

function defineAll(setting: Setting, defined: Set<string>): void {
  const pending: Setting[] = [setting];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const word of [one.directive.name, ...one.directive.args]) {
      if (word.startsWith('$')) defined.add(word.slice(1).toLowerCase());
    }
    if (one.opens !== null) pending.push(...one.opens.settings);
  }
}

/** Remembers what a directive asks for; what nginx says of how it is written. */
export function useIn(variables: Variables, setting: Setting, context: Context): readonly Fault[] {
  const { uses, fault } = compileWords(setting, context);
  const family = familyOf(variables, context);
  for (const { word, variable } of uses) family.uses.push({ setting, word, variable });
  const found: Fault[] = fault === null ? [] : [fault];
  if (setting.directive.name === 'map' && setting.opens !== null) useInMap(setting.opens, family);
  return found;
}

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
    for (const { setting, word, variable } of uses) {
      if (defined.has(variable) || isModuleVariable(variable)) continue;
      const builtin = builtinVariable(variable, family);
      if (builtin !== null && (version === null || builtin.since <= version)) continue;
      const versions = builtin === null ? null : `below ${formatVersion(builtin.since)}`;
      yield { setting, word, message: `unknown "${variable}" variable`, late: true, certain, versions };
    }
  }
}

/** Any file of the block could define a variable: all of them must have been read. */
function isComplete({ main, brokenIncludes }: Configuration, block: Scope | null): boolean {
  const missing = brokenIncludes.some(({ kind }) => kind !== 'cycle');
  return block !== null && !block.assumed && !main.assumed && !missing;
}
