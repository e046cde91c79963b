import { variableSources } from './variable-sources';
import type { VariableSource } from './variable-sources';
import { chooseEntry } from './maps';
import type { ValueMap } from './maps';
import type { Match } from './match';
import type { Configuration } from './scope';
import type { Part, Template } from './template';
import { concatenate, isKnown, unknown } from './value';
import type { Value } from './value';

/** A variable that nginx itself provides. */
export interface Builtin {
  readonly value: Value;
  /** False for those that nginx works out anew at every use: `$uri`, `$args`, `$arg_*`... (NGX_HTTP_VAR_NOCACHEABLE). */
  readonly cached: boolean;
}

/** The request whose variables are asked for, as far as this room needs it. */
export interface Evaluation {
  readonly configuration: Configuration;
  /** Values set or worked out already: nginx keeps them for the whole request, over internal redirects. */
  readonly values: Map<string, Value>;
  /** What `$1`...`$9` refer to: groups of the regex that matched last, the whole match first. */
  captures: readonly Value[];
  /** The variable that nginx or one of its modules provides; null when there is none of this name. */
  builtin(name: string): Builtin | null;
}

/** nginx gives up on cycles after this many variables within variables (ngx_http_variable_depth). */
const DEPTH = 100;

export function evaluate(template: Template, run: Evaluation, depth = 0): Value {
  if (template.constant !== null) return template.constant;
  if (template.fault !== null) return unknown(`nginx refuses ${template.source}: ${template.fault}`);
  const first = template.parts[0];
  if (template.parts.length === 1 && first !== undefined) return partValue(first, run, depth);
  return twice(() => concatenate(template.parts.map((part) => partValue(part, run, depth))), template);
}

/**
 * nginx goes over a word twice: for its length, then for its text. A regex map in it that matches resets `$1`... in
 * between; a text that has become longer than the room it was given is an error (measured: 500).
 */
export function twice(read: () => Value, template: Template): Value {
  const before = read();
  if (!hasCapture(template)) return before;
  const after = read();
  const fits = !isKnown(before) || !isKnown(after) || after.length <= before.length;
  return fits ? after : unknown(`a regex map changes $1 while nginx works out ${template.source}`);
}

function hasCapture(template: Template): boolean {
  return template.parts.some(({ kind }) => kind === 'capture');
}

function partValue(part: Part, run: Evaluation, depth: number): Value {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'placeholder') return unknown('a placeholder of the template');
  if (part.kind === 'capture') return run.captures[part.group] ?? '';
  return variable(part.name, run, depth);
}

/** Value of the variable with this lower-case name. A variable that nothing defines is unknown (nginx refuses it). */
export function variable(name: string, run: Evaluation, depth = 0): Value {
  const known = run.values.get(name);
  if (known !== undefined) return known;
  if (depth >= DEPTH) return '';
  const definition = name === 'args' ? undefined : variableSources(run.configuration).get(name);
  if (definition !== undefined) return defined(name, definition, run, depth);
  const builtin = run.builtin(name);
  if (builtin === null) return unknown(`nothing defines $${name}`);
  if (builtin.cached) run.values.set(name, builtin.value);
  return builtin.value;
}

function defined(name: string, definition: VariableSource, run: Evaluation, depth: number): Value {
  if (definition.kind === 'empty' || definition.kind === 'capture') return '';
  if (definition.kind === 'runtime') return unknown(definition.reason);
  const value = mapped(definition.map, run, depth);
  if (!definition.map.volatile) run.values.set(name, value);
  return value;
}

/** Volatile maps within volatile maps are worked out again at every use: 2^100 times, if need be. */
const MOST_VOLATILE = 10_000;
const volatileUses = new WeakMap<Evaluation, number>();

function mapped(map: ValueMap, run: Evaluation, depth: number): Value {
  if (map.volatile) {
    const uses = (volatileUses.get(run) ?? 0) + 1;
    volatileUses.set(run, uses);
    if (uses > MOST_VOLATILE) return unknown('volatile maps are used too often to be followed');
  }
  const found = chooseEntry(map, evaluate(map.source, run, depth + 1));
  if ('unknown' in found) return found;
  if (found.match !== null) remember(found.match, run);
  return found.entry === null ? '' : evaluate(found.entry.value, run, depth + 1);
}

/** A regex that matched replaces `$1`... and sets its named captures (ngx_http_regex_exec). */
export function remember(match: Match, run: Evaluation): void {
  run.captures = match.groups;
  for (const [name, text] of match.names) run.values.set(name, text);
}
