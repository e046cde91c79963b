import { byOrigin } from './access-origin';
import { BY_STATUS, PAGE, PLAIN_426, POLLING, REDIRECTED } from './access-signatures';
import { isShared, isWithoutUpgrade, splitTarget, type Meant } from './endpoint';
import type { AccessLine, Signature } from './types';

/** What the status of a handshake means; null when it says nothing. */
export function explainAccess(line: AccessLine, meant: Meant): Signature | null {
  if (meant === 'polling') return line.status === 400 ? POLLING : null;
  const { path } = splitTarget(line.target ?? '');
  if (meant === 'no') return ofPlain(line);
  if ([301, 302, 303, 307, 308].includes(line.status)) return REDIRECTED;
  if (line.status === 200) return meant === 'sure' || !isShared(path) ? (byOrigin(line) ?? PAGE) : null;
  // Plain requests of the polling fallback share the path and have failures of their own.
  if (meant === 'likely' && isShared(path) && line.status !== 400) return null;
  return byOrigin(line) ?? BY_STATUS.get(line.status) ?? null;
}

/** 426 is for nothing else than upgrades. */
function ofPlain(line: AccessLine): Signature | null {
  if (line.status !== 426) return null;
  return isWithoutUpgrade(line) ? PLAIN_426 : (BY_STATUS.get(426) ?? null);
}
