import { isAscii, isUtf8 } from 'node:buffer';
import { createSource } from '../text/source';
import type { Source } from '../text/source';

/** Larger files are refused before they are read: no configuration is that large, and memory is 10x the bytes read. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** Valid UTF-8 as such, anything else one unit per byte. A BOM stays: nginx takes it for part of the first word. */
export function decode(path: string, bytes: Buffer): Source {
  if (isAscii(bytes)) return createSource(path, bytes.toString('latin1'), 'utf8');
  return isUtf8(bytes)
    ? createSource(path, bytes.toString('utf8'), 'utf8')
    : createSource(path, bytes.toString('latin1'), 'latin1');
}

/** The bytes of a text; those it was decoded from if it is a source's own. Null: latin1 cannot hold the text. */
export function encode(text: string, encoding: Source['encoding']): Buffer | null {
  if (encoding === 'latin1' && !/^[\x00-\xff]*$/.test(text)) return null;
  return Buffer.from(text, encoding);
}

/** Why bytes are no configuration; null when they may be one. */
export function refusal(bytes: Buffer): string | null {
  const at = bytes.indexOf(0);
  return at < 0 ? null : `is binary: a NUL byte at offset ${at}`;
}
