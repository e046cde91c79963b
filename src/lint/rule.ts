import type { Configuration, Scope, Setting } from '../model/scope';
import type { Route } from '../model/route';
import type { Workspace } from '../model/workspace';
import type { NginxVersion } from '../model/version';
import type { ClientRequest, Fault, FaultKind, Outcome } from '../handshake/types';
import type { Place } from '../text/source';
import type { StrayComment } from './stray-comments';

export type Severity = 'error' | 'warning' | 'info';

/** A rule is its own documentation: docs/rules/<id>.md, the README's table and `explain` are made from these fields. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence, ends with a full stop. */
  readonly summary: string;
  /** What nginx really does, in Markdown paragraphs. */
  readonly nginx: string;
  /** When the rule stays silent although it looks as if it applied. */
  readonly exceptions?: string;
  /** nginx's source or documentation, or the reproduced failure that the claim rests on. */
  readonly sources: readonly string[];
  readonly fix: 'safe' | 'unsafe' | 'safe or unsafe' | null;
  /** Why a fix is (un)safe; required when there is one. */
  readonly fixSafety?: string;
  /** What the configuration file may set for it: `"rule": ["warning", { "name": value }]`. */
  readonly options?: Readonly<Record<string, RuleOptionSpec>>;
  /** Faults of the simulation that this rule explains. */
  readonly explains?: readonly FaultKind[];
  /** It finds what nginx refuses the configuration for (see Finding.refuses). */
  readonly refuses?: true;
  check(context: RuleContext): Iterable<Finding>;
}

/** time: seconds or a time as nginx writes it; the rule gets milliseconds. */
export interface RuleOptionSpec {
  readonly kind: 'time' | 'count' | 'flag';
  readonly summary: string;
}

/** What rules ask. They never walk the tree. */
export interface RuleContext {
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly routes: readonly Route[];
  /** Routes that serve WebSocket, `yes` or `likely`. */
  readonly websocketRoutes: readonly Route[];
  /** The version asked for; null = every supported one. */
  readonly version: NginxVersion | null;
  readonly options: RuleOptions;
  /** The browser's handshake on the route's URL, for the version where it fails if there is one. */
  handshake(route: Route): Outcome;
  /** A plain GET of the route's URL, for the version asked for or the newest; null when no URL reaches it. */
  plainGet(route: Route): Outcome | null;
  /** The browser's handshake on any path of a server, for the version asked for or the newest. */
  handshakeAt(server: Scope, path: string): Outcome;
  /** Simulates any request. */
  simulate(request: ClientRequest, version: NginxVersion): Outcome;
  /** The URL that reaches the route: path and query; null when none was found. */
  target(route: Route): string | null;
  /** Ignore comments that ignored nothing; complete only for rules that run last (see unused-ignore). */
  unusedIgnores(): readonly UnusedIgnore[];
  /** Comments that are meant for this tool and say nothing to it. */
  strayComments(): readonly StrayComment[];
  readonly ruleIds: ReadonlySet<string>;
  /** Faults of the route's handshake of these kinds. */
  faults(route: Route, ...kinds: readonly FaultKind[]): readonly Fault[];
}

export interface RuleOptions {
  /** Declared outer hops: idle timeout in ms. */
  readonly hops: readonly { readonly name: string; readonly idle: number }[];
  /** The application's ping interval in ms, when declared. */
  readonly ping: number | null;
  /** Of the configuration file, by rule id. */
  readonly rules: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export interface UnusedIgnore extends Place {
  /** The ids it names that nothing was found for. */
  readonly rules: readonly string[];
  /** False when others of its ids did ignore something. */
  readonly whole: boolean;
  /** The first of them that is no rule's. */
  readonly unknown: string | null;
}

/** What a rule says. The engine adds rule id, severity, certainty, ignores. */
export interface Finding {
  /** The setting whose line is the cause, or a place. */
  readonly at: Setting | Place;
  /** Narrow the span to this argument (0 = the directive's name). */
  readonly word?: number;
  /** What is wrong, with the offending value. No full stop, no line break. */
  readonly message: string;
  /** Why: what nginx does. */
  readonly why?: string;
  /** What to do. */
  readonly help?: string;
  readonly related?: readonly { readonly at: Setting | Place; readonly message: string }[];
  readonly routes: readonly Route[];
  /** Where this case is lesser or graver than the rule's own severity. What the user states outweighs both. */
  readonly severity?: Severity;
  /** Something is *absent* that blocks which were not given could supply: the engine lowers or drops it (decision 4). */
  readonly absent?: { readonly scope: Scope; readonly directive: string };
  /** True when this finding is a cause of the routes' failing handshakes. */
  readonly breaks?: boolean;
  /** nginx refuses the configuration for it: then no handshake succeeds anywhere. */
  readonly refuses?: boolean;
  /** Versions concerned, when not all: shown in the message's note. */
  readonly versions?: string;
  readonly repairs?: RepairPlan;
}

/** What should hold after the fix; src/fix/recipes turns it into edits. Rules never make edits. */
export interface RepairPlan {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly repairs: readonly Repair[];
}

export type Repair =
  /** `name args;` is to apply in the scope: replaced where it stands at that level, else inserted there. */
  | { readonly kind: 'set'; readonly scope: Scope; readonly name: string; readonly args: readonly string[] }
  /**
   * In the scope's effective all-or-nothing list, the entries with this key (first argument, any case) become exactly
   * this value; null removes them. Inherited entries are restated when the scope has none of its own.
   */
  | {
      readonly kind: 'entry';
      readonly scope: Scope;
      readonly list: string;
      readonly key: string;
      readonly value: string | null;
    }
  /** All entries of the outer level that this level discards are restated here, but for keys it sets itself. */
  | { readonly kind: 'restate'; readonly scope: Scope; readonly list: string; readonly keys: readonly string[] | 'all' }
  /** `Connection` is to be `upgrade` for a handshake and what it was for plain requests: by a map, made if need be. */
  | { readonly kind: 'connection-map'; readonly scope: Scope }
  /** A variable that is used is to be defined by the usual map. */
  | { readonly kind: 'define-map'; readonly scope: Scope; readonly variable: string }
  /** Word `index` of the directive (0 = its name) becomes this text (as written, quotes included). */
  | { readonly kind: 'word'; readonly setting: Setting; readonly index: number; readonly text: string }
  | { readonly kind: 'remove'; readonly setting: Setting }
  /** A new line in the scope: before or after a setting of it, or at its end. */
  | {
      readonly kind: 'insert';
      readonly scope: Scope;
      readonly text: string;
      readonly near: Setting | null;
      readonly where: 'before' | 'after';
    }
  /** Text that is no directive: an ignore comment. */
  | { readonly kind: 'text'; readonly place: Place; readonly text: string };
