import type { Directive, SyntaxTree } from '../syntax/nodes';

/** The include directives through which nginx came to a directive, innermost first. */
export interface IncludeChain {
  readonly setting: Setting;
}

/** One directive as nginx meets it: the same line of a snippet included twice is two settings. */
export interface Setting {
  readonly directive: Directive;
  readonly tree: SyntaxTree;
  /** The include that brought it here (whose own `via` goes on outwards); null in the root file. */
  readonly via: Setting | null;
  /** The block it stands in. */
  readonly scope: Scope;
  /** The scope it opens, when it is a block that holds directives. */
  readonly opens: Scope | null;
}

/**
 * Kinds of block, by nginx's words. Server and location blocks of http are plain `server` and `location`; those of
 * stream and mail carry a prefix. `table` = map, geo, types, split_clients, charset_map: lines that are no directives.
 * `other` = a block of a module unknown here.
 */
export type ScopeKind =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'if'
  | 'limit_except'
  | 'upstream'
  | 'table'
  | 'stream'
  | 'stream-server'
  | 'stream-upstream'
  | 'mail'
  | 'mail-server'
  | 'other';

/** One occurrence of a block, with the includes in it spliced in order. */
export interface Scope {
  readonly kind: ScopeKind;
  /** The directive that opens it; null for main and for assumed enclosing blocks. */
  readonly opener: Setting | null;
  readonly parent: Scope | null;
  /** In nginx's order, includes spliced; the include directives themselves stand before what they bring. */
  readonly settings: readonly Setting[];
  /** Blocks opened here, in order. */
  readonly children: readonly Scope[];
  /** True for a block that encloses a fragment and was not given: what it may set is assumed, not known. */
  readonly assumed: boolean;
  /** Includes at this level that were not read: what they could set is unknown. */
  readonly unread: readonly Setting[];
  /** Settings of this name at this level (not inherited), in order. */
  own(name: string): readonly Setting[];
}

/** Where an effective value comes from. See design decision 4: set | inherited | default | assumed | unknown. */
export type Origin = 'set' | 'inherited' | 'default' | 'assumed' | 'unknown';

/** What applies in a scope for one directive. */
export interface Effective {
  readonly origin: Origin;
  /** The settings that apply: one for a scalar, all of the level for a list; empty for default, assumed, unknown. */
  readonly settings: readonly Setting[];
  /** The level they stand at; null when there are none. */
  readonly scope: Scope | null;
  /** For all-or-nothing lists: settings at outer levels that this level discards, nearest level only. */
  readonly hidden: readonly Setting[];
}

/** The whole configuration as nginx would build it. */
export interface Configuration {
  readonly main: Scope;
  /** Every `http` block's scope (nginx allows one; fragments may assume one). */
  readonly http: Scope | null;
  readonly stream: Scope | null;
  readonly trees: ReadonlyMap<string, SyntaxTree>;
  /** Includes that could not be spliced: missing, unread, cyclic. */
  readonly brokenIncludes: readonly BrokenInclude[];
}

export interface BrokenInclude {
  readonly setting: Setting;
  readonly kind: 'missing' | 'dangling' | 'unread' | 'cycle';
  readonly detail: string;
}
