import type { Scope, Setting } from '../model/scope';
import { toBytes } from '../model/value';
import type { Value } from '../model/value';
import { once } from '../text/once';
import { enter } from './location';
import { answer, cannotKnow, fault, step } from './run';
import type { Move, Run } from './run';

/** One more internal redirect; the eleventh is answered 500. */
function oneMore(run: Run, setting: Setting | null): Move {
  run.uriChanges--;
  if (run.uriChanges > 0) return null;
  return answer(500, fault('server-error', setting, 'rewrite or internal redirection cycle: 500'));
}

/** `uri_changed` after the rewrite directives of a location: the search for a location starts again. */
export function searchAgain(run: Run, setting: Setting | null): Move {
  const stopped = oneMore(run, setting);
  if (stopped !== null) return stopped;
  run.scope = run.server;
  return { kind: 'jump', to: 'find-config' };
}

/** ngx_http_internal_redirect: `target` is a path with its arguments, if it has any. */
function internalRedirect(run: Run, target: string, setting: Setting | null, args?: Value): Move {
  const stopped = oneMore(run, setting);
  if (stopped !== null) return stopped;
  const question = target.indexOf('?');
  run.uri = question < 0 ? target : target.slice(0, question);
  run.args = args ?? (question < 0 ? '' : target.slice(question + 1));
  run.scope = run.server;
  run.internal = true;
  run.validUnparsedUri = false;
  run.validLocation = true;
  return { kind: 'jump', to: 'server-rewrite' };
}

/** To what try_files, error_page or index names: `source` is the target as it is written. */
export function redirectToNamed(run: Run, target: string, setting: Setting, source: string, args?: Value): Move {
  const move = internalRedirect(run, target, setting, args);
  run.named = source.replace(/\?[^]*/, '').includes('$') ? null : run.uri;
  return move;
}

/** ngx_http_named_location: URI and arguments stay, the server's rewrite directives do not run again. */
export function namedLocation(run: Run, name: string, setting: Setting | null): Move {
  const stopped = oneMore(run, setting);
  if (stopped !== null) return stopped;
  const location = named(run.server).get(name);
  if (location === undefined) {
    const { assumed, unread } = run.server;
    if (assumed || unread.length > 0) return cannotKnow(`location ${name} could stand in what was not read`);
    return answer(500, fault('server-error', setting, `there is no location ${name}: 500`));
  }
  run.internal = true;
  run.handler = null;
  run.uriChanged = false;
  step(run, `goes on in location ${name}`, location.opener);
  enter(run, location);
  return { kind: 'jump', to: 'location-rewrite' };
}

/** Named locations of a server, by name as a byte string. */
export const named = once((server: Scope): ReadonlyMap<string, Scope> => {
  const locations = server.children.filter((scope) => scope.opener?.directive.args[0]?.startsWith('@') === true);
  return new Map(locations.map((scope) => [toBytes(scope.opener?.directive.args[0] ?? ''), scope]));
});
