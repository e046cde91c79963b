import { ERROR_SIGNATURES, FOREIGN_SIGNATURES, STARTUP_SIGNATURES } from './signatures';
import type { ErrorLine, ErrorSignature } from './types';

/** `2026/11/20 19:00:00 [error] 12#12: *3 ...`; a collector may have put something in front. */
const STAMP =
  /(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(emerg|alert|crit|error|warn|notice|info|debug)\] \d+#\d+: (?:\*\d+ )?/;
/** How far in a collector's own prefix may reach (syslog, docker compose, CRI, journald). */
const MOST_PREFIX = 256;
/** What nginx prints on a terminal before it has a log. */
const CONSOLE = /^nginx: \[(emerg|alert|crit|error|warn)\] /;

/** A line of nginx's error log; null when it is none. */
export function parseErrorLine(line: string): ErrorLine | null {
  const head = line.length > MOST_PREFIX ? line.slice(0, MOST_PREFIX) : line;
  // Most lines of an access log hold no `#`, and this is much the cheapest to know.
  const stamp = head.includes('#') ? STAMP.exec(head) : null;
  if (stamp !== null) return takeApart(line.slice(stamp.index + stamp[0].length), stamp[1] ?? '', stamp[2] ?? '');
  const terse = CONSOLE.exec(head);
  return terse === null ? null : takeApart(line.slice(terse[0].length), '', terse[1] ?? '');
}

function takeApart(message: string, time: string, level: string): ErrorLine {
  const client = message.indexOf(', client: ');
  const tail = client < 0 ? '' : message.slice(client);
  const request = between(tail, ', request: "', '"');
  const [method = null, target = null] = request?.split(' ') ?? [];
  return {
    time,
    level,
    message: client < 0 ? message : message.slice(0, client),
    server: between(tail, ', server: ', ','),
    method,
    target,
    upstream: between(tail, ', upstream: "', '"'),
    host: between(tail, ', host: "', '"'),
  };
}

function between(text: string, before: string, after: string): string | null {
  const start = text.indexOf(before);
  if (start < 0) return null;
  const from = start + before.length;
  const end = text.indexOf(after, from);
  const found = end < 0 ? text.slice(from) : text.slice(from, end);
  return found === '' ? null : found;
}

/** What the line means; null: nothing that concerns WebSocket. */
export function explainError(line: ErrorLine): ErrorSignature | null {
  const told = foreignSignature(line.message);
  if (told !== null) return told;
  const started = line.level === 'emerg' || line.level === 'warn' ? find(STARTUP_SIGNATURES, line.message) : null;
  return started ?? find(ERROR_SIGNATURES, line.message);
}

/** A line that another program prints, whoever logged it. */
export function foreignSignature(text: string): ErrorSignature | null {
  return find(FOREIGN_SIGNATURES, text);
}

function find(signatures: readonly ErrorSignature[], text: string): ErrorSignature | null {
  for (const signature of signatures) {
    if (signature.holds.every((part) => text.includes(part))) return signature;
  }
  return null;
}
