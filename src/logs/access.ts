import type { AccessLine } from './types';

/** Longest JSON that is parsed: beyond it a line is no log line. */
const MOST_JSON = 32 * 1024;
const REQUEST =
  /"(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE|PRI|PROPFIND|[A-Z]{3,16}) ([^" ]*)(?: HTTP\/(\d)(?:\.\d)?)?"/;
/** A request that nginx could not read: `"\x16\x03..." 400`. */
const UNREADABLE = /"[^"]*" (\d{3}) /;
const TIME = /\[(\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]|\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^\s"]*)/;
const SECONDS_KEY = /\b(?:request_time|req_time|rt|duration|took)"?[=:] ?"?(\d+(?:\.\d+)?)/i;
const UPSTREAM_KEY = /\b(?:upstream_status|ups_status|upstream|us)"?[=:] ?"?(\d{3}|-)(?=[\s",;|]|$)/i;
const HOST_KEY = /\b(?:http_host|host|vhost|server_name|server)"?[=:] ?"?([A-Za-z0-9.-]+(?::\d+)?)/i;
const UPGRADE_KEY = /\b(?:http_upgrade|upgrade)"?[=:] ?"?([A-Za-z0-9-]+)/i;
/** The format that docs/probe.md gives; alone, its short keys may be anything. */
const DOCUMENTED = /\bup=(\S+) u=(-|\d{3})(?:[ ,:]+\d{3})* rt=/;

/**
 * A line of an access log: nginx's combined format, formats made from it, `key=value` formats and JSON. null when no
 * request line and status are to be seen: such a line is counted, not guessed at.
 */
export function parseAccessLine(line: string): AccessLine | null {
  if (line.startsWith('{')) return line.length > MOST_JSON ? null : parseJson(line);
  const request = REQUEST.exec(line);
  if (request === null) return unreadable(line);
  const after = line.slice(request.index + request[0].length);
  const before = line.slice(0, request.index);
  const status = statusIn(after) ?? statusIn(before);
  if (status === null) return null;
  // `key=value` formats: looked for where there is a key at all.
  const keyed = before.includes('=') ? line : /[=:] ?"?[\w.-]/.test(after) ? after : '';
  const [, upgrade = null, upstreamStatus = null] = DOCUMENTED.exec(keyed) ?? [];
  return {
    time: timeIn(line),
    method: request[1] ?? null,
    target: request[2] ?? null,
    status,
    upstreamStatus: upstreamStatus ?? UPSTREAM_KEY.exec(keyed)?.[1] ?? null,
    seconds: secondsIn(keyed, after),
    host: HOST_KEY.exec(keyed)?.[1] ?? null,
    upgrade: upgrade ?? UPGRADE_KEY.exec(keyed)?.[1] ?? upgradeOver(request[3] ?? ''),
  };
}

/** HTTP/2 and 3 have no Upgrade header; null: another protocol, which may have one. */
export function upgradeOver(version: string): string | null {
  return /^(?:HTTP\/)?[23]/.test(version) ? '-' : null;
}

/** $status stands alone, or after `status=`; never inside a longer number, an address or a time. */
function statusIn(text: string): number | null {
  const keyed = /\bstatus"?[=:] ?"?(\d{3})(?=[\s",;|]|$)/i.exec(text);
  const found = keyed ?? /(?:^|[\s|;,"[(])(\d{3})(?=[\s|;,"\])]|$)/.exec(text);
  if (found === null) return null;
  const status = Number(found[1]);
  return (status >= 100 && status < 600) || status === 9 || status === 0 ? status : null;
}

function timeIn(line: string): string | null {
  const found = TIME.exec(line);
  return found === null ? null : (found[1] ?? found[2] ?? null);
}

/** By its key, else the first number with nginx's three decimals after the status. */
function secondsIn(keys: string, after: string): number | null {
  const keyed = SECONDS_KEY.exec(keys);
  if (keyed !== null) return Number(keyed[1]);
  const bare = /(?:^|[\s|;,"[(])(\d{1,7}\.\d{3})(?=[\s|;,"\])]|$)/.exec(after);
  return bare === null ? null : Number(bare[1]);
}

function unreadable(line: string): AccessLine | null {
  const time = timeIn(line);
  const status = time === null ? null : UNREADABLE.exec(line);
  if (status === null) return null;
  const empty = { method: null, target: null, upstreamStatus: null, seconds: null, host: null, upgrade: null };
  return { ...empty, time, status: Number(status[1]) };
}

type Fields = Readonly<Record<string, unknown>>;

function parseJson(line: string): AccessLine | null {
  let fields: Fields;
  try {
    fields = JSON.parse(line) as Fields;
  } catch {
    return null;
  }
  const status = Number(pick(fields, 'status', 'response_code', 'response', 'code', 'http_status'));
  const [method = null, target = null, protocol = null] = requestOf(fields);
  if (!Number.isInteger(status) || status < 0 || status > 599 || (method === null && target === null)) return null;
  return {
    time: pick(fields, 'time', 'time_iso8601', 'time_local', '@timestamp', 'timestamp', 'ts'),
    method,
    target,
    status,
    upstreamStatus: pick(fields, 'upstream_status'),
    seconds: numberOf(pick(fields, 'request_time', 'duration', 'rt', 'response_time')),
    host: pick(fields, 'http_host', 'host', 'vhost', 'server_name'),
    upgrade: pick(fields, 'http_upgrade', 'upgrade') ?? upgradeOver(protocol ?? ''),
  };
}

function requestOf(fields: Fields): readonly (string | null)[] {
  const line = pick(fields, 'request', 'request_line');
  if (line !== null && / /.test(line)) return line.split(' ');
  return [
    pick(fields, 'request_method', 'method', 'verb'),
    pick(fields, 'request_uri', 'uri', 'path', 'url') ?? line,
    pick(fields, 'server_protocol', 'protocol'),
  ];
}

function pick(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

function numberOf(text: string | null): number | null {
  return text === null || !/^\d+(\.\d+)?$/.test(text) ? null : Number(text);
}

/** What a collector wrapped into JSON: docker's `log`, fluentd's and journald's `message`. null: nothing. */
export function unwrap(line: string): string | null {
  if (!line.startsWith('{') || line.length > MOST_JSON) return null;
  try {
    const fields = JSON.parse(line) as Fields;
    const text = pick(fields, 'log', 'message', 'msg', 'MESSAGE');
    return text === null ? null : text.replace(/\s+$/, '');
  } catch {
    return null;
  }
}
