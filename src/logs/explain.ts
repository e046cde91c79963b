import { parseAccessLine, unwrap } from './access';
import { AT_ONCE, explainAccess, IDLE } from './access-signatures';
import { isEndpoint, meantBy, splitTarget } from './endpoint';
import { explainError, foreignSignature, parseErrorLine } from './errors';
import type { FormatReader } from './formats';
import { summarise } from './summary';
import type { Group, State } from './summary';
import type { AccessLine, ErrorLine, LogGroup, LogSummary, Signature } from './types';

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

/** Groups, paths and lengths told apart: a log of a million different paths costs no more memory than one. */
const MOST_GROUPS = 500;
const MOST_PATHS = 1000;
const MOST_LENGTHS = 5000;
const MOST_SAMPLE = 300;

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
    summary: () => summarise(state),
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
  const foreign = foreignSignature(inner);
  if (foreign === null) state.unknownLines += 1;
  else
    add(
      state,
      foreign,
      inner,
      { path: null, host: null, server: null, upstream: null, level: null, status: null },
      null,
    );
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
  const concerns = signature?.endpointOnly !== true || path === null || isKnown(state, options, path);
  if (signature === null || !concerns) {
    state.otherLines += 1;
    return;
  }
  const { host, server, upstream, level } = line;
  add(state, signature, text, { path, host, server, upstream: backendOf(upstream), level, status: null }, line.time);
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
  const signature =
    line.status === 101
      ? takeSwitched(state, options, line)
      : explainAccess(
          line,
          meantBy(line, (path) => isKnown(state, options, path)),
        );
  if (signature === null) {
    if (line.status !== 101) state.otherLines += 1;
    return;
  }
  const path = line.target === null ? null : splitTarget(line.target).path;
  const facts = { path, host: line.host, server: null, upstream: null, level: null, status: line.status };
  add(state, signature, text, facts, line.time, line.status === 101 ? line.seconds : null);
}

function takeSwitched(state: State, options: LogOptions, line: AccessLine): Signature | null {
  state.switched += 1;
  if (line.target !== null) countPath(state, splitTarget(line.target).path);
  if (line.seconds === null) return null;
  countLength(state, line.seconds);
  if ((options.timeouts ?? [60]).some((timeout) => isNear(line.seconds ?? 0, timeout))) return IDLE;
  return line.seconds < 0.05 ? AT_ONCE : null;
}

function countPath(state: State, path: string): void {
  const count = state.switchedPaths.get(path);
  if (count !== undefined) state.switchedPaths.set(path, count + 1);
  else if (state.switchedPaths.size < MOST_PATHS) state.switchedPaths.set(copy(path), 1);
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

type Facts = Pick<LogGroup, 'path' | 'host' | 'server' | 'upstream' | 'level' | 'status'>;

function add(
  state: State,
  signature: Signature,
  text: string,
  facts: Facts,
  time: string | null,
  seconds: number | null = null,
): void {
  const place = [facts.path, facts.host, facts.server, facts.upstream, facts.level].join('\0');
  let key = `${signature.id}\0${place}`;
  if (!state.groups.has(key) && state.groups.size >= MOST_GROUPS) {
    state.merged = true;
    key = signature.id;
  }
  const known = state.groups.get(key);
  const group = known ?? open(state, signature, text, key === signature.id ? nowhere(facts) : facts, time);
  if (known === undefined) state.groups.set(copy(key), group);
  group.count += 1;
  if (time !== null) group.last = time;
  if (seconds === null) return;
  group.least = Math.min(group.least, seconds);
  group.most = Math.max(group.most, seconds);
}

function nowhere(facts: Facts): Facts {
  return { path: null, host: null, server: null, upstream: null, level: facts.level, status: facts.status };
}

function open(state: State, signature: Signature, text: string, facts: Facts, time: string | null): Group {
  const { path, host, server, upstream, level, status } = facts;
  return {
    signature,
    facts: {
      path: copied(path),
      host: copied(host),
      server: copied(server),
      upstream: copied(upstream),
      level: copied(level),
      status,
      first: copied(time),
      file: state.file,
      line: state.lineInFile,
      sample: copy(masked(text)),
    },
    count: 0,
    last: null,
    least: Infinity,
    most: 0,
  };
}

/** V8 keeps a slice's whole text alive: what is kept is copied out of the chunk it came in. */
function copy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function copied(text: string | null): string | null {
  return text === null ? null : copy(text);
}

/** Queries carry tokens, and a log is shown to people. */
function masked(text: string): string {
  const shown = text.replace(/\?[^\s"]*/g, '?***');
  return shown.length > MOST_SAMPLE ? `${shown.slice(0, MOST_SAMPLE)}...` : shown;
}
