import type { FaultKind, UpstreamHeader } from '../handshake/types';
import type { Diagnostic } from '../lint/result';
import { isKnown } from '../model/value';
import type { HopReport, ProbeReport } from '../probe/types';
import { isIdleTimeout } from '../probe/closing';
import { isOwnClock, timeoutText } from './beside';
import { diagnosticLine, settingLine, type StaticAnswer } from './knowledge';
import type { Check, CheckStatus } from './types';

/** The checklist: what the configuration says, then what the probe saw. */
export function checklist(answer: StaticAnswer | null, probe: ProbeReport): readonly Check[] {
  const front = probe.hops[0];
  return [
    headerCheck('http-version', 'HTTP/1.1 towards the backend', answer, ['http-version'], versionEvidence),
    headerCheck('upgrade', 'Upgrade is forwarded', answer, UPGRADE, (a) => headerEvidence(a, 'upgrade')),
    headerCheck('connection', 'Connection is set', answer, CONNECTION, (a) => headerEvidence(a, 'connection')),
    mapCheck(answer),
    timeoutCheck(answer, probe),
    tlsCheck(front),
    backendCheck(probe),
    handshakeCheck(front),
    heldCheck(front),
  ];
}

/** Rules that name the cause of each failing line. */
const EXPLAINING: Readonly<Partial<Record<Check['id'], readonly string[]>>> = {
  'http-version': ['http-version'],
  upgrade: ['upgrade-header', 'inherited-headers-dropped', 'misspelt-variable'],
  connection: ['connection-header', 'inherited-headers-dropped', 'misspelt-variable', 'connection-upgrade-map'],
};

const UPGRADE: readonly FaultKind[] = ['upgrade-missing', 'upgrade-wrong', 'upgrade-twice'];
const CONNECTION: readonly FaultKind[] = ['connection-missing', 'connection-wrong', 'connection-close'];

function check(id: Check['id'], title: string, status: CheckStatus, ...evidence: readonly string[]): Check {
  return { id, title, status, evidence };
}

function headerCheck(
  id: Check['id'],
  title: string,
  answer: StaticAnswer | null,
  kinds: readonly FaultKind[],
  evidence: (answer: StaticAnswer) => readonly string[] | null,
): Check {
  if (answer === null) return check(id, title, 'unknown', 'no configuration was given (--conf)');
  const faults = answer.outcome.faults.filter(({ kind }) => kinds.includes(kind));
  if (faults.length > 0) {
    const texts = faults.map(
      ({ detail, setting }) => `${detail}${setting === null ? '' : ` (${settingLine(setting)})`}`,
    );
    return check(id, title, 'fail', ...texts, ...findingsOf(id, answer));
  }
  if (answer.outcome.upstream === null) {
    return check(id, title, 'unknown', `the configuration hands the request to no backend: ${answer.place}`);
  }
  const found = evidence(answer);
  if (found === null) return check(id, title, 'unknown', 'its value is known at run time only');
  return check(id, title, 'pass', ...found);
}

function findingsOf(id: Check['id'], answer: StaticAnswer): readonly string[] {
  const named = answer.diagnostics.filter(({ rule, breaks }) => breaks && EXPLAINING[id]?.includes(rule) === true);
  return named.map((each) => findingText(answer, each));
}

function findingText(answer: StaticAnswer, diagnostic: Diagnostic): string {
  const { file, line } = diagnosticLine(answer.knowledge, diagnostic);
  return `${file}:${line} ${diagnostic.rule}: ${diagnostic.message}`;
}

function versionEvidence({ outcome }: StaticAnswer): readonly string[] | null {
  const version = outcome.upstream?.httpVersion;
  return version === undefined ? null : [`the backend receives HTTP/${version}`];
}

function headerEvidence(answer: StaticAnswer, name: string): readonly string[] | null {
  const lines = headersOf(answer, name);
  if (lines.length === 0 || !lines.every(({ value }) => isKnown(value))) return null;
  return lines.map(({ value, setting }) => {
    const at = setting === null ? '' : ` (${settingLine(setting)})`;
    return `the backend receives ${name === 'upgrade' ? 'Upgrade' : 'Connection'}: ${isKnown(value) ? value : ''}${at}`;
  });
}

function headersOf({ outcome }: StaticAnswer, name: string): readonly UpstreamHeader[] {
  return (outcome.upstream?.headers ?? []).filter((header) => header.name.toLowerCase() === name);
}

function mapCheck(answer: StaticAnswer | null): Check {
  const title = 'the map behind Connection';
  if (answer === null) return check('map', title, 'unknown', 'no configuration was given (--conf)');
  const wrong = answer.diagnostics.filter(
    ({ rule }) => rule === 'connection-upgrade-map' || rule === 'misspelt-variable',
  );
  const errors = wrong.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return check('map', title, 'fail', ...errors.map((each) => findingText(answer, each)));
  const setting = headersOf(answer, 'connection').find((header) => header.setting !== null)?.setting ?? null;
  if (setting === null) return check('map', title, 'unknown', 'no proxy_set_header Connection applies');
  const value = setting.directive.args[1] ?? '';
  const maps = answer.knowledge.configuration.http?.own('map') ?? [];
  const map = maps.find(({ directive }) => directive.args[1] === value.replace(/^\$\{(.*)\}$/, '$$$1'));
  if (map !== undefined) {
    const warnings = wrong.map((each) => findingText(answer, each));
    return check('map', title, 'pass', `map ${map.directive.args.join(' ')} (${settingLine(map)})`, ...warnings);
  }
  const text = value.startsWith('$') ? `${value} is no map's` : `none is needed: Connection is always ${value}`;
  return check('map', title, value.startsWith('$') ? 'unknown' : 'pass', `${text} (${settingLine(setting)})`);
}

/** An idle timeout is wrong only if the application stays silent for longer: held for so long, it is proven. */
function timeoutCheck(answer: StaticAnswer | null, { hops: [front], pingSeconds }: ProbeReport): Check {
  const title = 'timeouts';
  const closed = front?.closed ?? null;
  // A connection may end for many reasons: only where a timeout fits was it one.
  const timedOut =
    closed !== null &&
    (isIdleTimeout(closed, pingSeconds) || (answer !== null && isOwnClock(answer, closed, pingSeconds)));
  const cut = timedOut ? [`closed after ${closed.idleSeconds} s without traffic`] : [];
  if (answer === null) {
    return cut.length > 0
      ? check('timeouts', title, 'fail', ...cut)
      : check('timeouts', title, 'unknown', 'no configuration was given (--conf)');
  }
  const { readTimeout } = answer;
  const own = readTimeout === null ? [] : [timeoutText(readTimeout)];
  const zero = answer.outcome.faults.filter(({ kind }) => kind === 'instant-timeout');
  if (zero.length > 0 || cut.length > 0)
    return check('timeouts', title, 'fail', ...zero.map(({ detail }) => detail), ...cut, ...own);
  if (readTimeout === null) return check('timeouts', title, 'unknown', 'no route, or a timeout that cannot be read');
  const { milliseconds } = readTimeout;
  const text = timeoutText(readTimeout);
  const held = front?.held ?? 0;
  // Held by our own pings it proves nothing about the application's silence.
  const proven = pingSeconds === null && held * 1000 > milliseconds;
  if (milliseconds > 60_000 || proven)
    return check('timeouts', title, 'pass', text, ...(proven ? [`held ${held} s`] : []));
  return check(
    'timeouts',
    title,
    'unknown',
    text,
    'enough only if the application sends a ping more often; --hold shows it',
  );
}

function tlsCheck(front: HopReport | undefined): Check {
  const title = 'TLS';
  if (front === undefined) return check('tls', title, 'unknown');
  const step = front.steps.find((each) => each.step === 'tls');
  if (step === undefined) {
    const why = front.url.startsWith('wss:')
      ? 'the connection did not get that far'
      : 'the URL is ws://: no TLS on this way';
    return check('tls', title, 'unknown', why);
  }
  const { tls } = front;
  const problem = tls?.problem == null ? [] : [tls.problem];
  return check('tls', title, step.ok && tls?.trusted === true ? 'pass' : 'fail', step.detail, ...problem);
}

function backendCheck({ hops }: ProbeReport): Check {
  const title = 'the backend directly';
  const direct = hops.find(({ name }) => name === 'direct');
  if (direct === undefined) return check('backend', title, 'unknown', 'give its URL with --direct');
  return check('backend', title, direct.outcome === 'switches' ? 'pass' : 'fail', `${direct.url}: ${direct.detail}`);
}

function handshakeCheck(front: HopReport | undefined): Check {
  const title = 'the handshake';
  if (front === undefined) return check('handshake', title, 'unknown');
  return check('handshake', title, front.outcome === 'switches' ? 'pass' : 'fail', `${front.url}: ${front.detail}`);
}

function heldCheck(front: HopReport | undefined): Check {
  const title = 'the connection holds';
  if (front === undefined || front.outcome === 'fails') return check('held', title, 'unknown', 'it did not open');
  if (front.closed !== null) {
    const { code, afterSeconds, idleSeconds } = front.closed;
    return check(
      'held',
      title,
      'fail',
      `closed with ${code} after ${afterSeconds} s, ${idleSeconds} s after the last byte`,
    );
  }
  if (front.held === null) return check('held', title, 'unknown', 'not tried: --hold SECONDS');
  return check('held', title, 'pass', `held ${front.held} s`);
}
