import type { FaultKind, Outcome, Fault } from '../handshake/types';

/** Where on the way a handshake breaks, in the order in which a request passes. */
export type Stage =
  /** nginx does not load the configuration. */
  | 'refused'
  /** Between client and nginx: no request comes to be. */
  | 'entry'
  /** nginx answers by itself. */
  | 'nginx'
  /** nginx does not reach the backend, or gives up at once. */
  | 'reach'
  /** The backend gets a request that is no handshake. */
  | 'request'
  /** The 101 does not come back whole. */
  | 'response';

const STAGES: Readonly<Record<FaultKind, Stage>> = {
  'h2-only-port': 'entry',
  'bad-request': 'entry',
  'too-many-headers': 'entry',
  'name-rejected': 'entry',
  returned: 'nginx',
  redirected: 'nginx',
  'refused-by-access': 'nginx',
  'no-handler': 'nginx',
  'other-handler': 'nginx',
  'not-found': 'nginx',
  internal: 'nginx',
  'server-error': 'nginx',
  'limit-except': 'nginx',
  'subrequest-upgrade': 'nginx',
  'wrong-module': 'nginx',
  'bad-scheme': 'nginx',
  'no-resolver': 'reach',
  'no-live-server': 'reach',
  'instant-timeout': 'reach',
  'http-version': 'request',
  'upgrade-missing': 'request',
  'upgrade-wrong': 'request',
  'upgrade-twice': 'request',
  'connection-missing': 'request',
  'connection-wrong': 'request',
  'connection-close': 'request',
  'host-missing': 'request',
  'host-twice': 'request',
  method: 'request',
  'key-missing': 'request',
  'sec-version-missing': 'request',
  'response-header-hidden': 'response',
  'response-header-added': 'response',
  'response-cut': 'response',
};

export const ORDER: readonly Stage[] = ['refused', 'entry', 'nginx', 'reach', 'request', 'response'];

/** Null: it does not fail. `refused`: what nginx does not load breaks at nginx, whatever else is wrong. */
export function breaksAt(outcome: Outcome | null, refused: boolean): Stage | null {
  if (outcome?.outcome !== 'fails') return null;
  if (refused) return 'refused';
  const stages = outcome.faults.map(({ kind }) => STAGES[kind]);
  return ORDER.find((stage) => stages.includes(stage)) ?? 'nginx';
}

export function faultsAt(outcome: Outcome | null, ...stages: readonly Stage[]): readonly Fault[] {
  return outcome?.faults.filter(({ kind }) => stages.includes(STAGES[kind])) ?? [];
}

/** The header (in lower case) of the upstream request that a fault is about; `:version` and `:method` for its line. */
export function headerOf(kind: FaultKind): string | null {
  if (kind === 'http-version') return ':version';
  if (kind === 'method') return ':method';
  if (kind === 'key-missing') return 'sec-websocket-key';
  if (kind === 'sec-version-missing') return 'sec-websocket-version';
  const [header = ''] = kind.split('-');
  return STAGES[kind] === 'request' ? header : null;
}
