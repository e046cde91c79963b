/**
 * A value that nginx works out at run time, as far as the configuration alone decides it. Known values are *byte
 * strings*: one UTF-16 unit per byte (0..255), which is what nginx compares and forwards.
 */
export type Value = string | Unknown;

/** What cannot be known from the configuration, with the reason in words: `$remote_addr is known at run time only`. */
export interface Unknown {
  readonly unknown: string;
  /** True when it certainly is not empty: an empty header is not sent, so that much decides a lot. */
  readonly filled?: boolean;
}

export function unknown(reason: string, filled = false): Unknown {
  return filled ? { unknown: reason, filled } : { unknown: reason };
}

/** Longer values are nobody's headers, but of configurations that double them at each step. */
const MOST_BYTES = 65_536;

/** Joins parts; one unknown part makes the whole unknown, for the reason of the first. */
export function concatenate(parts: readonly Value[]): Value {
  let text = '';
  for (const part of parts) {
    if (typeof part !== 'string') return unknown(part.unknown, parts.some(isFilled));
    text += part;
    if (text.length > MOST_BYTES) return unknown('a value of more than 64 KiB', true);
  }
  return text;
}

/** Certainly not the empty string. */
export function isFilled(value: Value): boolean {
  return typeof value === 'string' ? value !== '' : value.filled === true;
}

export function isKnown(value: Value): value is string {
  return typeof value === 'string';
}

/** UTF-8 bytes of a text as a byte string; text of a latin1 source is one already. */
export function toBytes(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return String.fromCharCode(...new TextEncoder().encode(text));
}
