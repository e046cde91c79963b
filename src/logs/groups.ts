import type { Group, State } from './summary';
import type { LogGroup, Signature } from './types';

/** Groups told apart: a log of a million different paths costs no more memory than one. */
const MOST_GROUPS = 500;
const MOST_SAMPLE = 300;

export type Facts = Pick<LogGroup, 'path' | 'host' | 'server' | 'upstream' | 'level' | 'status'>;

export const NO_FACTS: Facts = { path: null, host: null, server: null, upstream: null, level: null, status: null };

export interface Taken {
  readonly signature: Signature;
  readonly text: string;
  readonly facts: Facts;
  readonly time: string | null;
  readonly seconds?: number | null;
}

/** Counts a line among `groups`, which are the state's. */
export function add(state: State, groups: State['groups'], line: Taken): void {
  const { signature, facts, time, seconds = null } = line;
  const place = [facts.path, facts.host, facts.server, facts.upstream, facts.level].join('\0');
  let key = `${signature.id}\0${place}`;
  if (!groups.has(key) && groups.size >= MOST_GROUPS) {
    state.merged = true;
    key = signature.id;
  }
  const known = groups.get(key);
  const group = known ?? open(state, key === signature.id ? { ...line, facts: nowhere(facts) } : line);
  if (known === undefined) groups.set(copy(key), group);
  group.count += 1;
  if (time !== null) group.last = time;
  if (seconds === null) return;
  group.least = Math.min(group.least, seconds);
  group.most = Math.max(group.most, seconds);
}

function nowhere(facts: Facts): Facts {
  return { ...NO_FACTS, level: facts.level, status: facts.status };
}

function open(state: State, { signature, text, facts, time }: Taken): Group {
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
export function copy(text: string): string {
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
