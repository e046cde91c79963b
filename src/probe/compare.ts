import { closedLines, sameTime } from './closing';
import { PRODUCTS } from './products';
import type { Closed, HopReport, ProbeReport } from './types';

/**
 * Compares the hops, which stand from the client inwards. The one to blame is the innermost of those that fail in an
 * unbroken row from the front: what lies further in works, so the fault is in that hop or between it and the next.
 */
export function compare(hops: readonly HopReport[], url: string, pingMs: number | null): ProbeReport {
  const failing = firstFailing(hops);
  const blamed = blameClosing(hops);
  const front = blamed[0];
  const pingSeconds = pingMs === null ? null : pingMs / 1000;
  const works = failing === null && front?.closed == null;
  return {
    schemaVersion: 1,
    url,
    hops: blamed,
    firstFailing: failing?.name ?? null,
    held: front?.held ?? null,
    closed: front?.closed ?? null,
    pingSeconds,
    summary: summarise(blamed, failing, pingSeconds),
    limits: limitsOf(blamed),
    works: works || (failing === null && front?.closed?.by === 'server' && front.held === null),
  };
}

export function firstFailing(hops: readonly HopReport[]): HopReport | null {
  let found: HopReport | null = null;
  for (const hop of hops) {
    if (hop.outcome === 'switches') break;
    found = hop;
  }
  return found;
}

/** Whose clock ended the held connections: the innermost of those that ended together with the front. */
function blameClosing(hops: readonly HopReport[]): readonly HopReport[] {
  const end = hops[0]?.closed;
  if (hops.length < 2 || end == null || end.code !== 1006) return hops;
  let by: string | null = null;
  for (const hop of hops) {
    if (hop.closed === null || hop.closed.code !== 1006 || !sameTime(hop.closed, end)) break;
    by = hop.name;
  }
  return hops.map((hop) =>
    hop.closed?.code === 1006 ? { ...hop, closed: { ...hop.closed, by: blame(hop, end, by) } } : hop,
  );
}

function blame(hop: HopReport, end: Closed, by: string | null): string {
  return by !== null && hop.closed !== null && sameTime(hop.closed, end) ? by : hop.name;
}

function summarise(
  hops: readonly HopReport[],
  failing: HopReport | null,
  pingSeconds: number | null,
): readonly string[] {
  const lines = failing === null ? [] : failingLines(hops, failing);
  const front = hops[0];
  if (front === undefined) return lines;
  if (front.closed !== null) lines.push(...closedLines(hops, front.closed, pingSeconds));
  else if (front.held !== null) lines.push(`${front.name}: held ${front.held} s without being cut`);
  if (front.echo !== null && front.outcome === 'switches') lines.push(echoLine(front.echo));
  if (failing === null) lines.push(...innerFailures(hops));
  return lines.length > 0 ? lines : [`${front.name}: the handshake switches`];
}

function failingLines(hops: readonly HopReport[], failing: HopReport): string[] {
  const at = hops.indexOf(failing);
  const inner = hops[at + 1];
  const lines = [`first failing hop: ${failing.name} (${failing.url})`, failing.detail];
  if (inner !== undefined) {
    lines.push(
      `${inner.name} (${inner.url}) switches: the fault is in ${failing.name}, or between it and ${inner.name}${hint(failing)}`,
    );
  } else if (at > 0) {
    lines.push(`${failing.name} fails on its own: nothing in front of it can work before it does`);
  } else {
    lines.push(
      'give --direct ws://backend/path to see whether the backend itself switches, --via name=url for hops between',
    );
  }
  return lines;
}

/** What the comparison adds: the same request works further in. */
function hint(failing: HopReport): string {
  switch (failing.cause) {
    case 'wrong-location':
      return failing.nginxPage
        ? '. The path ends in another location there'
        : '. The path arrives changed, Upgrade and Connection do not arrive, or another location or a cache answers there';
    case 'forbidden':
      return failing.nginxPage
        ? '. It refuses by a rule of its own: deny, auth_request, limit_except'
        : '. Host or Origin arrive changed (proxy_set_header Host $http_host keeps them together), or it refuses by a rule of its own with a page of its own';
    case 'headers-not-forwarded':
      return '. It does not forward Upgrade, Connection or HTTP/1.1, or answers itself (return): lint its configuration';
    case 'upstream':
      return '. It looks for its backend elsewhere, cannot reach it from where it runs, or cannot read its answer (https for http, a 101 with more headers than proxy_buffer_size): its error log says which';
    case 'closed-at-once':
      return '. It speaks HTTP/1.0 to its backend (proxy_http_version 1.1), or a subrequest of it switches too (auth_request, mirror)';
    case 'no-answer':
      return '. It does not pass the 101 on, or not in time';
    default:
      return '';
  }
}

function echoLine(echo: { readonly sent: string; readonly received: string | null }): string {
  if (echo.received === null) return 'no message came back for the one that was sent';
  return echo.received === echo.sent
    ? 'the message came back: an echo'
    : `the server answered: ${JSON.stringify(echo.received.slice(0, 200))}`;
}

function innerFailures(hops: readonly HopReport[]): string[] {
  return hops
    .filter((hop) => hop.outcome === 'fails')
    .map((hop) => `${hop.name} (${hop.url}) fails from here, yet the front works: ${hop.detail}`);
}

function limitsOf(hops: readonly HopReport[]): ProbeReport['limits'] {
  const names = new Set(hops.flatMap((hop) => hop.products));
  return PRODUCTS.filter((product) => names.has(product.name)).map((product) => ({
    product: product.name,
    text: product.limits,
    source: product.source,
  }));
}
