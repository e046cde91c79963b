import { beside, type Beside } from '../../doctor/beside';
import { isOwnAddress } from '../../probe/own-address';
import { probe } from '../../probe/probe';
import type { ProbeOptions, ProbeReport } from '../../probe/types';
import { probeText } from '../../report/probe-text';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { knownConfiguration, type KnownConfiguration } from '../knowledge';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { endProgress, probeOptions } from '../probing';

/** 0: the handshake switches, and holds as long as was asked. 1: it does not. */
export async function probeCommand(call: Invocation, io: Io): Promise<number> {
  const outputs = outputsOf(call, 'pretty');
  const options = probeOptions(call, io);
  const configuration = call.given('conf') ? knownConfiguration(call, io) : null;
  const seen = await probe(options).finally(() => endProgress(io));
  const report = { ...seen, configuration: configuration === null ? null : besideOf(configuration, options, seen) };
  for (const output of outputs) {
    const { color } = reportOptions(call, io, output, 'stdout');
    writeOutput(
      io,
      output,
      output.format === 'json' ? json(report) : probeText(report, report.configuration, color),
      'stdout',
    );
  }
  return report.works ? 0 : 1;
}

function besideOf(
  configuration: KnownConfiguration,
  options: ProbeOptions,
  { hops, pingSeconds }: ProbeReport,
): Beside | null {
  const [target] = options.hops;
  const [front] = hops;
  const answer = target === undefined ? null : configuration.answer(target.url);
  if (answer === null || front === undefined) return null;
  return beside(answer, front, front.address === null ? null : isOwnAddress(front.address), pingSeconds);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
