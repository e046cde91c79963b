import type { Stats } from 'node:fs';

/** Whether this user alone can have written it. */
export function isOwn({ uid, mode }: Stats): boolean {
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}
