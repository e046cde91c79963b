import type { FileEdit } from '../text/edit';
import type { Place, Source } from '../text/source';
import type { Outcome } from '../handshake/types';
import type { Route } from '../model/route';
import type { Problem } from '../model/workspace';
import type { NginxVersion } from '../model/version';
import type { RepairPlan, Severity } from './rule';

/** A finding as the engine releases it. Everything a reporter needs, nothing it has to compute but line and column. */
export interface Diagnostic extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string | null;
  readonly help: string | null;
  readonly notes: readonly string[];
  readonly related: readonly (Place & { readonly message: string })[];
  readonly routes: readonly Route[];
  /** `assumed`: rests on blocks that were not given; the severity is lowered already. */
  readonly certainty: 'certain' | 'assumed';
  /** Include directives through which nginx came here, innermost first. */
  readonly via: readonly Place[];
  readonly plan: RepairPlan | null;
  readonly fix: Fix | null;
  readonly ignored: { readonly by: 'comment' | 'baseline' | 'config'; readonly reason: string | null } | null;
  /** It is a cause of its routes' failing handshakes. */
  readonly breaks: boolean;
  /** nginx refuses the configuration for it: then no handshake succeeds anywhere. */
  readonly refuses: boolean;
}

export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly FileEdit[];
}

/** What became of a fix. `proof` says what the comparison before and after showed. */
export interface FixRecord {
  readonly rule: string;
  readonly title: string;
  /** The finding's. */
  readonly file: string;
  /** Those that an applied fix changed; empty otherwise. */
  readonly files: readonly string[];
  readonly state: 'applied' | 'discarded' | 'available';
  readonly safety: 'safe' | 'unsafe';
  readonly reason: string | null;
  readonly proof: string | null;
}

export interface RouteVerdict {
  readonly route: Route;
  /** Path and query that the simulation asks for; null: none found. */
  readonly target: string | null;
  /** As a ws:// or wss:// URL. */
  readonly url: string | null;
  readonly handshake: Outcome | null;
  /** Firefox's handshake, where it ends otherwise than Chrome's, which `handshake` is. */
  readonly firefox: Outcome | null;
  /** Findings that name a cause, of what nginx refuses one a rule; whether or not they are reported, and how. */
  readonly because: readonly Diagnostic[];
  /** Ids of their rules, where the handshake fails. */
  readonly causes: readonly string[];
}

export interface Alike {
  readonly verdicts: readonly RouteVerdict[];
  readonly times: number;
}

/** The answer for one workspace. */
export interface LintResult {
  readonly root: string;
  readonly sources: ReadonlyMap<string, Source>;
  readonly given: ReadonlySet<string>;
  readonly nginxVersion: NginxVersion | null;
  readonly diagnostics: readonly Diagnostic[];
  /** For what nginx refuses the configuration, reported or not. Worked out when asked for. */
  readonly refusals: () => readonly Diagnostic[];
  readonly routes: readonly RouteVerdict[];
  /** Routes that are not listed, since others stand for them: these, so many times over. */
  readonly alike?: readonly Alike[];
  readonly fixes: readonly FixRecord[];
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}
