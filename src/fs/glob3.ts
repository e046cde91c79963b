import { compareBytes, fromBytes, toBytes } from './tree';
import type { Tree } from './tree';
import { compileWildcard, isWildcard, matchesWildcard, unescape } from './wildcard';

/** What makes nginx call glob(3) rather than open(2): ngx_conf_include, strpbrk(name, "*?["). */
export function callsGlob(name: string): boolean {
  return /[*?[]/.test(name);
}

/** A path as literal text of a pattern. */
export function escapePattern(path: string): string {
  return path.replace(/[\\*?[]/g, '\\$&');
}

/**
 * The paths that glob(3) with flags 0 finds, in its order: what nginx's `include` reads. No braces, no `**`; a leading
 * dot needs a dot; dangling links and directories match too. Relative patterns start at the tree's working directory.
 */
export function glob3(pattern: string, tree: Tree): string[] {
  const segments = toBytes(pattern).split('/');
  let bases: string[] = [''];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const next: string[] = [];
    for (const base of bases) {
      if (segment === '') openEmpty(base, last, tree, next);
      else if (isWildcard(segment)) openMatches(base, segment, last, tree, next);
      else openLiteral(base + unescape(segment), last, tree, next);
    }
    bases = next;
  }
  return bases.sort(compareBytes).map(fromBytes);
}

/** Leading, doubled and trailing slashes; a trailing one asks for a directory. */
function openEmpty(base: string, last: boolean, tree: Tree, next: string[]): void {
  if (!last) next.push(`${base}/`);
  else if (tree.isDirectory(fromBytes(base))) next.push(base);
}

function openLiteral(path: string, last: boolean, tree: Tree, next: string[]): void {
  if (tree.exists(fromBytes(path))) next.push(last ? path : `${path}/`);
}

function openMatches(base: string, segment: string, last: boolean, tree: Tree, next: string[]): void {
  const wildcard = compileWildcard(segment);
  if (wildcard === null) return;
  if (wildcard.takesDot) {
    for (const name of ['.', '..']) {
      if (matchesWildcard(wildcard, name) && tree.isDirectory(fromBytes(base) || '.'))
        next.push(base + name + (last ? '' : '/'));
    }
  }
  for (const entry of tree.list(fromBytes(base) || '.') ?? []) {
    if (!last && entry.kind !== 'directory' && entry.kind !== 'link') continue;
    if (!matchesWildcard(wildcard, entry.bytes)) continue;
    const path = base + entry.bytes;
    if (last) next.push(path);
    else if (entry.kind === 'directory' || tree.isDirectory(fromBytes(path))) next.push(`${path}/`);
  }
}
