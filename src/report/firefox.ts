import type { Outcome } from '../handshake/types';

/** What becomes of Firefox's handshake, where that is not what becomes of Chrome's. */
export function firefoxText({ outcome, status }: Outcome): string {
  return `in Firefox (Connection: keep-alive, Upgrade): ${ending(outcome, status)}`;
}

function ending(outcome: Outcome['outcome'], status: number | null): string {
  if (outcome === 'switches') return 'switches';
  if (outcome === 'unknown') return 'unknown';
  return status === null ? 'the backend refuses the handshake' : `nginx answers ${status}`;
}

/** As the JSON reports have it: the key is there only where it says something. */
export function firefoxJson(firefox: Outcome | null): object {
  return firefox ? { firefox: { outcome: firefox.outcome, status: firefox.status } } : {};
}
