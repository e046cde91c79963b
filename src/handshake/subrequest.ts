import type { Setting } from '../model/scope';
import { toBytes } from '../model/value';
import { runPhases } from './phases';
import { URI_CHANGES, fault } from './run';
import type { Run, Subrequest } from './run';
import { linesOf } from './upstream-request';

/** Subrequests of subrequests end here. */
const DEPTH = 4;
const depths = new WeakMap<Run, number>();

/** A subrequest of auth_request or mirror: a GET with the client's headers, from the server's rewrite phase on. */
export function runSubrequest(run: Run, uri: string, setting: Setting): Subrequest {
  const depth = (depths.get(run) ?? 0) + 1;
  if (depth > DEPTH) return { kind: 'unknown', reason: 'subrequests within subrequests' };
  const inner: Run = {
    ...run,
    main: false,
    mainMethod: run.mainMethod ?? run.method,
    // The mirror runs when the request itself has been made already: what it sets comes too late.
    values: setting.directive.name === 'mirror' ? new Map(run.values) : run.values,
    captures: [],
    scope: run.server,
    handler: null,
    method: 'GET',
    uri: toBytes(uri),
    args: '',
    validUnparsedUri: false,
    validLocation: true,
    internal: true,
    uriChanged: false,
    uriChanges: URI_CHANGES,
    named: null,
    errorPage: false,
    errStatus: 0,
    redirect: null,
    cause: null,
    steps: [],
  };
  depths.set(inner, depth);
  const end = runPhases(inner);
  if (end.kind === 'unknown') return end;
  if (end.kind === 'answer') {
    if (end.fault.kind === 'no-handler') return { kind: 'unknown', reason: `whether there is a file for ${uri}` };
    return { kind: 'answer', status: end.status };
  }
  const { upstream } = end.passed;
  const upgrades = upstream !== null && linesOf(upstream, 'upgrade').length > 0;
  // An error page that keeps the error's status: its backend does not decide.
  if (!upgrades) return inner.errStatus === 0 ? { kind: 'backend' } : { kind: 'answer', status: inner.errStatus };
  return upgraded(run, uri, setting);
}

/** A backend that answers the subrequest's Upgrade with 101 ends the whole connection (measured: 22e3, 22n2). */
function upgraded(run: Run, uri: string, setting: Setting): Subrequest {
  const name = setting.directive.name;
  const cause = fault('subrequest-upgrade', setting, `${name} ${uri} carries the Upgrade header`);
  run.notes.push(cause);
  const ignored = run.choices.decide(`whether the backend of ${name} ${uri} ignores Upgrade`, true);
  return ignored ? { kind: 'backend' } : { kind: 'killed', fault: cause };
}
