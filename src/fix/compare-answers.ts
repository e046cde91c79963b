import type { Outcome, UpstreamHeader, UpstreamRequest } from '../handshake/types';
import type { Value } from '../model/value';
import { isMisspeltHeader } from '../lint/spelling';
import type { Announced } from './announced';

/** Hop-by-hop headers, which a repaired route may change for plain requests too (design 1.4). */
const REPAIRED = ['connection', 'upgrade'];

type Exempt = (name: string) => boolean;

const none: Exempt = () => false;

/** These, and their misspelt names where a line is renamed: no backend reads such a header. */
function exemptFor(announced: Announced | null): Exempt {
  if (announced === null) return none;
  const renamed = announced.names.has('proxy_set_header');
  return (name) => REPAIRED.some((header) => name === header || (renamed && isMisspeltHeader(name, header)));
}

/** What changed for plain requests that must not; null when nothing did. */
export function plainChange(before: Outcome, after: Outcome, announced: Announced | null): string | null {
  if (announced?.unsafe === true || neverWorked(before)) return null;
  if (before.status !== after.status)
    return `a plain request was answered ${status(before)}, and would be ${status(after)}`;
  if (text(before.redirect) !== text(after.redirect)) return 'a plain request would be redirected elsewhere';
  const anyVersion = announced?.names.has('proxy_http_version') === true;
  const what = upstreamChange(before.upstream, after.upstream, exemptFor(announced), anyVersion);
  if (what !== null) return `${what} of plain requests would change`;
  return gainsUpgrade(before.upstream, after.upstream) ? 'plain requests would be sent as handshakes' : null;
}

/** An Upgrade may go from plain requests, and never come: backends refuse what looks like half a handshake. */
function gainsUpgrade(before: UpstreamRequest | null, after: UpstreamRequest | null): boolean {
  const lines = (request: UpstreamRequest | null): readonly string[] =>
    headerLines(request?.headers.filter(({ name }) => name.toLowerCase() === 'upgrade') ?? [], none);
  const known = lines(before);
  return lines(after).some((line) => !known.includes(line));
}

/** What changed for a handshake that must not: one that switched, or one to a route that no fix speaks of. */
export function handshakeChange(before: Outcome, after: Outcome, announced: Announced | null): string | null {
  if (before.outcome === 'switches' && after.outcome !== 'switches')
    return 'a handshake that switched would not any more';
  if (before.upstream !== null && after.upstream === null && after.outcome === 'fails')
    return `a handshake that reached the backend would be answered ${status(after)}`;
  if (announced !== null || (after.outcome === 'switches' && failedInSubrequest(before))) return null;
  if (before.outcome !== after.outcome || before.status !== after.status)
    return 'the answer to a handshake would change';
  const what = upstreamChange(before.upstream, after.upstream, none, false);
  return what === null ? null : `${what} of handshakes would change`;
}

/**
 * No HTTP/1.1 client ever got an answer that could change: the port speaks HTTP/2 alone, or nginx does not know the scheme of
 * proxy_pass and refuses to start, or answers 500 where a variable holds it.
 */
function neverWorked({ faults }: Outcome): boolean {
  return faults.some(({ kind }) => kind === 'h2-only-port' || kind === 'bad-scheme');
}

/** The cause lies in the location of an auth_request or mirror, which is where it is repaired. */
function failedInSubrequest({ faults }: Outcome): boolean {
  return faults.some(({ kind }) => kind === 'subrequest-upgrade');
}

function upstreamChange(
  before: UpstreamRequest | null,
  after: UpstreamRequest | null,
  exempt: Exempt,
  anyVersion: boolean,
): string | null {
  if (before === null || after === null) return before === after ? null : 'the backend';
  if (text(before.method) !== text(after.method)) return 'the method';
  if (text(before.uri) !== text(after.uri)) return 'the request line';
  if (!anyVersion && before.httpVersion !== after.httpVersion) return 'the HTTP version';
  const changed = firstUnlike(headerLines(before.headers, exempt), headerLines(after.headers, exempt));
  return changed === null ? null : `the header ${changed.slice(0, changed.indexOf(':'))}`;
}

/** The first line of two sorted lists that the other lacks. */
function firstUnlike(before: readonly string[], after: readonly string[]): string | null {
  const index = before.findIndex((line, at) => line !== after[at]);
  if (index < 0) return after[before.length] ?? null;
  const [old = '', now] = [before[index], after[index]];
  return now !== undefined && now < old ? now : old;
}

function headerLines(headers: readonly UpstreamHeader[], exempt: Exempt): readonly string[] {
  const kept = headers.filter(({ name }) => !exempt(name.toLowerCase()));
  return kept.map(({ name, value }) => `${name.toLowerCase()}: ${text(value)}`).sort(byCodeUnit);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function text(value: Value | null): string {
  if (value === null) return '';
  return typeof value === 'string' ? `=${value}` : `?${value.unknown}`;
}

function status({ status: code }: Outcome): string {
  return code === null ? 'by the backend' : String(code);
}
