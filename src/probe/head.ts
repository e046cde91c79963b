import type { HeaderLine } from './types';
import { now, type Wire } from './wire';

/** The head of an HTTP answer. Names as sent, values trimmed; one unit per byte. */
export interface Head {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly HeaderLine[];
}

export type HeadResult =
  | { readonly kind: 'head'; readonly head: Head }
  | { readonly kind: 'not-http'; readonly start: string; readonly http2: boolean }
  | { readonly kind: 'too-long'; readonly bytes: number }
  | { readonly kind: 'timeout'; readonly partial: number }
  | { readonly kind: 'end'; readonly partial: number }
  | { readonly kind: 'error'; readonly code: string };

/** Real answers have a few hundred bytes; browsers give up at 256 KiB. */
const MOST_HEAD = 64 * 1024;
/** 100 Continue and 103 Early Hints before the answer itself. */
const MOST_INTERIM = 8;

/** Reads one answer's head; bytes after it are left on the wire. */
export async function readHead(wire: Wire, deadline: number): Promise<HeadResult> {
  let bytes = Buffer.alloc(0);
  for (let interim = 0; ;) {
    const parsed = parseHead(bytes);
    if (parsed !== null && parsed.kind === 'head') {
      bytes = bytes.subarray(parsed.length);
      const { status } = parsed.head;
      if (status >= 200 || status === 101 || status < 100 || interim >= MOST_INTERIM) {
        wire.unread(bytes);
        return { kind: 'head', head: parsed.head };
      }
      interim += 1;
      continue;
    }
    if (parsed !== null) return parsed;
    if (bytes.length > MOST_HEAD) return { kind: 'too-long', bytes: bytes.length };
    const chunk = await wire.read(deadline);
    if (chunk.kind === 'data') bytes = Buffer.concat([bytes, chunk.data]);
    else if (chunk.kind === 'error') return { kind: 'error', code: chunk.code };
    else return { kind: chunk.kind, partial: bytes.length };
  }
}

type Parsed =
  | { readonly kind: 'head'; readonly head: Head; readonly length: number }
  | { readonly kind: 'not-http'; readonly start: string; readonly http2: boolean };

/** null: more bytes are needed. */
export function parseHead(bytes: Buffer): Parsed | null {
  if (bytes.length === 0) return null;
  const start = bytes.subarray(0, 5).toString('latin1');
  if (!'HTTP/'.startsWith(start)) return notHttp(bytes);
  const end = endOfHead(bytes);
  if (end === null) return null;
  const lines = bytes.subarray(0, end.at).toString('latin1').split(/\r?\n/);
  const match = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/.exec(lines[0] ?? '');
  if (match === null) return notHttp(bytes);
  const head = { version: match[1] ?? '', status: Number(match[2]), reason: match[3] ?? '', headers: fields(lines) };
  return { kind: 'head', head, length: end.next };
}

/** An HTTP/2 server's first words are a SETTINGS frame: length, type 4, flags, stream 0. */
function notHttp(bytes: Buffer): Parsed {
  const http2 = bytes.length >= 4 && bytes[0] === 0 && bytes[3] === 4;
  const start = bytes
    .subarray(0, 40)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '.');
  return { kind: 'not-http', start, http2 };
}

function endOfHead(bytes: Buffer): { readonly at: number; readonly next: number } | null {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { at: crlf, next: crlf + 4 };
  return lf < 0 ? null : { at: lf, next: lf + 2 };
}

function fields(lines: readonly string[]): HeaderLine[] {
  const headers: [string, string][] = [];
  for (const line of lines.slice(1)) {
    const last = headers.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last !== undefined) last[1] = `${last[1]} ${line.trim()}`;
    else if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** All values of a field, in order. */
export function values(headers: readonly HeaderLine[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([field]) => field.toLowerCase() === wanted).map(([, value]) => value);
}

/** The start of the body: enough to tell whose error page it is. Chunk sizes may stand in it. */
export async function readPage(wire: Wire, head: Head, most: number, waitMs: number): Promise<string> {
  let text = '';
  const deadline = now() + waitMs;
  const length = Number(values(head.headers, 'content-length')[0] ?? Infinity);
  while (text.length < Math.min(most, length) && !text.endsWith('\r\n0\r\n\r\n')) {
    const chunk = await wire.read(deadline);
    if (chunk.kind !== 'data') break;
    text += chunk.data.toString('latin1');
  }
  return text.slice(0, most);
}
