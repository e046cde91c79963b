/** What a path names; `link` is a symbolic link that was not followed. */
export type Kind = 'file' | 'directory' | 'link' | 'other';

export interface Entry {
  readonly name: string;
  /** The name with one unit per byte, as glob(3) compares it. */
  readonly bytes: string;
  readonly kind: Kind;
}

/** What the loader asks of a directory tree: the disk's, a part of it, or one that a dump describes. */
export interface Tree {
  /** What a directory holds, without `.` and `..`; null when it is none or may not be listed. */
  list(directory: string): readonly Entry[] | null;
  /** Whether something has this name, be it a dangling link. */
  exists(path: string): boolean;
  /** Whether this is a directory, links followed. */
  isDirectory(path: string): boolean;
}

const ASCII = /^[\x00-\x7f]*$/;

/** A name with one unit per byte of its UTF-8. */
export function toBytes(name: string): string {
  return ASCII.test(name) ? name : String.fromCharCode(...new TextEncoder().encode(name));
}

export function fromBytes(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

/** Order of glob(3) in the C locale. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
