import type { Closed, HopReport } from './types';

/** How a held connection ended: what is seen, which hop ended it, what it can have been, and what tells. */
export function closedLines(hops: readonly HopReport[], closed: Closed, pingSeconds: number | null): string[] {
  if (closed.by === 'server' && closed.code !== 1006) return closedByApplication(closed);
  if (closed.code !== 1006) {
    return [`given up after ${closed.afterSeconds} s: what came is no WebSocket frame (${closed.reason ?? 'unknown'})`];
  }
  const how = closed.reason === null ? '' : `, broken off (${closed.reason})`;
  const seen = `closed without a Close frame (1006) after ${closed.afterSeconds} s, ${closed.idleSeconds} s after the last byte${how}`;
  const by = closed.by === 'unknown' ? [] : [`${closed.by} ended it: ${whoStays(hops, closed.by)}`];
  return [seen, ...by, ...reasons(hops, closed, pingSeconds)];
}

function closedByApplication({ code, reason, afterSeconds }: Closed): string[] {
  const said = reason === null ? '' : ` "${reason}"`;
  return [
    `closed by the server with code ${code}${said} after ${afterSeconds} s: a Close frame comes from the application, nginx never sends one`,
    'its log says why: an authentication or a first message that it waits for, a clock of its own, or a restart',
  ];
}

function reasons(hops: readonly HopReport[], closed: Closed, pingSeconds: number | null): string[] {
  const others =
    'the backend ended it (an error, a restart), or nginx was reloaded (worker_shutdown_timeout) or stopped';
  if (wasInUse(closed, pingSeconds)) {
    return [
      `it was in use (a ping every ${pingSeconds ?? 0} s), so no idle timeout: ${others}, or a hop limits how long a connection may last at all`,
    ];
  }
  const clock = clockOf(closed);
  const inner = hops.length > 1 ? '' : '; --direct and --via hold the inner hops beside it';
  if (clock === null) {
    const timeout = `an idle timeout of about ${Math.round(closed.idleSeconds)} s (proxy_read_timeout in nginx, timeout tunnel in HAProxy, a balancer’s)`;
    // Few timeouts are so short, and none of nginx resets.
    const causes = closed.idleSeconds < 5 || closed.reason !== null ? [others, timeout] : [timeout, others];
    return [
      causes.join(', or '),
      `probe again: a timeout ends it after the same time, and --ping below that keeps it open (docs/heartbeats.md)${inner}`,
    ];
  }
  return [
    `probably an idle timeout of ${clock[0]} s: ${clock[1]}. Else ${others}`,
    `a heartbeat below that interval keeps the connection open, if it is a timeout: --ping shows it (docs/heartbeats.md)${inner}`,
  ];
}

/** It outlived the silence between two pings, and ended in a shorter one: no idle timeout was over. */
export function wasInUse({ afterSeconds, idleSeconds }: Closed, pingSeconds: number | null): boolean {
  return pingSeconds !== null && afterSeconds > pingSeconds + 0.5 && idleSeconds <= pingSeconds + 0.1;
}

/** It was silent for as long as an idle timeout that is widely known. */
export function isIdleTimeout(closed: Closed, pingSeconds: number | null): boolean {
  return closed.code === 1006 && !wasInUse(closed, pingSeconds) && clockOf(closed) !== null;
}

export function sameTime(a: Closed, b: Closed): boolean {
  return Math.abs(a.idleSeconds - b.idleSeconds) <= Math.max(0.5, 0.05 * b.idleSeconds);
}

function whoStays(hops: readonly HopReport[], name: string): string {
  const inner = hops[hops.findIndex((hop) => hop.name === name) + 1];
  return inner === undefined ? 'no hop behind it stays open longer' : `${inner.name}, behind it, stays open`;
}

type Clock = readonly [seconds: number, whose: string];

const CLOCKS: readonly Clock[] = [
  [5, 'keep-alive of a Node server that did not take the upgrade'],
  [30, 'the backend service timeout of Google Cloud'],
  [55, 'Heroku'],
  [60, 'proxy_read_timeout and an AWS load balancer, both by default'],
  [100, 'Cloudflare'],
  [240, 'an Azure load balancer'],
  [300, 'Envoy and Azure Front Door'],
  [350, 'an AWS network load balancer'],
  [600, 'CloudFront, and proxy_timeout of an nginx stream'],
  [3600, 'the proxy_read_timeout that guides recommend'],
];

function clockOf({ idleSeconds }: Closed): Clock | null {
  return CLOCKS.find(([value]) => Math.abs(value - idleSeconds) <= Math.max(0.5, value * 0.02)) ?? null;
}
