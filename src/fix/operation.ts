import type { Scope, Setting } from '../model/scope';
import type { SyntaxTree } from '../syntax/nodes';
import type { Change } from './change';

/** Edits that one occurrence of a scope wants made to a text. */
export interface Operation {
  readonly changes: readonly Change[];
  /** Who wants it. */
  readonly scope: Scope;
  /** A setting on the edited line (or the opener of the edited block): all its occurrences must want the same. */
  readonly shared: Setting | null;
  /** Set where a snippet takes the place of its include: the changes to the snippet's own text. */
  readonly within?: { readonly include: Setting; readonly tree: SyntaxTree; readonly changes: readonly Change[] };
  /** Another occurrence that has it so already, and would not notice. */
  readonly indifferent?: (scope: Scope) => boolean;
}

/** A setting that a fix may change in a scope and below it; `key` narrows it to one entry of a list. */
export interface Touch {
  readonly scope: Scope;
  readonly name: string;
  readonly key: string | null;
}

/** One way to make a repair. */
export interface Way {
  readonly operations: readonly Operation[];
  readonly touches: readonly Touch[];
  /** Why it is not safe, when it rests on an assumption. */
  readonly unsafe: string | null;
}

/** Tells equal operations of different occurrences: same file, span and text. */
export function keyOf({ changes }: Operation): string {
  return changes.map(({ file, start, end, text }) => `${file}\0${start}\0${end}\0${text}`).join('\0\0');
}
