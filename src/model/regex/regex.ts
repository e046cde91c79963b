import { RegexFault } from './ast';
import type { Node } from './ast';
import { parsePattern } from './parse';
import type { Program } from './instructions';
import { compileProgram } from './program';
import { run } from './run';

/**
 * A pattern compiled as PCRE2 compiles it for nginx: over bytes, without UTF mode. Debian's nginx 1.22.1 is linked with
 * PCRE2 10.42; nginx before 1.21.5 knows PCRE 8 only.
 */
export interface Regex {
  readonly pattern: string;
  readonly caseless: boolean;
  /** How many capturing groups there are. */
  readonly groups: number;
  /** Names of groups as written, with their numbers. */
  readonly names: ReadonlyMap<string, number>;
  readonly root: Node;
  readonly program: Program;
}

/** What matched. Byte strings. */
export interface RegexMatch {
  /** The whole match, then each group; a group that took no part is empty, as nginx hands it to `$1`. */
  readonly groups: readonly string[];
  /** Named groups by the variable they set: in lower case. */
  readonly names: ReadonlyMap<string, string>;
  /** Offsets of the whole match in the subject. */
  readonly start: number;
  readonly end: number;
}

/** Why there is no Regex: PCRE refuses the pattern (in its words), or this matcher does not cover it. */
export type NoRegex = { readonly invalid: string } | { readonly unsupported: string };

const CACHE_LIMIT = 20_000;
const cache = new Map<string, Regex | NoRegex>();

/** `pattern` is a byte string, without nginx's `~`. The answer is remembered. */
export function compileRegex(pattern: string, caseless: boolean): Regex | NoRegex {
  const key = (caseless ? 'i' : 'c') + pattern;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const compiled = compile(pattern, caseless);
  cache.set(key, compiled);
  return compiled;
}

export function isRegex(compiled: Regex | NoRegex): compiled is Regex {
  return 'program' in compiled;
}

function compile(pattern: string, caseless: boolean): Regex | NoRegex {
  try {
    const parsed = parsePattern(pattern, caseless);
    const { groups, names, root } = parsed;
    return { pattern, caseless, groups, names, root, program: compileProgram(parsed) };
  } catch (fault) {
    if (!(fault instanceof RegexFault)) throw fault;
    return fault.verdict === 'invalid' ? { invalid: fault.message } : { unsupported: fault.message };
  }
}

/** `unknown`: the bound on steps was reached before there was an answer. */
export function matchRegex(regex: Regex, subject: string): RegexMatch | null | 'unknown' {
  const registers = run(regex.program, subject);
  if (registers === null || registers === 'unknown') return registers;
  const groups: string[] = [];
  for (let group = 0; group <= regex.groups; group++) groups.push(captured(registers, group, subject));
  return { groups, names: variables(regex, groups), start: registers[0] ?? 0, end: registers[1] ?? 0 };
}

function captured(registers: Int32Array, group: number, subject: string): string {
  const from = registers[2 * group] ?? -1;
  const to = registers[2 * group + 1] ?? -1;
  return from < 0 || to < from ? '' : subject.slice(from, to);
}

/** nginx walks PCRE's table of names, which is sorted; names that differ in case alone set one variable. */
function variables(regex: Regex, groups: readonly string[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const name of [...regex.names.keys()].sort())
    variables.set(name.toLowerCase(), groups[regex.names.get(name) ?? 0] ?? '');
  return variables;
}
