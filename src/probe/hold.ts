import { clientFrame, closeFrameOf, OPCODE, type FrameEvent } from './frames';
import { closing, step, tenths, type Live, type OpenHop } from './hop';
import type { Closed, HopReport, ProbeOptions } from './types';
import { now } from './wire';

const GOODBYE_MS = 300;
/** How often a hold looks whether it is still wanted. */
const LOOK_MS = 250;

/** Keeps an open hop for `holdMs`, silent or pinging, unless `given` up, and says how it ended. */
export async function holdHop(hop: OpenHop, options: ProbeOptions, given: () => boolean): Promise<HopReport> {
  const { live, report } = hop;
  const asked = options.holdMs > 0;
  if (live === null) return { ...report, held: asked ? (report.closed?.afterSeconds ?? null) : null };
  const closed = await hold(live, options, given);
  const held = closed === null ? tenths(now() - live.opened) : closed.afterSeconds;
  if (closed === null) await goodbye(live);
  live.wire.destroy();
  return { ...report, held: asked ? held : null, closed };
}

async function hold(live: Live, options: ProbeOptions, given: () => boolean): Promise<Closed | null> {
  const end = live.opened + options.holdMs;
  let nextPing = options.pingMs === null ? Infinity : live.opened + options.pingMs;
  while (now() < end && !given()) {
    const closed = endAmong(live, (await step(live, Math.min(end, nextPing, now() + LOOK_MS))) ?? []);
    if (closed !== null) return closed;
    if (now() < nextPing) continue;
    if (live.wire.write(clientFrame(OPCODE.ping, Buffer.alloc(0)))) live.lastByte = now();
    nextPing += options.pingMs ?? Infinity;
  }
  return null;
}

function endAmong(live: Live, events: readonly FrameEvent[]): Closed | null {
  for (const event of events) {
    if (event.kind === 'close') return closing(live, 'server', event.code, event.reason);
    if (event.kind === 'broken') return { ...closing(live, 'unknown', 1002, event.why), by: 'unknown' };
  }
  return null;
}

/** A Close frame, and a moment for the answer: a connection is not left to be found dead. */
async function goodbye(live: Live): Promise<void> {
  live.wire.write(closeFrameOf(1000));
  const deadline = now() + GOODBYE_MS;
  while (now() < deadline) {
    const events = await step(live, deadline);
    if (events === null || events.some((event) => event.kind === 'close' || event.kind === 'broken')) return;
  }
}
