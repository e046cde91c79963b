import type { Outcome, UpstreamHeader } from '../handshake/types';
import { locationWords } from '../model/location-words';
import type { Route } from '../model/route';
import type { State } from './state';

const MOST_NAMED = 3;

export const NO_ROUTE = 'no route is concerned; all requests unchanged';

/** Where fixing ended: as asked what the first state was, and for itself, as fixes may open the way to a route. */
export interface Last {
  readonly state: State;
  readonly own: State;
}

/** What the comparison of first and last state showed for a fix: `/ws: handshake now switches; plain requests unchanged`. */
export function proofLine(first: State, last: Last, routes: readonly number[]): string {
  if (routes.length === 0) return NO_ROUTE;
  const said = new Map<string, string[]>();
  for (const index of routes) {
    const reached = first.destination(index) !== null;
    const text = `${handshakeText(first, reached ? last.state : last.own, index)}; ${plainText(first, last.state, index)}`;
    const names = said.get(text) ?? [];
    names.push(nameOf(first.routes[index]));
    said.set(text, names);
  }
  return [...said].map(([text, names]) => `${listed(names)}: ${text}`).join('; ');
}

function nameOf(route: Route | undefined): string {
  if (route === undefined) return 'a route';
  if (route.location?.opener == null) return route.label;
  const { modifier, pattern } = locationWords(route.location);
  const place = modifier === '' || modifier === '@' ? pattern : `${modifier} ${pattern}`;
  return route.inner === null ? place : `${place} (${route.inner.opener?.directive.name ?? 'block'})`;
}

function listed(names: readonly string[]): string {
  const unlike = [...new Set(names)];
  const shown = unlike.slice(0, MOST_NAMED).join(', ');
  return unlike.length > MOST_NAMED ? `${shown} and ${unlike.length - MOST_NAMED} more` : shown;
}

function handshakeText(first: State, last: State, index: number): string {
  const before = verdict(first, index);
  const after = verdict(last, index);
  if (after === 'switches') return before === 'switches' ? 'handshake still switches' : 'handshake now switches';
  return after === 'fails' ? 'handshake still fails' : 'handshake cannot be judged';
}

/** The worst over browsers and versions. */
function verdict(state: State, index: number): Outcome['outcome'] {
  const outcomes = (state.handshakes(index) ?? []).map(({ outcome }) => outcome);
  if (outcomes.includes('fails')) return 'fails';
  return outcomes.length === 0 || outcomes.includes('unknown') ? 'unknown' : 'switches';
}

function plainText(first: State, last: State, index: number): string {
  const before = first.plain(index) ?? [];
  const after = last.plain(index) ?? [];
  if (before.length === 0) return 'no request is known that reached it before';
  const changed = new Set<string>();
  for (const [at, old] of before.entries()) {
    const now = after[at];
    if (now !== undefined) for (const what of differences(old, now)) changed.add(what);
  }
  return changed.size === 0
    ? 'plain requests unchanged'
    : `plain requests unchanged but for ${[...changed].sort().join(', ')}`;
}

function* differences(before: Outcome, after: Outcome): Generator<string> {
  if (before.status !== after.status) yield 'their status';
  const old = before.upstream;
  const now = after.upstream;
  if (old === null || now === null) return;
  if (text(old.uri) !== text(now.uri) || text(old.method) !== text(now.method)) yield 'the request line';
  if (old.httpVersion !== now.httpVersion) yield `HTTP/${now.httpVersion}`;
  const lines = linesByName(old.headers);
  const made = linesByName(now.headers);
  for (const [name, values] of lines) if (made.get(name) !== values) yield name;
  for (const name of made.keys()) if (!lines.has(name)) yield name;
}

function linesByName(headers: readonly UpstreamHeader[]): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const { name, value } of headers) {
    const key = name
      .toLowerCase()
      .replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
    lines.set(key, `${lines.get(key) ?? ''}\n${text(value)}`);
  }
  return lines;
}

function text(value: UpstreamHeader['value']): string {
  return typeof value === 'string' ? `=${value}` : `?${value.unknown}`;
}
