import type { FaultKind } from '../handshake/types';
import type { Timeout } from '../lint/timeouts';
import type { Closed, HopReport } from '../probe/types';
import { formatMilliseconds } from '../model/units';
import { diagnosticLine, settingLine, type StaticAnswer } from './knowledge';

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

/** Faults that some servers put up with: the strict reading fails, theirs does not. */
const LENIENT: ReadonlySet<FaultKind> = new Set([
  'http-version',
  'upgrade-twice',
  'connection-close',
  'host-twice',
  'host-missing',
]);

export function beside(answer: StaticAnswer, front: HopReport, onThisMachine: boolean | null): Beside {
  const { outcome } = answer;
  const rules = answer.diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  const agrees = agreement(answer, front);
  return {
    place: answer.place,
    outcome: outcome.outcome,
    status: outcome.status,
    causes: [...new Set(rules)],
    agrees,
    explanation: [...explain(answer, front, agrees, onThisMachine), ...explainClosing(answer, front)],
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

/** A refusal that a backend may give to a handshake that reaches it spoilt. */
function isBackends({ status, nginxPage }: HopReport): boolean {
  return !nginxPage && status !== null && [200, 400, 403, 404, 405, 426, 500, 501, 505].includes(status);
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

function faultText({ outcome }: StaticAnswer): string {
  const [fault] = outcome.faults;
  if (fault === undefined) return '';
  const at = fault.setting === null ? '' : ` (${settingLine(fault.setting)})`;
  return `: ${fault.detail}${at}`;
}

function reasons(answer: StaticAnswer, front: HopReport, onThisMachine: boolean | null): readonly string[] {
  const { outcome, knowledge } = answer;
  const found: string[] = [];
  const [refusing] = knowledge.result.refusals();
  if (refusing !== undefined) {
    const { file, line } = diagnosticLine(knowledge, refusing);
    found.push(`nginx refuses these files (${file}:${line}: ${refusing.message}), so it runs with what it had before`);
  }
  if (knowledge.live && onThisMachine === false) {
    found.push(`DNS: the name leads to ${front.address ?? 'another address'}, which is no address of this machine`);
  }
  const others = front.products.filter((product) => product !== 'nginx');
  if (others.length > 0) found.push(`another server is in front: ${others.join(', ')}`);
  else if (front.headers.length > 0 && !front.products.includes('nginx')) {
    found.push('another server may be in front: the answer does not name nginx');
  }
  if (outcome.outcome === 'switches' && front.cause === 'upstream') {
    found.push('the backend is down, elsewhere, or no HTTP server: the configuration cannot tell that');
  } else if (outcome.outcome === 'switches' && isBackends(front)) {
    found.push('the backend refuses for reasons of its own (path, Origin, authentication)');
  }
  const kinds = outcome.faults.map(({ kind }) => kind);
  if (outcome.outcome === 'fails' && front.outcome === 'switches' && kinds.every((kind) => LENIENT.has(kind))) {
    found.push('this backend puts up with what others refuse');
  }
  if (answer.dependsOnVersion) found.push('nginx versions differ here: state yours with --nginx-version');
  found.push(
    'nginx runs with an older configuration than these files: nginx -t && nginx -s reload; nginx -T shows the files',
  );
  return found;
}

/** Whether a held connection ended when this route's read timeout says. */
function explainClosing(answer: StaticAnswer, { closed }: HopReport): readonly string[] {
  if (closed === null || closed.code !== 1006 || answer.readTimeout === null) return [];
  const value = timeoutText(answer.readTimeout);
  if (isOwnClock(answer, closed)) return [`it was closed by ${value} of this configuration`];
  return [
    `${value} of this configuration is not what closed it: look for ${Math.round(closed.idleSeconds)} s in another hop`,
  ];
}

/** `proxy_read_timeout 2s (a.conf:9)` */
export function timeoutText({ name, milliseconds, setting }: Timeout): string {
  const at = setting === null ? 'the default' : settingLine(setting);
  return `${name} ${formatMilliseconds(milliseconds)} (${at})`;
}

/** The connection was idle for just as long as this configuration lets it. */
export function isOwnClock({ readTimeout }: StaticAnswer, { code, idleSeconds }: Closed): boolean {
  if (code !== 1006 || readTimeout === null) return false;
  const { milliseconds } = readTimeout;
  return Math.abs(idleSeconds - milliseconds / 1000) <= Math.max(0.5, milliseconds / 20_000);
}
