import { basename, dirname, join, posix, resolve } from 'node:path';
import type { IncludeTarget, Workspace } from '../model/workspace';
import type { Source } from '../text/source';
import { isAbsoluteName } from './confdir';
import { discoverRoot } from './discover';
import { createDisk } from './disk';
import { noConfiguration, splitDump } from './dump';
import type { DumpedFile } from './dump';
import { callsGlob, glob3 } from './glob3';
import { includesOf } from './includes';
import type { Include } from './includes';
import type { MainInput } from './inputs';
import { isMain } from './inputs';
import { assemble, loadPaths } from './assemble';
import type { LoadOptions } from './options';
import { createSession, sourceOf } from './session';
import type { Session } from './session';
import type { Tree } from './tree';
import { createVirtualTree } from './virtual';

/** Standard input: the output of `nginx -T`, or one file, perhaps with its place in a tree. */
export function loadStandardInput(paths: readonly string[], options: LoadOptions): Workspace[] {
  const bytes = options.stdin ?? Buffer.alloc(0);
  const filename = options.stdinFilename ?? null;
  const none = filename === null ? noConfiguration(bytes) : null;
  if (none !== null) return nothing(none, options);
  const dump = filename === null ? splitDump(bytes) : null;
  if (dump !== null) return [loadDump(dump, options)];
  return filename === null ? loadNameless(paths, bytes, options) : loadPlaced(paths, filename, bytes, options);
}

function nothing(message: string, options: LoadOptions): Workspace[] {
  const session = createSession(options, new Map(), []);
  session.fail(null, message);
  return loadPaths(session, []);
}

/** Without a name it has no place in a tree: only what was given or allowed can be included. */
function loadNameless(paths: readonly string[], bytes: Buffer, options: LoadOptions): Workspace[] {
  const cwd = createDisk().realDirectory(options.cwd) ?? options.cwd;
  const file = join(cwd, '<stdin>');
  return loadAlone(createSession({ ...options, stdin: bytes }, new Map([[file, bytes]]), []), file, paths);
}

/** It is read instead of the file of that name, in the tree given beside it, else in that of the main file above it. */
function loadPlaced(paths: readonly string[], filename: string, bytes: Buffer, options: LoadOptions): Workspace[] {
  const disk = createDisk();
  const named = resolve(options.cwd, filename);
  const directory = disk.realDirectory(dirname(named)) ?? dirname(named);
  const file = disk.locate(named)?.real ?? join(directory, basename(named));
  const session = createSession({ ...options, stdin: bytes }, new Map([[file, bytes]]), [file]);
  const roots = paths.length > 0 ? paths : discoverRoot(session, named);
  const focus = new Set([session.nameOf(file)]);
  const loaded = roots.length === 0 ? [] : loadPaths(session, roots);
  const trees = loaded.filter(({ files }) => files.has(session.nameOf(file)));
  const [first, ...others] = trees.length > 0 ? trees : loadAlone(session, file, paths);
  if (first === undefined) return [];
  const elsewhere = loaded
    .filter((tree) => tree !== first && !others.includes(tree))
    .flatMap(({ problems }) => problems);
  const all = [{ ...first, problems: [...first.problems, ...elsewhere] }, ...others];
  return all.map((workspace) => ({ ...workspace, given: focus, focus }));
}

function loadAlone(session: Session, file: string, paths: readonly string[]): Workspace[] {
  const input: MainInput = { path: file, located: { real: file, kind: 'file' } };
  const source = session.read(input.located);
  if (typeof source === 'string') session.fail(file, source);
  const beside = session.disk;
  const given = paths.flatMap((place) => beside.locate(resolve(session.cwd, place)) ?? []);
  const directories = given.flatMap(({ real, kind }) => (kind === 'directory' ? [real] : []));
  const files = new Set([file, ...given.flatMap(({ real, kind }) => (kind === 'directory' ? [] : [real]))]);
  const main = typeof source !== 'string' && isMain(session, input);
  const parts = main || typeof source === 'string' ? [] : [input.located];
  const inputs = { mains: main ? [input] : [], parts, directories, searched: [] };
  return assemble(session, inputs, { directories, files });
}

/** Everything that nginx read is there, so that an include is the names in the dump that it matches. */
function loadDump(dump: readonly DumpedFile[], options: LoadOptions): Workspace {
  const files = new Map<string, Source>();
  const problems: Workspace['problems'][number][] = [];
  for (const { path: name, bytes } of dump) {
    const source = sourceOf(name, bytes);
    if (typeof source === 'string') problems.push({ file: name, message: source });
    else files.set(name, source);
  }
  const main = dump[0]?.path ?? '';
  const prefix = options.prefix ?? posix.dirname(main);
  const tree = createVirtualTree([...files.keys()]);
  const nameOf = new Map([...files.keys()].map((name) => [posix.normalize(name), name]));
  const includes = new Map<string, IncludeTarget>();
  for (const source of files.values()) {
    for (const include of includesOf(source)) {
      if (!includes.has(include.pattern)) includes.set(include.pattern, targetInDump(include, prefix, tree, nameOf));
    }
  }
  const given = new Set(files.keys());
  return {
    main: files.has(main) ? main : null,
    fragments: [],
    prefix,
    live: false,
    files,
    includes,
    given,
    notes: [],
    problems,
  };
}

function targetInDump(
  include: Include,
  prefix: string,
  tree: Tree,
  nameOf: ReadonlyMap<string, string>,
): IncludeTarget {
  const full = isAbsoluteName(include.pattern) ? include.pattern : `${prefix}/${include.pattern}`;
  const globs = include.globs && callsGlob(full);
  const found = globs ? glob3(full, tree) : [full];
  const files = found.flatMap((file) => nameOf.get(posix.normalize(file)) ?? []);
  return globs || files.length > 0 ? { kind: 'files', files } : { kind: 'unread', reason: 'is not in the dump' };
}
