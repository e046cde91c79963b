import type { Scope, Setting } from '../model/scope';
import { concatenate } from '../model/value';
import { settingHere } from './flags';
import { accessPhase } from './access';
import { contentPhase, precontentPhase } from './content';
import { absolute, respond } from './error-page';
import { escapeUri } from './escape';
import { findLocation } from './find';
import { PASSES, enter } from './location';
import { handOver } from './pass';
import type { Passed } from './pass';
import { searchAgain } from './redirect';
import { CLOSES, runRewriteDirectives } from './rewrite';
import { answer, cannotKnow, fault, step } from './run';
import type { Move, Run } from './run';
import type { Fault } from './types';
import type { Value } from '../model/value';

/** How a request ends. */
export type End =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly redirect: Value | null;
      readonly fault: Fault;
      /** The hand-over that came before, when its failing led to this answer. */
      readonly passed: Passed | null;
    }
  | { readonly kind: 'backend'; readonly passed: Passed }
  | { readonly kind: 'unknown'; readonly reason: string };

type Phase = 'server-rewrite' | 'find-config' | 'location-rewrite' | 'access' | 'precontent' | 'content';

const NEXT: Readonly<Record<Phase, Phase>> = {
  'server-rewrite': 'find-config',
  'find-config': 'location-rewrite',
  'location-rewrite': 'access',
  access: 'precontent',
  precontent: 'content',
  content: 'content',
};

/** Where a request stands. */
interface Progress {
  phase: Phase;
  move: Move;
  passed: Passed | null;
}

/** Runs a request through nginx's phases (ngx_http_core_run_phases), internal redirects included. */
export function runPhases(run: Run, first: Move = null): End {
  return runOn(run, { phase: 'server-rewrite', move: first, passed: null });
}

/** The same up to where a handler is to pass it on: then null, and `passOn` goes on from there. */
export function runToPass(run: Run, first: Move): End | null {
  const progress: Progress = { phase: 'server-rewrite', move: first, passed: null };
  for (;;) {
    if (progress.move === null && progress.phase === 'content' && passesOn(run)) return null;
    const end = advance(run, progress);
    if (end !== null) return end;
  }
}

export function passOn(run: Run): End {
  return runOn(run, { phase: 'content', move: null, passed: null });
}

function runOn(run: Run, progress: Progress): End {
  for (;;) {
    const end = advance(run, progress);
    if (end !== null) return end;
  }
}

/** One phase, or one answer on its way out. */
function advance(run: Run, progress: Progress): End | null {
  let { move } = progress;
  if (move === null) {
    const result = runPhase(run, progress.phase);
    if (result !== null && 'instead' in result) {
      progress.passed = result;
      if (result.instead === null) return { kind: 'backend', passed: result };
      move = result.instead;
    } else move = result;
  }
  progress.move = null;
  if (move === null) progress.phase = NEXT[progress.phase];
  else if (move.kind === 'unknown') return move;
  else if (move.kind === 'jump') progress.phase = move.to;
  else if (move.final) return endWith(run, move, progress.passed);
  else progress.move = respond(run, move);
  return null;
}

function passesOn({ handler }: Run): boolean {
  return handler !== null && PASSES.has(handler.name);
}

/** nginx sends the status that an error set before, unless it closes the connection, and a Location set before. */
function endWith(run: Run, move: Extract<Move, { kind: 'answer' }>, passed: Passed | null): End {
  const status = run.errStatus === 0 || CLOSES.has(move.status) ? move.status : run.errStatus;
  const redirect = run.redirect === null ? null : absolute(run, run.redirect);
  return { kind: 'answer', status, redirect, fault: move.fault, passed };
}

function runPhase(run: Run, phase: Phase): Move | Passed {
  switch (phase) {
    case 'server-rewrite':
      return scripted(run, run.server, SERVER_REWRITE) ?? runRewriteDirectives(run, run.scope);
    case 'find-config':
      return findConfig(run);
    case 'location-rewrite':
      return locationRewrite(run);
    case 'access':
      return (run.main ? scripted(run, run.scope, ACCESS) : null) ?? accessPhase(run);
    case 'precontent':
      return scripted(run, run.scope, PRECONTENT) ?? precontentPhase(run);
    default:
      return content(run);
  }
}

function content(run: Run): Move | Passed {
  const { handler } = run;
  return handler !== null && PASSES.has(handler.name) ? handOver(run, handler) : contentPhase(run);
}

const SERVER_REWRITE = forms('server_rewrite_by_lua');
const REWRITE = forms('rewrite_by_lua');
const ACCESS = [...forms('access_by_lua'), ...forms('js_access')];
const PRECONTENT = forms('precontent_by_lua');

function forms(name: string): readonly string[] {
  return [name, `${name}_block`, `${name}_file`];
}

/** Lua or njs in a phase may do anything: answer, redirect, change headers. */
function scripted(run: Run, scope: Scope, names: readonly string[]): Move {
  for (const name of names) {
    const setting = settingHere(run, name, scope);
    if (setting !== null) return lua(run, name, setting);
  }
  return null;
}

function lua(run: Run, form: string, setting: Setting): Move {
  const reason = `what ${form} does`;
  const decision = run.choices.decide(reason, true);
  step(run, `${form}: ${decision ? 'taken to let the request through unchanged' : 'may do anything'}`, setting);
  return decision ? null : cannotKnow(reason);
}

/** ngx_http_core_find_config_phase: the location, `internal`, limit_except, the 301 to a slash. */
function findConfig(run: Run): Move {
  run.handler = null;
  run.uriChanged = false;
  // A request that an `if` within an `if` of the server has taken finds no locations there.
  if (run.scope !== run.server) return null;
  const found = findLocation(run);
  if ('unknown' in found) return cannotKnow(found.unknown);
  const scope = found.location ?? run.scope;
  // Locations in it inherit `internal` (ngx_http_core_merge_loc_conf).
  const internal = run.internal ? null : settingHere(run, 'internal', scope);
  if (internal !== null) {
    run.scope = scope;
    return answer(404, fault('internal', internal, 'internal: 404 for requests from outside'));
  }
  enter(run, scope);
  if (!found.redirect || found.location === null) return null;
  return slashRedirect(run, found.location);
}

/** `location /ws/` that proxies answers `/ws` with a 301 to `/ws/`. */
function slashRedirect(run: Run, location: Scope): Move {
  const target = escapeUri(`${run.uri}/`, run.nginx.version);
  const query = run.args === '' ? '' : concatenate(['?', run.args]);
  step(run, `a URI without the final slash is redirected to ${target}`, location.opener);
  const cause = fault('redirected', location.opener, `${run.uri} is redirected to ${target}`);
  return answer(301, cause, concatenate([target, query]));
}

function locationRewrite(run: Run): Move {
  if (run.scope === run.server) return null;
  const { scope } = run;
  const byScript = scripted(run, scope, REWRITE);
  if (byScript !== null) return byScript;
  // Only a location's own directives count: limit_except and `if` hold none that run here.
  const move = scope.kind === 'location' ? runRewriteDirectives(run, scope) : null;
  if (move !== null) return move;
  return run.uriChanged ? searchAgain(run, null) : null;
}
