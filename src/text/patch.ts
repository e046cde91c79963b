import type { Edit } from './edit';
import { hunksFromEdits, type Hunk } from './hunks';
import type { Source } from './source';

/** A file to patch: `name` is its path below the patch's base, with `/`. */
export interface FilePatch {
  readonly name: string;
  readonly before: Source;
  readonly edits: readonly Edit[];
}

/**
 * One unified diff, as bytes: each file's lines are in that file's own encoding. `git apply` and `patch -p1` take it,
 * forwards and with -R.
 */
export function unifiedPatch(files: readonly FilePatch[]): Uint8Array {
  return joined(files.map(patchOfFile));
}

function patchOfFile(file: FilePatch): Uint8Array {
  const hunks = hunksFromEdits(file.before.text, file.edits);
  if (hunks.length === 0) return new Uint8Array(0);
  return encode(withTab(format(file.name, hunks), file.name), file.before.encoding);
}

function format(name: string, hunks: Hunk[]): string {
  // loaded when a patch is asked for: linting does without it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { formatPatch, FILE_HEADERS_ONLY } = require('diff') as typeof import('diff');
  const patch = { oldFileName: `a/${name}`, newFileName: `b/${name}`, oldHeader: '', newHeader: '', hunks };
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** GNU patch cuts a bare name at its first space unless a TAB ends it. Names that `diff` quotes need none. */
function withTab(patch: string, name: string): string {
  if (!name.includes(' ') || patch.startsWith('--- "')) return patch;
  return patch.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n');
}

/** Bytes of a source's text; names in headers are ASCII (quoted), so both encodings write them alike. */
export function encode(text: string, encoding: Source['encoding']): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Names for a patch: the directory it applies in, and each path below it. */
export interface PatchNames {
  readonly base: string;
  /** By the path given. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Relative to the working directory when every file is below it, else to their deepest common directory. Paths are
 * absolute and normal, with `/`.
 */
export function patchNames(paths: readonly string[], workingDirectory: string): PatchNames {
  const cwd = workingDirectory.endsWith('/') ? workingDirectory : `${workingDirectory}/`;
  const prefix = paths.every((path) => path.startsWith(cwd)) ? cwd : commonDirectory(paths);
  const names = new Map(paths.map((path) => [path, path.slice(prefix.length)]));
  return { base: prefix === '/' ? '/' : prefix.slice(0, -1), names };
}

function commonDirectory(paths: readonly string[]): string {
  const directories = paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1));
  let common = directories[0] ?? '/';
  for (const directory of directories) {
    while (!directory.startsWith(common)) common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  }
  return common;
}
