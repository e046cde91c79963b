import type { Timeout } from '../lint/timeouts';
import { wasInUse } from '../probe/closing';
import type { Closed, HopReport } from '../probe/types';
import { formatMilliseconds } from '../model/units';
import { settingLine, type StaticAnswer } from './knowledge';
import { isBackends, reasons } from './reasons';

/** What the configuration says beside what happened. */
export interface Beside {
  /** `server example.com (a.conf:3), location /ws/ (a.conf:9)` */
  readonly place: string;
  readonly outcome: 'switches' | 'fails' | 'unknown';
  /** What nginx itself answers; null where the backend decides. */
  readonly status: number | null;
  readonly causes: readonly string[];
  /** null: it cannot be compared. */
  readonly agrees: boolean | null;
  readonly explanation: readonly string[];
}

export function beside(
  answer: StaticAnswer,
  front: HopReport,
  onThisMachine: boolean | null,
  pingSeconds: number | null,
): Beside {
  const { outcome } = answer;
  const rules = answer.diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  const agrees = agreement(answer, front);
  return {
    place: answer.place,
    outcome: outcome.outcome,
    status: outcome.status,
    causes: [...new Set(rules)],
    agrees,
    explanation: [...explain(answer, front, agrees, onThisMachine), ...explainClosing(answer, front, pingSeconds)],
  };
}

function agreement({ outcome }: StaticAnswer, front: HopReport): boolean | null {
  if (front.status === null && front.cause !== 'closed-before-answer') return null;
  if (outcome.outcome === 'unknown') return null;
  if (outcome.outcome === 'switches') return front.outcome === 'switches';
  if (front.outcome === 'switches') return false;
  // 444 closes without an answer.
  if (front.status === null) return outcome.status === 444 || outcome.status === null;
  if (front.status === 101) return outcome.status === null || outcome.status === 101;
  return outcome.status === null ? isBackends(front) : outcome.status === front.status;
}

function explain(
  answer: StaticAnswer,
  front: HopReport,
  agrees: boolean | null,
  onThisMachine: boolean | null,
): readonly string[] {
  const { outcome } = answer;
  if (agrees === true) return [`the configuration says so too${faultText(answer)}`];
  if (agrees === null) return [incomparable(answer, front)];
  const said = outcome.outcome === 'switches' ? 'the handshake switches' : `it fails${faultText(answer)}`;
  return [`the configuration says that ${said}; what happened differs`, ...reasons(answer, front, onThisMachine)];
}

function incomparable({ outcome }: StaticAnswer, front: HopReport): string {
  if (outcome.outcome === 'unknown') return `the configuration alone cannot say: ${outcome.unknowns.join('; ')}`;
  return `no answer came (${front.cause ?? 'unknown'}), so the configuration was not put to the test`;
}

const MOST_FAULTS = 3;

function faultText({ outcome }: StaticAnswer): string {
  const said = outcome.faults.slice(0, MOST_FAULTS).map(({ detail, setting }) => {
    return setting === null ? detail : `${detail} (${settingLine(setting)})`;
  });
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

/** Whether a held connection ended when this route's read timeout says. */
function explainClosing(answer: StaticAnswer, { closed }: HopReport, pingSeconds: number | null): readonly string[] {
  if (closed === null || closed.code !== 1006 || answer.readTimeout === null) return [];
  const value = timeoutText(answer.readTimeout);
  if (isOwnClock(answer, closed, pingSeconds)) return [`it was closed by ${value} of this configuration`];
  return [`${value} of this configuration is not what closed it`, ...shutdownTimeout(answer)];
}

function shutdownTimeout({ knowledge }: StaticAnswer): readonly string[] {
  const setting = knowledge.configuration.main.own('worker_shutdown_timeout')[0];
  const text = setting === undefined ? '' : `${setting.directive.args.join(' ')} (${settingLine(setting)})`;
  return setting === undefined ? [] : [`a reload ends connections after worker_shutdown_timeout ${text}`];
}

/** `proxy_read_timeout 2s (a.conf:9)` */
export function timeoutText({ name, milliseconds, setting }: Timeout): string {
  const at = setting === null ? 'the default' : settingLine(setting);
  return `${name} ${formatMilliseconds(milliseconds)} (${at})`;
}

/** The connection was idle for just as long as this configuration lets it. */
export function isOwnClock({ readTimeout }: StaticAnswer, closed: Closed, pingSeconds: number | null): boolean {
  const { code, idleSeconds } = closed;
  if (code !== 1006 || readTimeout === null || wasInUse(closed, pingSeconds)) return false;
  const { milliseconds } = readTimeout;
  return Math.abs(idleSeconds - milliseconds / 1000) <= Math.max(0.5, milliseconds / 20_000);
}
