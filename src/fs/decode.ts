import { isUtf8 } from 'node:buffer';
import { maskedSource } from '../syntax/placeholders';
import type { Source } from '../text/source';

/** Larger files are refused before they are read: no configuration is that large, and memory is 10x the bytes read. */
export const MAX_BYTES = 32 * 1024 * 1024;

export interface Decoded {
  readonly text: string;
  readonly encoding: Source['encoding'];
}

/**
 * Valid UTF-8 as such, anything else one unit per byte. A BOM stays: nginx takes it for part of the first word. Of a
 * buffer that holds more, only the first `length` bytes count.
 */
export function decodeBytes(bytes: Buffer, length: number = bytes.length): Decoded {
  const text = bytes.toString('utf8', 0, length);
  // what is not UTF-8 shows as U+FFFD, unless that character itself is there
  if (!text.includes('\ufffd') || isUtf8(bytes.subarray(0, length))) return { text, encoding: 'utf8' };
  return { text: bytes.toString('latin1', 0, length), encoding: 'latin1' };
}

export function decode(path: string, bytes: Buffer): Source {
  const { text, encoding } = decodeBytes(bytes);
  return maskedSource(path, text, encoding);
}

/** The bytes of a text; those it was decoded from if it is a source's own. Null: latin1 cannot hold the text. */
export function encode(text: string, encoding: Source['encoding']): Buffer | null {
  if (encoding === 'latin1' && !/^[\x00-\xff]*$/.test(text)) return null;
  return Buffer.from(text, encoding);
}

/** Why a text is no configuration; null when it may be one. */
export function refusal({ text, encoding }: Decoded): string | null {
  const at = text.indexOf('\0');
  return at < 0 ? null : `is binary: a NUL byte at offset ${Buffer.byteLength(text.slice(0, at), encoding)}`;
}
