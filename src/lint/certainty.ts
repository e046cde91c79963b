import { effective } from '../model/effective';
import type { Scope } from '../model/scope';
import { hasBranches } from '../syntax/branches';
import type { Finding, Severity } from './rule';

/** How far a finding can be trusted, given what was not read (design decision 4). */
export type Trust = 'certain' | 'assumed' | 'unknown';

/**
 * Only findings about something *absent* depend on blocks that were not given; what is written stays certain, unless
 * the conditions of a template decide whether it is.
 */
export function trustIn(finding: Finding): Trust {
  const trust = trustInAbsence(finding);
  return trust === 'certain' && isConditional(finding) ? 'assumed' : trust;
}

/** A failing handshake in a template with branches: they are read as if all of them applied. */
export function isConditional({ at, routes, breaks }: Finding): boolean {
  if (breaks !== true) return false;
  const trees = [...routes.map(({ pass }) => pass.tree), ...('tree' in at ? [at.tree] : [])];
  return trees.some(({ source }) => hasBranches(source));
}

function trustInAbsence(finding: Finding): Trust {
  if (finding.absent === undefined) return 'certain';
  const { scope, directive } = finding.absent;
  if (directive === 'map') return trustInHttp(scope);
  const { origin, scope: level } = effective(scope, directive);
  if (origin === 'assumed' || origin === 'unknown') return origin;
  // what includes a fragment may hold more lines of the same level beside it
  return level?.assumed === true ? 'assumed' : 'certain';
}

/** A map stands at http level, so only that level decides. */
function trustInHttp(scope: Scope): Trust {
  let trust: Trust = 'certain';
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.kind !== 'http') continue;
    if (level.unread.length > 0) return 'unknown';
    if (level.assumed) trust = 'assumed';
  }
  return trust;
}

/** What is assumed: an undefined variable is info, everything else one step down from error. */
export function lowered(severity: Severity, finding: Finding): Severity {
  if (finding.absent?.directive === 'map') return 'info';
  return severity === 'error' ? 'warning' : severity;
}
