import { parseAccessLine, unwrap } from './access';
import { AT_ONCE, IDLE, SWALLOWED } from './access-signatures';
import { explainAccess } from './access-explain';
import { isEndpoint, isSwallowed, meantBy, splitTarget } from './endpoint';
import { explainError, foreignSignature, parseErrorLine } from './errors';
import type { FormatReader } from './formats';
import { add, copy, NO_FACTS } from './groups';
import { summarise } from './summary';
import type { State } from './summary';
import type { AccessLine, ErrorLine, LogSummary, Signature } from './types';

export interface LogOptions {
  /** Readers of the configuration's own log formats, tried first. */
  readonly formats?: readonly FormatReader[];
  /** Values of proxy_read_timeout in seconds that the configuration's WebSocket routes have; default: 60. */
  readonly timeouts?: readonly number[];
  /** Whether the configuration says that the path serves WebSocket. */
  readonly serves?: (path: string) => boolean;
}

export interface LogReader {
  /** Lines come from this file from now on. */
  begin(file: string): void;
  line(text: string): void;
  summary(): LogSummary;
}

/** Paths and lengths told apart: a log of a million different paths costs no more memory than one. */
const MOST_PATHS = 1000;
const MOST_LENGTHS = 5000;

/** Explains lines one by one. Nothing is kept of a line but counts, and the first of each group. */
export function createLogReader(options: LogOptions = {}): LogReader {
  const state: State = {
    file: '-',
    lineInFile: 0,
    lines: 0,
    errorLines: 0,
    accessLines: 0,
    unknownLines: 0,
    otherLines: 0,
    switched: 0,
    merged: false,
    groups: new Map(),
    undecided: new Map(),
    switchedPaths: new Map(),
    lengths: new Map(),
  };
  return {
    begin(file) {
      state.file = file;
      state.lineInFile = 0;
    },
    line(text) {
      state.lineInFile += 1;
      if (text.trim() === '') return;
      state.lines += 1;
      readLine(state, options, text);
    },
    summary: () => summarise(state, options.serves !== undefined),
  };
}

function readLine(state: State, options: LogOptions, text: string): void {
  const own = ownFormat(options, text);
  if (own !== null) return takeAccess(state, options, own, text);
  const inner = unwrap(text) ?? text;
  const error = parseErrorLine(inner);
  if (error !== null) return takeError(state, options, error, inner);
  const access = parseAccessLine(inner) ?? (inner === text ? null : parseAccessLine(text));
  if (access !== null) return takeAccess(state, options, access, inner);
  const signature = foreignSignature(inner);
  if (signature === null) state.unknownLines += 1;
  else add(state, state.groups, { signature, text: inner, facts: NO_FACTS, time: null });
}

function ownFormat(options: LogOptions, text: string): AccessLine | null {
  for (const read of options.formats ?? []) {
    const line = read(text);
    if (line !== null) return line;
  }
  return null;
}

function takeError(state: State, options: LogOptions, line: ErrorLine, text: string): void {
  state.errorLines += 1;
  const signature = explainError(line);
  const path = line.target === null ? null : splitTarget(line.target).path;
  const { time, host, server, upstream, level } = line;
  const groups = signature === null ? null : groupsFor(state, options, signature, { method: line.method, path });
  if (signature === null || groups === null) {
    state.otherLines += 1;
    return;
  }
  const facts = { path, host, server, upstream: backendOf(upstream), level, status: null };
  add(state, groups, { signature, text, facts, time });
}

/** Where plain requests print the line too, the path decides; a 101 that comes later may still show what it is. */
function groupsFor(
  state: State,
  options: LogOptions,
  { endpointOnly = false, alsoPlain = false }: Signature,
  { method, path }: { readonly method: string | null; readonly path: string | null },
): State['groups'] | null {
  if (!endpointOnly && !alsoPlain) return state.groups;
  if (method !== null && method !== 'GET') return null;
  if (path === null) return endpointOnly ? state.groups : state.undecided;
  return isKnown(state, options, path) ? state.groups : state.undecided;
}

function isKnown(state: State, options: LogOptions, path: string): boolean {
  return isEndpoint(path) || state.switchedPaths.has(path) || options.serves?.(path) === true;
}

/** Scheme, host and port: the path of an upstream URL is the request's. */
function backendOf(upstream: string | null): string | null {
  return upstream === null ? null : (/^[a-z]+:\/\/(unix:[^:]*|[^/]*)/.exec(upstream)?.[0] ?? null);
}

function takeAccess(state: State, options: LogOptions, line: AccessLine, text: string): void {
  state.accessLines += 1;
  const signature = explained(state, options, line);
  if (signature === null) {
    if (line.status !== 101) state.otherLines += 1;
    return;
  }
  const path = line.target === null ? null : splitTarget(line.target).path;
  const facts = { ...NO_FACTS, path, host: line.host, status: line.status };
  const groups = signature.alsoPlain === true ? state.undecided : state.groups;
  add(state, groups, { signature, text, facts, time: line.time, seconds: line.status === 101 ? line.seconds : null });
}

function explained(state: State, options: LogOptions, line: AccessLine): Signature | null {
  if (isSwallowed(line)) return SWALLOWED;
  if (line.status === 101) return takeSwitched(state, options, line);
  const meant = meantBy(line, (path) => isKnown(state, options, path));
  return explainAccess(line, meant);
}

function takeSwitched(state: State, options: LogOptions, line: AccessLine): Signature | null {
  state.switched += 1;
  if (line.target !== null) countPath(state, splitTarget(line.target).path, line.seconds);
  if (line.seconds === null) return null;
  countLength(state, line.seconds);
  if ((options.timeouts ?? [60]).some((timeout) => isNear(line.seconds ?? 0, timeout))) return IDLE;
  return line.seconds < 0.05 ? AT_ONCE : null;
}

function countPath(state: State, path: string, seconds: number | null): void {
  let found = state.switchedPaths.get(path);
  if (found === undefined) {
    if (state.switchedPaths.size >= MOST_PATHS) return;
    found = { count: 0, least: Infinity, most: 0 };
    state.switchedPaths.set(copy(path), found);
  }
  found.count += 1;
  if (seconds === null) return;
  found.least = Math.min(found.least, seconds);
  found.most = Math.max(found.most, seconds);
}

/** nginx ends it within milliseconds of the timeout; the handshake before it takes a little. */
function isNear(seconds: number, timeout: number): boolean {
  return seconds >= timeout && seconds <= timeout + Math.max(0.5, timeout * 0.02);
}

function countLength(state: State, seconds: number): void {
  const whole = Math.floor(seconds);
  if (whole < 2 || (state.lengths.size >= MOST_LENGTHS && !state.lengths.has(whole))) return;
  state.lengths.set(whole, (state.lengths.get(whole) ?? 0) + 1);
}
