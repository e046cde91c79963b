import type { ClientRequest, Outcome, UpstreamHeader } from '../../src/handshake/types';
import { isKnown } from '../../src/model/value';
import type { Value } from '../../src/model/value';
import type { Observed, Upstream } from './observe';
import { valuesOf } from './wire';

const OVERRUN_CHECKED = 1_030_003;

/** Differences between what the simulation says and what nginx did, a line each; none: they agree. */
export function disagreements(request: ClientRequest, outcome: Outcome, observed: Observed): string[] {
  if (outcome.outcome === 'unknown' || isOverrun(outcome, observed) || takesFile(outcome)) return [];
  // Where a handshake goes that fails in every way may be open.
  const rest = outcome.unknowns.length > 0 ? [] : [...answer(outcome, observed), ...forwarded(outcome, observed)];
  return [...verdict(request, outcome, observed), ...rest].map(
    (line) => `${request.method} ${request.target}: ${line}`,
  );
}

/** A file is taken to exist that generated trees do not have. */
function takesFile({ steps }: Outcome): boolean {
  return steps.some(({ what }) => what.endsWith('as the configuration names it'));
}

/** Before the check that answers 500 (CVE-2026-42533, 1.31.3), nginx writes past its buffer: anything may follow. */
function isOverrun({ faults, version }: Outcome, { status }: Observed): boolean {
  return (
    version < OVERRUN_CHECKED && status !== 500 && faults.some(({ detail }) => detail.startsWith('a regex map resets'))
  );
}

function isHandshake(request: ClientRequest): boolean {
  return valuesOf(request.headers, 'sec-websocket-key').length > 0;
}

function verdict(request: ClientRequest, outcome: Outcome, observed: Observed): string[] {
  if (!isHandshake(request) || (outcome.outcome === 'switches') === observed.switched) return [];
  const said = [outcome.outcome, ...outcome.faults.map(({ kind, detail }) => `${kind} (${detail})`)].join(', ');
  return [`said ${said}; nginx: ${observed.switched ? 'switches' : `fails (${observed.reason})`}`];
}

/** The status and the redirect when nginx answers by itself. */
function answer(outcome: Outcome, observed: Observed): string[] {
  const lines: string[] = [];
  // Nobody listens there, or what is sent is no HTTP/1.
  if (outcome.status === null && outcome.upstream === null && observed.status === null) return [];
  // 444 is nginx's code for closing the connection without an answer.
  const status = observed.status ?? 444;
  if (outcome.status !== null && outcome.status !== status) lines.push(`said ${outcome.status}; nginx: ${status}`);
  if (outcome.status === null && !observed.byBackend)
    lines.push(`said the backend answers; nginx: ${status} of its own`);
  if (!same(outcome.redirect, observed.redirect)) {
    lines.push(`said Location ${show(outcome.redirect)}; nginx: ${observed.redirect}`);
  }
  return lines;
}

/** What would be sent is known; whether it is, is not, or nothing is. */
const GIVES_UP: ReadonlySet<string> = new Set(['instant-timeout', 'no-resolver']);

function forwarded(outcome: Outcome, observed: Observed): string[] {
  const received = mainRequest(observed);
  const said = outcome.upstream;
  // nginx gives up at once, or speaks HTTP/2: whether the backend still reads a request is a matter of luck.
  if (said?.httpVersion === '2' || outcome.faults.some(({ kind }) => GIVES_UP.has(kind))) return [];
  if (said === null || received === null) {
    if (said === null && received === null) return [];
    return [
      said === null
        ? `said nothing is forwarded; nginx sent ${received?.uri}`
        : 'said it is forwarded; nginx sent nothing',
    ];
  }
  const lines: string[] = [];
  const version = `HTTP/${said.httpVersion}`;
  if (!same(said.method, received.method)) lines.push(`said method ${show(said.method)}; nginx: ${received.method}`);
  if (!same(said.uri, received.uri)) lines.push(`said URI ${show(said.uri)}; nginx: ${received.uri}`);
  if (version !== received.version) lines.push(`said ${version}; nginx: ${received.version}`);
  return [...lines, ...headers(said.headers, received)];
}

/** The last that came for the request itself: subrequests of generated trees have names of their own. */
export function mainRequest(observed: Observed): Upstream | null {
  return observed.received.filter(({ uri }) => !/asked|mirrored|auth-/.test(uri)).at(-1) ?? null;
}

function headers(said: readonly UpstreamHeader[], received: Upstream): string[] {
  const count = Math.max(said.length, received.headers.length);
  for (let index = 0; index < count; index++) {
    const ours = said[index];
    const [name, value] = received.headers[index] ?? [];
    if (ours !== undefined && name === ours.name && value !== undefined && same(ours.value, value, true)) continue;
    const shown = ours === undefined ? 'no more' : `${ours.name}: ${show(ours.value)}`;
    return [`said header ${index + 1} is ${shown}; nginx: ${name === undefined ? 'no more' : `${name}: ${value}`}`];
  }
  return [];
}

/** A value known only at run time agrees with any. Blanks around a field's value are no part of it. */
function same(said: Value | null, seen: string | null, trimmed = false): boolean {
  if (said === null || seen === null) return said === seen;
  if (!isKnown(said)) return true;
  return (trimmed ? said.replace(/^[ \t]+|[ \t]+$/g, '') : said) === seen;
}

function show(value: Value | null): string {
  return value === null ? 'none' : isKnown(value) ? value : `unknown: ${value.unknown}`;
}
