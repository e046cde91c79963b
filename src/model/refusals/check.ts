import type { Context, DirectiveForm } from '../directives';
import type { Scope, Setting } from '../scope';
import type { NginxVersion } from '../version';
import type { Memory } from './memory';

/** Something that nginx refuses, in its own words without `[emerg]` and the place. */
export interface Refusal {
  readonly setting: Setting;
  /** The word concerned; 0 is the directive's name. */
  readonly word: number;
  readonly message: string;
  /** Versions that refuse it, when not all do: `below 1.25.1`. */
  readonly versions: string | null;
  /** The first of a duplicate, the upstream that is meant... */
  readonly related: Setting | null;
  /** The same directive with the same arguments stands there already: removing this one changes nothing. */
  readonly identical: boolean;
  /** False when something that was not read, or blocks that were not given, could make it right. */
  readonly certain: boolean;
  /** nginx notices when the whole block or file is read: its message names another line, or none. */
  readonly late: boolean;
}

/** What a check finds; the rest of a Refusal has defaults. */
export interface Fault extends Partial<Omit<Refusal, 'message' | 'setting'>> {
  readonly message: string;
}

/** A directive under check, where its module's setter would see it. */
export interface Check {
  readonly setting: Setting;
  readonly name: string;
  readonly args: readonly string[];
  readonly scope: Scope;
  readonly context: Context;
  readonly form: DirectiveForm;
  /** null: refuse only what every supported version refuses. */
  readonly version: NginxVersion | null;
  readonly memory: Memory;
}

/** A directive's own setter: what it would refuse, null for nothing. Remembers what later directives depend on. */
export type Setter = (check: Check) => Fault | null;

export function invalid(check: Check, text = 'invalid value'): Fault {
  return { message: `"${check.name}" directive ${text}` };
}

/** Whether a version that is judged may be this new. */
export function mayBeSince(version: NginxVersion | null, since: NginxVersion): boolean {
  return version === null || version >= since;
}

/** Whether a version that is judged may be older. */
export function mayBeBefore(version: NginxVersion | null, since: NginxVersion): boolean {
  return version === null || version < since;
}

export function isHttp(context: Context): boolean {
  return !(context === 'main' || context === 'events' || context.startsWith('stream') || context.startsWith('mail'));
}
