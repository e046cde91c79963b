import { dirname, posix } from '../text/posix';

/** Where nginx looks when no path is given: Debian and most, FreeBSD and Homebrew, a build from source, OpenResty. */
export const DEFAULT_DIRECTORIES: readonly string[] = [
  '/etc/nginx',
  '/usr/local/etc/nginx',
  '/usr/local/nginx/conf',
  '/usr/local/openresty/nginx/conf',
  '/opt/homebrew/etc/nginx',
];

/** Directories below a conf directory that includes name by custom. */
const PARTS =
  /^(?:(?:conf|http|stream|streams|mail|modules|vhosts?|servers|snippets|default|location|sites|upstreams?)\.d|sites-.+|modules-.+|snippets|includes?|site-confs|proxy-confs|servers|server_blocks|vhosts?|upstreams?|locations?|streams-.+)$/;

/** An absolute name as nginx on either system takes it. */
export function isAbsoluteName(name: string): boolean {
  return name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name);
}

/**
 * The conf directory that an absolute include points into, by its name: one of the defaults, or a directory called
 * nginx (or a sibling of it), with its `conf` if there is one. Null: no such directory in the path.
 */
export function confDirectoryOf(pattern: string): string | null {
  const standard = DEFAULT_DIRECTORIES.find((directory) => pattern.startsWith(`${directory}/`));
  if (standard !== undefined) return standard;
  if (isPackaged(pattern)) return null;
  const match = /^[^*?[]*\/(?:nginx|openresty|angie|freenginx|tengine)(?:\/conf)?(?=\/)/.exec(pattern);
  return match?.[0] ?? null;
}

/** What packages install beside the configuration: modules, mime types. */
function isPackaged(pattern: string): boolean {
  return /^\/usr\/(?:share|lib(?:64|exec)?)\//.test(pattern);
}

/** The directories that absolute includes can be said to share: the one most point into first. */
export function sharedConfDirectories(patterns: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const pattern of patterns) {
    const directory = confDirectoryOf(pattern);
    if (directory !== null) counts.set(directory, (counts.get(directory) ?? 0) + 1);
  }
  if (counts.size > 0) return [...counts].sort((a, b) => b[1] - a[1]).map(([directory]) => directory);
  const common = commonParent(patterns.filter((pattern) => !isPackaged(pattern)).map(staticDirectory));
  return common === null ? [] : [common];
}

/** The directory of a pattern up to its first wildcard. */
function staticDirectory(pattern: string): string {
  return dirname(/^[^*?[]*/.exec(pattern)?.[0].concat('x') ?? pattern);
}

function commonParent(directories: readonly string[]): string | null {
  let common = directories[0];
  if (common === undefined) return null;
  while (!directories.every((directory) => isBelow(directory, common ?? ''))) common = dirname(common);
  common = withoutParts(common);
  return common === '/' ? null : common;
}

function isBelow(file: string, directory: string): boolean {
  return file === directory || file.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** A directory without the customary parts at its end: /srv/web/conf.d -> /srv/web. */
export function withoutParts(directory: string, paths: Pick<typeof posix, 'basename' | 'dirname'> = posix): string {
  let whole = directory;
  while (PARTS.test(paths.basename(whole)) && paths.dirname(whole) !== whole) whole = paths.dirname(whole);
  return whole;
}
