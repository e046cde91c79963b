import { resolve } from 'node:path';
import type { Problem } from '../model/workspace';
import { maskedSource } from '../syntax/placeholders';
import type { Source } from '../text/source';
import { MAX_BYTES, decode, refusal } from './decode';
import { createDisk } from './disk';
import type { Disk, Located } from './disk';
import { nameOf } from './names';
import type { LoadOptions, Mapping } from './options';
import { readFile, tooLarge } from './read';

/** What one call of load shares: each file is read and parsed once, however many roots and includes name it. */
export interface Session {
  readonly options: LoadOptions;
  /** The working directory, resolved. */
  readonly cwd: string;
  readonly disk: Disk;
  /** `--map`, TO absolute, the longest FROM first. */
  readonly maps: readonly Mapping[];
  readonly prefix: string | null;
  nameOf(real: string): string;
  /** The source, or why there is none. */
  read(located: Located): Source | string;
  /** Problems met so far; each file's once. */
  readonly problems: Problem[];
  fail(real: string | null, message: string): void;
  /** Drops all problems so far, to be met again. */
  forget(): void;
}

/** Texts that stand for files, by real path: standard input. */
export type Overlay = ReadonlyMap<string, Buffer>;

export function createSession(options: LoadOptions, overlay: Overlay, listed: readonly string[]): Session {
  const disk = createDisk(listed, options.whenMany);
  const cwd = disk.realDirectory(options.cwd) ?? resolve(options.cwd);
  const sources = new Map<string, Source | string>();
  const failed = new Set<string>();
  const problems: Problem[] = [];
  const name = (real: string): string => nameOf(real, cwd);
  return {
    options,
    cwd,
    disk,
    maps: readMaps(options.maps ?? [], cwd),
    prefix: options.prefix == null ? null : resolve(cwd, options.prefix),
    nameOf: name,
    problems,
    fail: (real, message) => {
      const key = `${real ?? ''}\n${message}`;
      if (failed.has(key)) return;
      failed.add(key);
      problems.push({ file: real === null ? null : name(real), message });
    },
    forget: () => {
      problems.length = 0;
      failed.clear();
    },
    read: ({ real, kind }) => {
      let source = sources.get(real);
      if (source === undefined) {
        const bytes = overlay.get(real);
        source = bytes === undefined ? readSource(real, name(real), kind === 'file') : sourceOf(name(real), bytes);
        sources.set(real, source);
      }
      return source;
    },
  };
}

function readSource(real: string, name: string, regular: boolean): Source | string {
  if (real.includes('\ufffd')) return 'has a name that is not valid UTF-8';
  const read = readFile(real, regular);
  return 'failure' in read ? read.failure : maskedSource(name, read.text, read.encoding);
}

/** Bytes that did not come from a file, held to the same limits. */
export function sourceOf(name: string, bytes: Buffer): Source | string {
  if (bytes.length > MAX_BYTES) return tooLarge(bytes.length);
  const source = decode(name, bytes);
  return refusal(source) ?? source;
}

function readMaps(maps: readonly Mapping[], cwd: string): Mapping[] {
  return maps
    .map(({ from, to }) => ({ from: from.length > 1 ? from.replace(/\/+$/, '') : from, to: resolve(cwd, to) }))
    .sort((a, b) => b.from.length - a.from.length);
}
