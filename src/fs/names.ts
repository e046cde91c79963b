import { posix, sep, win32 } from 'node:path';
import type { PlatformPath } from 'node:path';

/** Of this machine; the default export of node:path, which costs each module that imports it a copy of its names. */
export const ownPath: PlatformPath = sep === '/' ? posix : win32;

/** Whether `file` is `directory` or lies below it. Both absolute, without `..`. */
export function isInside(file: string, directory: string, separator: string = sep): boolean {
  if (!file.startsWith(directory)) return false;
  return (
    file.length === directory.length || directory.endsWith(separator) || file.startsWith(separator, directory.length)
  );
}

/**
 * The name of a file in reports: relative to the working directory when below it, else absolute. Slashes throughout:
 * reports are read on other systems.
 */
export function nameOf(real: string, cwd: string, paths: PlatformPath = ownPath): string {
  const name =
    real !== cwd && isInside(real, cwd, paths.sep)
      ? real.slice(cwd.endsWith(paths.sep) ? cwd.length : cwd.length + 1)
      : real;
  return paths.sep === '\\' ? name.replaceAll('\\', '/') : name;
}

/** The file that a name stands for. */
export function pathOf(name: string, cwd: string, paths: PlatformPath = ownPath): string {
  return paths.resolve(cwd, name);
}

/** Where a patch of these files (as named in reports) is to be applied: the working directory, else what they share. */
export function patchBase(names: readonly string[], cwd: string, paths: PlatformPath = ownPath): string {
  const files = names.map((name) => pathOf(name, cwd, paths));
  if (files.every((file) => isInside(file, cwd, paths.sep))) return cwd;
  return commonDirectory(files, paths) ?? cwd;
}

/** A file's name in a patch that is applied at `base`. */
export function nameBelow(base: string, name: string, cwd: string, paths: PlatformPath = ownPath): string {
  return nameOf(pathOf(name, cwd, paths), base, paths);
}

/** The deepest directory that holds all files; null when they share none (drives of Windows), or there are none. */
export function commonDirectory(files: readonly string[], paths: PlatformPath = ownPath): string | null {
  let common: string | null = null;
  for (const file of files) {
    common ??= paths.dirname(file);
    while (!isInside(file, common, paths.sep)) {
      const parent = paths.dirname(common);
      if (parent === common) return null;
      common = parent;
    }
  }
  return common;
}
