import type { Configuration, Scope, Setting } from '../model/scope';
import type { Value } from '../model/value';
import type { Evaluation } from '../model/variables';
import type { Choices } from './choices';
import type { Nginx } from './nginx';
import type { ClientRequest, Fault, FaultKind, Header, Step } from './types';

/** nginx stops after ten internal redirects (NGX_HTTP_MAX_URI_CHANGES). */
export const URI_CHANGES = 11;

/** The directive that made the content handler of a location. */
export interface Handler {
  readonly setting: Setting;
  readonly name: string;
}

/**
 * A request on its way through nginx's phases: the fields of ngx_http_request_t that decide anything, under their
 * names there. It changes as the phases go; everything else is data.
 */
export interface Run extends Evaluation {
  readonly configuration: Configuration;
  readonly request: ClientRequest;
  readonly nginx: Nginx;
  readonly choices: Choices;
  /** Every directive that the configuration uses. */
  readonly names: ReadonlySet<string>;
  /** False for subrequests: they skip the access phase. */
  readonly main: boolean;
  /** `$request_method` of a subrequest: that of its main request (`r->main->method_name`); null in a main request. */
  readonly mainMethod: string | null;
  /** The headers that nginx accepts: those with underscores and bad names are dropped. */
  readonly headers: readonly Header[];
  /** Those among them with names that nginx calls invalid. */
  readonly invalidHeaders: ReadonlySet<Header>;
  server: Scope;
  /** The Host header's name in lower case without the port (`r->headers_in.server`); null without a Host. */
  readonly host: string | null;
  /** The first server_name of the server chosen. */
  serverName: string;
  /** `$proxy_host` and `$proxy_port`, while a request for a backend is made. */
  proxyHost: Value | null;
  proxyPort: Value | null;
  /** `r->loc_conf`: server, location, `if` or limit_except. */
  scope: Scope;
  /** `r->content_handler`. */
  handler: Handler | null;
  method: string;
  /** `r->uri`: decoded and normalised, without arguments. */
  uri: string;
  args: Value;
  readonly unparsedUri: string;
  validUnparsedUri: boolean;
  validLocation: boolean;
  internal: boolean;
  quotedUri: boolean;
  plusInUri: boolean;
  uriChanged: boolean;
  uriChanges: number;
  /** The URI that try_files, error_page or index led to last, if the configuration itself names it: a file that exists. */
  named: string | null;
  /** An error_page is being served and recursive_error_pages is off. */
  errorPage: boolean;
  /** `r->err_status`: replaces the status of whatever answers in the end; 0 for none. */
  errStatus: number;
  /** The Location header set so far, before it is made absolute. */
  redirect: Value | null;
  /** What sent the request to an error page, to be told if nothing better follows. */
  cause: Fault | null;
  /** Why nginx answers 400 before any phase; null when it does not. */
  readonly badRequest: string | null;
  readonly steps: Step[];
  /** Facts that do not decide by themselves (subrequest-upgrade). */
  readonly notes: Fault[];
  /** Runs a subrequest of auth_request or mirror. */
  readonly subrequest: (run: Run, uri: string, setting: Setting) => Subrequest;
}

/** What becomes of a subrequest. */
export type Subrequest =
  | { readonly kind: 'backend' }
  | { readonly kind: 'answer'; readonly status: number | null }
  /** It carries an Upgrade header, and its backend switched: nginx then drops the whole connection. */
  | { readonly kind: 'killed'; readonly fault: Fault }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Steps are kept for every route, and of thousands nobody reads more. */
const MOST_STEPS = 200;

export function step(run: Run, what: string, setting: Setting | null = null): void {
  if (run.steps.length < MOST_STEPS) run.steps.push({ what, setting });
  else if (run.steps.length === MOST_STEPS) run.steps.push({ what: 'more steps than are told', setting: null });
}

export function fault(kind: FaultKind, setting: Setting | null, detail: string): Fault {
  return { kind, setting, detail };
}

/** What a phase makes of a request. `null` goes on to the next phase. */
export type Move =
  /** nginx answers by itself; error_page may take it from here unless `final`. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly redirect: Value | null;
      readonly fault: Fault;
      /** The answer is sent as it is: `return 200 text`, 444. */
      readonly final: boolean;
    }
  | { readonly kind: 'jump'; readonly to: 'server-rewrite' | 'find-config' | 'location-rewrite' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | null;

export function answer(status: number, cause: Fault, redirect: Value | null = null, final = false): Move {
  return { kind: 'answer', status, redirect, fault: cause, final };
}

export function cannotKnow(reason: string): Move {
  return { kind: 'unknown', reason };
}
