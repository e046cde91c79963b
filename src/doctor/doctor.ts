import type { LogReport } from '../logs/report';
import type { ProbeReport } from '../probe/types';
import { beside, isOwnClock, timeoutText } from './beside';
import { checklist } from './checks';
import { diagnosticLine, type StaticAnswer } from './knowledge';
import type { DoctorProblem, DoctorReport } from './types';

export interface DoctorInput {
  readonly url: string;
  readonly probe: ProbeReport;
  readonly answer: StaticAnswer | null;
  readonly logs: LogReport | null;
  /** Whether the front's address is this machine's; null: not known. */
  readonly onThisMachine: boolean | null;
  readonly docs: (rule: string) => string | null;
}

/** Configuration, probe and logs in one report. */
export function doctor(input: DoctorInput): DoctorReport {
  const { url, probe, answer, logs, onThisMachine } = input;
  const front = probe.hops[0];
  const checks = checklist(answer, probe);
  return {
    schemaVersion: 1,
    url,
    healthy: checks.every(({ status }) => status !== 'fail'),
    checks,
    problems: [...configurationProblems(input), ...probeProblems(input), ...logProblems(logs)].sort(byGravity),
    missing: missing(input),
    configuration:
      answer === null || front === undefined ? null : beside(answer, front, onThisMachine, probe.pingSeconds),
    probe,
    logs,
  };
}

function byGravity(a: DoctorProblem, b: DoctorProblem): number {
  return Number(a.severity === 'warning') - Number(b.severity === 'warning');
}

function configurationProblems({ answer, docs }: DoctorInput): readonly DoctorProblem[] {
  if (answer === null) return [];
  return answer.diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map((diagnostic) => {
      const { file, line } = diagnosticLine(answer.knowledge, diagnostic);
      const { rule, message, help, fix } = diagnostic;
      return {
        from: 'configuration',
        severity: diagnostic.severity === 'error' ? 'error' : 'warning',
        what: message,
        where: `${file}:${line}`,
        todo: help ?? (fix === null ? 'see the rule' : `${fix.title} (nginx-ws-lint --fix)`),
        rule,
        docs: docs(rule),
      };
    });
}

function probeProblems({ probe, answer, logs }: DoctorInput): readonly DoctorProblem[] {
  const failing = probe.hops.find(({ name }) => name === probe.firstFailing);
  const common = { from: 'probe', severity: 'error', rule: null, docs: null } as const;
  if (failing !== undefined) {
    const todo = probe.summary.slice(2).join('; ');
    return [{ ...common, what: failing.detail, where: `${failing.name} (${failing.url})`, todo }];
  }
  if (probe.works || probe.closed === null) return [];
  const [what = '', ...rest] = probe.summary;
  if (answer?.readTimeout != null && isOwnClock(answer, probe.closed, probe.pingSeconds)) {
    const todo = 'send a heartbeat more often than that, or raise it';
    return [{ ...common, what, where: timeoutText(answer.readTimeout), todo, rule: 'read-timeout' }];
  }
  return [{ ...common, what, where: probe.closed.by, todo: [...tunnelLines(logs, probe.url), ...rest].join('; ') }];
}

const TUNNEL: ReadonlySet<string> = new Set(['idle-timeout', 'client-stalled', 'reset-in-tunnel', 'broken-tunnel']);

/** What the log says of connections of this URL that ended. */
function tunnelLines(logs: LogReport | null, url: string): readonly string[] {
  const path = url.replace(/^\w+:\/\/[^/]*|\?.*$/g, '');
  const groups = (logs?.groups ?? []).filter((group) => group.path === path && TUNNEL.has(group.id));
  return groups.map(
    ({ title, level, file, line }) => `the log has: ${title}, level ${level ?? 'unknown'} (${file}:${line})`,
  );
}

/** More groups than this are in the log report only. */
const MOST_LOG_PROBLEMS = 20;

function logProblems(logs: LogReport | null): readonly DoctorProblem[] {
  const groups = (logs?.groups ?? []).filter(
    ({ weight, source, certain }) => certain && weight !== 'harmless' && source !== 'foreign',
  );
  return groups.slice(0, MOST_LOG_PROBLEMS).map((group) => ({
    from: 'logs',
    // What was logged may be over: it is no verdict on how things are now.
    severity: 'warning',
    what: `${group.count} x ${group.title}${group.path === null ? '' : ` (${group.path})`}`,
    where: `${group.file}:${group.line}`,
    todo: group.fix,
    rule: group.rules[0]?.id ?? null,
    docs: group.rules[0]?.docs ?? null,
  }));
}

function missing({ probe, answer, logs }: DoctorInput): readonly string[] {
  const texts: string[] = [];
  if (answer === null) texts.push('the configuration: --conf PATH');
  if (!probe.hops.some(({ name }) => name === 'direct')) texts.push('the backend itself: --direct ws://host:port/path');
  if (probe.held === null) texts.push('whether the connection lasts: --hold SECONDS');
  if (logs === null) texts.push('the logs: --log FILE');
  return texts;
}
