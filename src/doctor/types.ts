import type { LogReport } from '../logs/report';
import type { ProbeReport } from '../probe/types';
import type { Beside } from './beside';

export type CheckStatus = 'pass' | 'fail' | 'unknown';

/** One line of the checklist of a WebSocket set-up. */
export interface Check {
  readonly id:
    'http-version' | 'upgrade' | 'connection' | 'map' | 'timeouts' | 'tls' | 'backend' | 'handshake' | 'held';
  readonly title: string;
  readonly status: CheckStatus;
  readonly evidence: readonly string[];
}

/** What is wrong, where, what to do. */
export interface DoctorProblem {
  readonly from: 'configuration' | 'probe' | 'logs';
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly where: string;
  readonly todo: string;
  readonly rule: string | null;
  readonly docs: string | null;
}

export interface DoctorReport {
  readonly schemaVersion: 1;
  readonly url: string;
  readonly healthy: boolean;
  readonly checks: readonly Check[];
  readonly problems: readonly DoctorProblem[];
  /** What was not given, and would tell more. */
  readonly missing: readonly string[];
  readonly configuration: Beside | null;
  readonly probe: ProbeReport;
  readonly logs: LogReport | null;
}
