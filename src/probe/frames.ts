import { randomBytes } from 'node:crypto';

/** RFC 6455 5.2, opcodes. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type FrameEvent =
  /** A whole message, or what was kept of it; `bytes` counts all. */
  | { readonly kind: 'message'; readonly text: boolean; readonly start: Buffer; readonly bytes: number }
  | { readonly kind: 'ping'; readonly payload: Buffer }
  | { readonly kind: 'pong'; readonly payload: Buffer }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  | { readonly kind: 'broken'; readonly why: string };

/** Kept of a message: enough to recognise an echo. The rest is counted and dropped, whatever a server sends. */
const MOST_KEPT = 4 * 1024;

interface State {
  header: Buffer;
  opcode: number;
  final: boolean;
  /** Bytes of the payload still to come; -1: reading the header. */
  left: number;
  kept: Buffer[];
  keptBytes: number;
  messageText: boolean | null;
  messageBytes: number;
  broken: boolean;
}

/** A reader of server frames in constant memory. Feed it bytes; it answers what they complete. */
export function createFrameReader(): (data: Buffer) => FrameEvent[] {
  const state: State = {
    header: Buffer.alloc(0),
    opcode: 0,
    final: true,
    left: -1,
    kept: [],
    keptBytes: 0,
    messageText: null,
    messageBytes: 0,
    broken: false,
  };
  return (data) => {
    const events: FrameEvent[] = [];
    let at = 0;
    while (!state.broken && (at < data.length || state.left === 0)) {
      if (state.left < 0) at = readHeader(state, data, at, events);
      else at = readPayload(state, data, at, events);
    }
    return events;
  };
}

function readHeader(state: State, data: Buffer, at: number, events: FrameEvent[]): number {
  const before = state.header.length;
  const header = Buffer.concat([state.header, data.subarray(at, at + 14 - before)]);
  const size = headerSize(header);
  if (size === null || header.length < size) {
    state.header = header;
    return at + header.length - before;
  }
  state.header = Buffer.alloc(0);
  const why = openFrame(state, header);
  if (why !== null) {
    state.broken = true;
    events.push({ kind: 'broken', why });
  }
  return at + size - before;
}

/** null: its length field is not there yet. Server frames have no mask. */
function headerSize(header: Buffer): number | null {
  if (header.length < 2) return null;
  const length = (header[1] ?? 0) & 0x7f;
  return length === 126 ? 4 : length === 127 ? 10 : 2;
}

/** Takes a frame's header in; what is wrong with it, or null. RFC 6455 5.1, 5.2, 5.4, 5.5. */
function openFrame(state: State, header: Buffer): string | null {
  const [first = 0, second = 0] = header;
  const opcode = first & 0x0f;
  const length = second & 0x7f;
  if ((first & 0x70) !== 0) return 'a reserved bit is set, and no extension was agreed';
  if ((second & 0x80) !== 0) return 'the server masks its frames';
  if (opcode > 10 || (opcode > 2 && opcode < 8)) return `opcode ${opcode} does not exist`;
  state.opcode = opcode;
  state.final = (first & 0x80) !== 0;
  state.left = length === 126 ? header.readUInt16BE(2) : length === 127 ? readLong(header) : length;
  if (opcode >= 8) {
    if (!state.final || state.left > 125) return 'a control frame is fragmented or longer than 125 bytes';
    return null;
  }
  if (state.left > Number.MAX_SAFE_INTEGER) return 'a frame is longer than 2^53 bytes';
  if (opcode === OPCODE.continuation && state.messageText === null) return 'a continuation of nothing';
  if (opcode !== OPCODE.continuation && state.messageText !== null) return 'a new message inside a message';
  if (opcode !== OPCODE.continuation) state.messageText = opcode === OPCODE.text;
  return null;
}

function readLong(header: Buffer): number {
  return header.readUInt32BE(2) * 2 ** 32 + header.readUInt32BE(6);
}

function readPayload(state: State, data: Buffer, at: number, events: FrameEvent[]): number {
  const end = Math.min(data.length, at + state.left);
  const part = data.subarray(at, end);
  state.left -= part.length;
  const control = state.opcode >= 8;
  if (!control) state.messageBytes += part.length;
  const room = control ? 125 : MOST_KEPT;
  if (part.length > 0 && state.keptBytes < room) {
    const piece = Buffer.from(part.subarray(0, room - state.keptBytes));
    state.kept.push(piece);
    state.keptBytes += piece.length;
  }
  if (state.left === 0) closeFrame(state, events);
  return end;
}

function closeFrame(state: State, events: FrameEvent[]): void {
  state.left = -1;
  if (state.opcode < 8 && !state.final) {
    mergeKept(state);
    return;
  }
  const payload = Buffer.concat(state.kept);
  state.kept = [];
  state.keptBytes = 0;
  if (state.opcode === OPCODE.ping) events.push({ kind: 'ping', payload });
  else if (state.opcode === OPCODE.pong) events.push({ kind: 'pong', payload });
  else if (state.opcode === OPCODE.close) events.push(closeEvent(payload));
  else {
    events.push({ kind: 'message', text: state.messageText === true, start: payload, bytes: state.messageBytes });
    state.messageText = null;
    state.messageBytes = 0;
  }
}

/** Of a fragmented message the pieces are kept as one: a server may send it in single bytes. */
function mergeKept(state: State): void {
  if (state.kept.length > 1) state.kept = [Buffer.concat(state.kept)];
}

/** 1005: a Close frame without a code (RFC 6455 7.1.5). */
function closeEvent(payload: Buffer): FrameEvent {
  if (payload.length < 2) return { kind: 'close', code: 1005, reason: '' };
  const reason = payload
    .subarray(2)
    .toString('utf8')
    .replace(/\p{Cc}/gu, ' ');
  return { kind: 'close', code: payload.readUInt16BE(0), reason };
}

/** A client frame: final, masked with a fresh key as RFC 6455 5.3 demands. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const size = payload.length < 126 ? 2 : payload.length < 65536 ? 4 : 10;
  const frame = Buffer.alloc(size + 4 + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (size === 2 ? payload.length : size === 4 ? 126 : 127);
  if (size === 4) frame.writeUInt16BE(payload.length, 2);
  if (size === 10) frame.writeBigUInt64BE(BigInt(payload.length), 2);
  const mask = randomBytes(4);
  mask.copy(frame, size);
  for (let i = 0; i < payload.length; i += 1) frame[size + 4 + i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return frame;
}

export function closeFrameOf(code: number): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code, 0);
  return clientFrame(OPCODE.close, payload);
}
