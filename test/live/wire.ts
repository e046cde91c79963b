import { createHash } from 'node:crypto';
import type { Header } from '../../src/handshake/types';

/** HTTP/1.x and WebSocket as bytes on a socket: what the backend and the clients of the live tests share. */

/** The head of a message: its first line and its fields, names and order as sent, values without outer blanks. */
export interface Head {
  readonly line: string;
  readonly headers: readonly Header[];
  /** Bytes it took, the empty line included. */
  readonly size: number;
}

/** Reads a head; null while it is not complete. */
export function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [line = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  return { line, headers: fields.map(readField), size: end + 4 };
}

function readField(field: string): Header {
  const colon = field.indexOf(':');
  return [field.slice(0, colon), field.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
}

export function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** The items of a comma list over all its fields, in lower case. */
export function tokensOf(headers: readonly Header[], name: string): string[] {
  return valuesOf(headers, name).flatMap((value) => value.split(',').map((item) => item.trim().toLowerCase()));
}

/** The answer to a Sec-WebSocket-Key (RFC 6455, 4.2.2). */
export function acceptFor(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, 'latin1').digest('base64');
}

/** A body of known length or chunked; `done` false while bytes are missing. Without either, `untilClose`. */
export interface Body {
  readonly done: boolean;
  readonly untilClose: boolean;
  readonly bytes: Buffer;
  readonly size: number;
}

export function readBody(rest: Buffer, headers: readonly Header[]): Body {
  if (tokensOf(headers, 'transfer-encoding').includes('chunked')) return readChunks(rest);
  const length = valuesOf(headers, 'content-length')[0];
  if (length === undefined) return { done: false, untilClose: true, bytes: rest, size: rest.length };
  const size = Number(length);
  return { done: rest.length >= size, untilClose: false, bytes: rest.subarray(0, size), size };
}

function readChunks(rest: Buffer): Body {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = rest.indexOf('\r\n', at);
    const size = end < 0 ? NaN : parseInt(rest.toString('latin1', at, end), 16);
    const from = end + 2;
    if (Number.isNaN(size) || rest.length < from + size + 2) {
      return { done: false, untilClose: false, bytes: Buffer.concat(parts), size: at };
    }
    if (size === 0) return { done: true, untilClose: false, bytes: Buffer.concat(parts), size: from + 2 };
    parts.push(rest.subarray(from, from + size));
    at = from + size + 2;
  }
}

/** One WebSocket frame of less than 64 KiB. */
export interface Frame {
  readonly opcode: number;
  readonly masked: boolean;
  readonly payload: Buffer;
  readonly size: number;
}

export const TEXT = 1;
export const CLOSE = 8;

export function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const masked = ((bytes[1] ?? 0) & 0x80) !== 0;
  const short = (bytes[1] ?? 0) & 0x7f;
  const extended = short === 126 ? 2 : 0;
  if (bytes.length < 2 + extended) return null;
  const length = extended === 2 ? bytes.readUInt16BE(2) : short;
  const start = 2 + extended + (masked ? 4 : 0);
  if (bytes.length < start + length) return null;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  if (masked) applyMask(payload, bytes.subarray(start - 4, start));
  return { opcode: (bytes[0] ?? 0) & 0x0f, masked, payload, size: start + length };
}

function applyMask(payload: Buffer, mask: Buffer): void {
  for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
}

/** A final frame; `mask` as clients must send it, null as servers must. */
export function writeFrame(opcode: number, text: Buffer, mask: Buffer | null): Buffer {
  const payload = Buffer.from(text);
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  const head = Buffer.from([0x80 | opcode, (length[0] ?? 0) | (mask === null ? 0 : 0x80), ...length.slice(1)]);
  if (mask === null) return Buffer.concat([head, payload]);
  applyMask(payload, mask);
  return Buffer.concat([head, mask, payload]);
}
