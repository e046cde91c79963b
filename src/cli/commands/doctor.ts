import { doctor } from '../../doctor/doctor';
import { directUrl } from '../../doctor/direct';
import type { DoctorReport } from '../../doctor/types';
import type { LogOptions } from '../../logs/explain';
import { probe } from '../../probe/probe';
import { isOwnAddress } from '../../probe/own-address';
import type { ProbeOptions } from '../../probe/types';
import { parseWsUrl } from '../../probe/url';
import { doctorHtml } from '../../report/doctor-html';
import { doctorMarkdown } from '../../report/doctor-markdown';
import { doctorText } from '../../report/doctor-text';
import { docsUrl } from '../../report/rule-docs';
import type { StaticAnswer } from '../../doctor/knowledge';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { knownConfiguration, type KnownConfiguration } from '../knowledge';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { endProgress, probeOptions } from '../probing';
import { protect } from '../protect';
import { UsageError } from '../usage-error';
import { explainLogs } from './logs';

/** 0: nothing fails. 1: something does. */
export async function doctorCommand(call: Invocation, io: Io): Promise<number> {
  const outputs = outputsOf(call, 'text');
  const options = probeOptions(call, io);
  const configuration = configurationOf(call, io);
  const front = options.hops[0];
  const answer = front === undefined ? null : (configuration?.answer(front.url) ?? null);
  const report = await examine(call, io, withDirect(options, answer), configuration, answer);
  for (const output of outputs) {
    const { color } = reportOptions(call, io, output, 'stdout');
    writeOutput(io, output, render(report, output.format, color), 'stdout');
  }
  return report.healthy ? 0 : 1;
}

async function examine(
  call: Invocation,
  io: Io,
  options: ProbeOptions,
  configuration: KnownConfiguration | null,
  answer: StaticAnswer | null,
): Promise<DoctorReport> {
  const files = call.list('log');
  protect(call, io, () => files);
  const logs =
    files.length === 0 ? null : await explainLogs(files, io, logOptions(configuration, options), configuration?.locate);
  const seen = await probe(options).finally(() => endProgress(io));
  const address = seen.hops[0]?.address ?? null;
  return doctor({
    url: seen.url,
    probe: seen,
    answer,
    logs,
    onThisMachine: address === null ? null : isOwnAddress(address),
    docs: docsUrl,
  });
}

/** The URL is one that serves WebSocket, whatever the configuration says. */
function logOptions(configuration: KnownConfiguration | null, { hops: [front] }: ProbeOptions): LogOptions {
  const path = front?.url.target.replace(/\?.*/, '');
  const known = configuration?.logOptions ?? {};
  return { ...known, serves: (asked) => asked === path || known.serves?.(asked) === true };
}

/** Stated, it must be readable; else the nginx of this machine, if there is one. */
function configurationOf(call: Invocation, io: Io): KnownConfiguration | null {
  if (call.given('conf')) return knownConfiguration(call, io);
  try {
    return knownConfiguration(call, io);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** The backend that nginx on this machine hands the request to is probed too, unless another is named. */
function withDirect(options: ProbeOptions, answer: StaticAnswer | null): ProbeOptions {
  if (answer === null || !answer.knowledge.live || options.hops.some(({ name }) => name === 'direct')) return options;
  const found = directUrl(answer);
  const url = found === null ? null : parseWsUrl(found);
  return url === null || 'error' in url ? options : { ...options, hops: [...options.hops, { name: 'direct', url }] };
}

function render(report: DoctorReport, format: string, color: boolean): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'markdown':
      return doctorMarkdown(report);
    case 'html':
      return doctorHtml(report);
    default:
      return doctorText(report, color);
  }
}
