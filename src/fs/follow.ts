import { dirname } from 'node:path';
import type { IncludeTarget } from '../model/workspace';
import type { Source } from '../text/source';
import { once } from '../text/once';
import type { Include } from './includes';
import { includesOf } from './includes';
import type { Mapping } from './options';
import { DENIED } from './read';
import { createResolver } from './resolve';
import type { Hit, Naming, Resolution } from './resolve';
import type { Session } from './session';

/** What is reached from some files by their includes. */
export interface Followed {
  /** By real path, in the order nginx first reads them. */
  readonly files: ReadonlyMap<string, Source>;
  readonly includes: ReadonlyMap<string, IncludeTarget>;
  /** Real paths of files that an include of another file names, with those files; of fragments only. */
  readonly includedBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** Automatic mappings by which something was found. */
  readonly mappings: readonly Mapping[];
  /** Patterns that lead outside what may be read. */
  readonly outside: ReadonlySet<string>;
}

/** From here on it pays to compare files rather than to read each. */
export const MANY_FILES = 30;

/** Reads files and all that they include. Iterative: an include chain may be thousands deep. */
export function follow(session: Session, starts: readonly string[], naming: Naming): Followed {
  const files = new Map<string, Source>();
  const includes = new Map<string, IncludeTarget>();
  const includedBy = new Map<string, Set<string>>();
  const mappings = new Map<string, Mapping>();
  const outside = new Set<string>();
  const resolve = createResolver(session.disk, naming, (mapping) =>
    mappings.set(`${mapping.from}\n${mapping.to}`, mapping),
  );
  const whole = naming.mainFile !== null;
  const fixed = naming.mainDirectory !== null || naming.prefix !== null;
  const resolved = new Map<string, Resolution>();
  const known = new Map<Include, Resolution>(); // thousands of files share these

  const stack = [...starts].reverse();
  for (let file = stack.pop(); file !== undefined; file = stack.pop()) {
    if (files.has(file)) continue;
    const source = session.read({ real: file, kind: 'file' });
    if (typeof source === 'string') continue;
    files.set(file, source);
    const next: string[] = [];
    const met = new Set<Resolution>();
    for (const include of includesOf(source, files.size >= MANY_FILES)) {
      const resolution = (fixed ? known.get(include) : undefined) ?? resolutionOf(include, file);
      if (met.has(resolution)) continue;
      met.add(resolution);
      for (const real of readable(resolution)) {
        if (!files.has(real)) next.push(real);
        if (!whole) addTo(includedBy, real, file);
      }
    }
    for (let index = next.length - 1; index >= 0; index--) stack.push(next[index] ?? '');
  }
  return { files, includes, includedBy, mappings: [...mappings.values()], outside };

  function resolutionOf(include: Include, file: string): Resolution {
    const key = `${include.pattern}\n${include.globs}${include.placeholder}${fixed ? '' : dirname(file)}`;
    let resolution = resolved.get(key);
    if (resolution === undefined) {
      resolution = resolve(include, file);
      resolved.set(key, resolution);
      record(include, resolution);
    }
    known.set(include, resolution);
    return resolution;
  }

  function record({ pattern }: Include, resolution: Resolution): void {
    if (resolution.kind === 'unread' && resolution.outside) outside.add(pattern);
    if (resolution.kind === 'found' && resolution.hits.some(({ located, readable: ok }) => located !== null && !ok))
      outside.add(pattern);
    const target = targetOf(session, naming, resolution);
    const other = includes.get(pattern);
    includes.set(pattern, other === undefined ? target : agreed(other, target));
  }
}

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, new Set([value]));
  else values.add(value);
}

const NONE: readonly string[] = [];

const readable = once((resolution: Resolution): readonly string[] =>
  resolution.kind !== 'found'
    ? NONE
    : resolution.hits.flatMap(({ located, readable: ok }) => (located !== null && ok ? [located.real] : [])),
);

/** Reads what was found, so that what cannot be read is known as such. */
function targetOf(session: Session, naming: Naming, resolution: Resolution): IncludeTarget {
  if (resolution.kind === 'unread') return { kind: 'unread', reason: resolution.reason };
  if (resolution.kind === 'missing') return { kind: 'missing', path: session.nameOf(resolution.path) };
  const failures = [
    ...resolution.hits.map((hit) => failureOf(session, naming, hit)),
    ...resolution.unlisted.map((directory) => unlisted(session, directory)),
  ];
  const only = failures.length === 1 ? failures[0] : undefined;
  if (typeof only === 'string') return { kind: 'unread', reason: only };
  const named = (hit: Hit): string => session.nameOf(hit.located?.real ?? hit.path);
  const dangling = resolution.hits.filter(({ nowhere }) => nowhere).map(named);
  // a directory is no file that was read: what it holds is unknown
  const files = [...resolution.hits.map(named), ...resolution.unlisted.map((directory) => session.nameOf(directory))];
  return { kind: 'files', files, ...(dangling.length > 0 && { dangling }) };
}

function unlisted(session: Session, directory: string): string {
  const reason = session.disk.whyUnlisted(directory) ?? 'could not be listed';
  session.fail(directory, reason);
  return reason;
}

function failureOf(
  session: Session,
  naming: Naming,
  { path: link, located, readable: ok, nowhere }: Hit,
): string | null {
  if (nowhere) return null;
  if (located !== null && !ok) return 'lies outside the given paths';
  if (located === null) {
    const reason = session.disk.whyNot(link);
    // nginx refuses it; in a copy of the tree, what the link names may only be missing here
    if (naming.access.everything || reason === DENIED) session.fail(link, reason);
    return reason;
  }
  const source = session.read(located);
  if (typeof source !== 'string') return null;
  session.fail(located.real, source);
  return source;
}

/** One pattern in two fragments may name different files, depending on where each lies: then nobody knows. */
function agreed(one: IncludeTarget, other: IncludeTarget): IncludeTarget {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  return { kind: 'unread', reason: 'names different files for different fragments' };
}
