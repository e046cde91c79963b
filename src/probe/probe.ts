import { compare } from './compare';
import { holdHop } from './hold';
import { openHop } from './hop';
import type { HopReport, HopTarget, ProbeOptions, ProbeReport } from './types';
import { now } from './wire';

const TICK_MS = 1000;

/**
 * Sends a real RFC 6455 handshake to every hop, and holds those that switch side by side. It sends nothing but the
 * handshake, pings (and the pongs and Close that the protocol asks of an endpoint) and `options.send`. Never rejects
 * for what a server does: that is what the report is about. Bounded: each step by `timeoutMs`, the rest by `holdMs`;
 * memory does not grow with what is sent.
 */
export async function probe(options: ProbeOptions): Promise<ProbeReport> {
  let given = false;
  const front = options.hops[0];
  const one = async (target: HopTarget): Promise<HopReport> => {
    const hop = await openHop(target, options);
    options.progress?.(
      `${target.name}: ${hop.report.outcome}${hop.report.status === null ? '' : ` (${hop.report.status})`}`,
    );
    // Nothing is learnt from holding the inner hops when the front does not even open.
    if (target === front && hop.live === null) given = true;
    return holdHop(hop, options, () => given);
  };
  const stop = tick(options);
  const hops = await Promise.all(options.hops.map(one)).finally(stop);
  return compare(hops, front?.url.shown ?? '', options.pingMs);
}

function tick(options: ProbeOptions): () => void {
  const { progress } = options;
  if (progress === undefined || options.holdMs < TICK_MS) return () => undefined;
  const started = now();
  const timer = setInterval(() => {
    progress(`holding: ${Math.round((now() - started) / 1000)} of ${Math.round(options.holdMs / 1000)} s`);
  }, TICK_MS);
  return () => clearInterval(timer);
}
