import { basename, dirname, resolve } from 'node:path';
import type { Fragment, Workspace } from '../model/workspace';
import { treeOf } from '../syntax/cache';
import { mayRead } from './access';
import type { Access } from './access';
import { contextOf } from './context';
import type { Located } from './disk';
import { follow } from './follow';
import type { Followed } from './follow';
import { findInputs } from './inputs';
import type { Inputs, MainInput } from './inputs';
import { isInside, ownPath } from './names';
import { withoutParts } from './confdir';
import { noteOnMapping, noteOnOutside, noteOnUnread, shownDirectory } from './notes';
import type { Naming } from './resolve';
import type { Session } from './session';
import { namingOfMain } from './trees';
import { locateFiles, partsBelow } from './walk';

/**
 * A workspace for each main file, and one for all fragments together. What cannot be read is a problem of the first of
 * them; with nothing to read there is one empty workspace that holds the problems.
 */
export function loadPaths(session: Session, paths: readonly string[]): Workspace[] {
  const inputs = findInputs(session, paths);
  return assemble(session, inputs, givenAccess(session, inputs));
}

/** Real paths inside the given ones: only these are shown and edited. */
export interface Given {
  readonly directories: readonly string[];
  readonly files: ReadonlySet<string>;
}

function givenAccess(session: Session, { directories, parts, mains }: Inputs): Given {
  return { directories, files: new Set([...parts, ...mains.map(({ located }) => located)].map(({ real }) => real)) };
}

/** What may be read unless a tree is live: the given paths, and what options name. */
function accessTo(session: Session, given: Given): Access {
  const named = [
    ...(session.options.allow ?? []),
    ...session.maps.map(({ to }) => to),
    ...(session.prefix === null ? [] : [session.prefix]),
  ];
  const directories = new Set(given.directories);
  const files = new Set(given.files);
  for (const place of named) {
    const located = session.disk.locate(resolve(session.cwd, place));
    if (located !== null) (located.kind === 'directory' ? directories : files).add(located.real);
  }
  return { directories: outermost([...directories]), files, everything: false };
}

function outermost(directories: readonly string[]): string[] {
  return directories.filter((one) => !directories.some((other) => other !== one && isInside(one, other)));
}

export function assemble(session: Session, inputs: Inputs, given: Given): Workspace[] {
  for (const { from, to } of session.maps) {
    if (session.disk.locate(to) !== null) continue;
    session.fail(to, `${session.disk.whyNot(to)} (--map ${from}=${session.nameOf(to)})`);
  }
  const access = accessTo(session, given);
  const workspaces = inputs.mains.map((main) => loadMain(session, main, access, given));
  const reached = new Set(workspaces.flatMap(({ reached: files }) => [...files]));
  const unread = session.options.all === true || inputs.mains.length > 0 ? unreadParts(session, inputs, reached) : [];
  const parts = inputs.parts.filter(({ real }) => !reached.has(real));
  if (session.options.all === true) parts.push(...unread.filter((part) => isReadable(session, part)));
  if (parts.length > 0) workspaces.push(loadParts(session, parts, access, given));
  const notes = session.options.all === true || unread.length === 0 ? [] : [noteOnUnread(unread.length)];
  return complete(
    session,
    workspaces.map(({ workspace }) => workspace),
    notes,
  );
}

function isReadable(session: Session, part: Located): boolean {
  const source = session.read(part);
  if (typeof source === 'string') session.fail(part.real, source);
  return typeof source !== 'string';
}

/** Files that look like configuration below the given directories (with `all`: below main files too), and nobody includes. */
function unreadParts(session: Session, inputs: Inputs, reached: ReadonlySet<string>): Located[] {
  const tops = session.options.all === true ? inputs.directories : inputs.searched;
  const parts = new Set(inputs.parts.map(({ real }) => real));
  const files = outermost(tops).flatMap((top) => {
    const unknown = partsBelow(session.disk, top, reached); // links remain, to be followed
    return locateFiles(session.disk, unknown).filter(({ real }) => isInside(real, top));
  });
  return files.filter(({ real }) => !reached.has(real) && !parts.has(real));
}

/** Problems and notes that belong to no workspace go to the first; there is always one. */
function complete(session: Session, workspaces: readonly Workspace[], notes: readonly string[]): Workspace[] {
  const [first = emptyWorkspace(session), ...others] = workspaces;
  const problems = [...first.problems, ...session.problems.splice(0)];
  return [{ ...first, notes: [...first.notes, ...notes], problems }, ...others];
}

function emptyWorkspace(session: Session): Workspace {
  return {
    main: null,
    fragments: [],
    prefix: session.cwd,
    live: false,
    files: new Map(),
    includes: new Map(),
    given: new Set(),
    notes: [],
    problems: [],
  };
}

interface Loaded {
  readonly workspace: Workspace;
  /** Real paths. */
  readonly reached: ReadonlySet<string>;
}

function loadMain(session: Session, main: MainInput, access: Access, given: Given): Loaded {
  const { naming, followed, prefix } = namingOfMain(session, main, access);
  const workspace = {
    ...describe(session, followed, given, access),
    main: session.nameOf(main.located.real),
    fragments: [],
    prefix,
    live: naming.access.everything,
  };
  return { workspace, reached: new Set(followed.files.keys()) };
}

function loadParts(session: Session, parts: readonly Located[], access: Access, given: Given): Loaded {
  const naming: Naming = {
    access,
    maps: session.maps,
    prefix: session.prefix,
    mainDirectory: null,
    mainFile: null,
    confDirectory: null,
  };
  const reals = parts.map(({ real }) => real);
  const followed = follow(session, reals, naming);
  const fragments = rootsAmong(
    reals.filter((real) => followed.files.has(real)),
    followed,
  ).map((real) => fragment(session, followed, real));
  const prefix =
    session.prefix ?? followed.mappings[0]?.from ?? withoutParts(dirname(reals[0] ?? session.cwd), ownPath);
  const workspace = { ...describe(session, followed, given, access), main: null, fragments, prefix, live: false };
  return { workspace, reached: new Set(followed.files.keys()) };
}

/** Those that no other includes; of fragments that include each other in a circle, the first given. */
function rootsAmong(parts: readonly string[], { includedBy }: Followed): string[] {
  const includes = new Map<string, string[]>();
  for (const [inner, outers] of includedBy) {
    for (const outer of outers) {
      const known = includes.get(outer);
      if (known === undefined) includes.set(outer, [inner]);
      else known.push(inner);
    }
  }
  const isIncluded = (part: string): boolean => [...(includedBy.get(part) ?? [])].some((outer) => outer !== part);
  const roots = new Set<string>();
  const reached = new Set<string>();
  const ordered = [...parts.filter((part) => !isIncluded(part)), ...parts.filter(isIncluded)];
  for (const part of ordered) {
    if (reached.has(part)) continue;
    roots.add(part);
    const stack = [part];
    for (let file = stack.pop(); file !== undefined; file = stack.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      stack.push(...(includes.get(file) ?? []));
    }
  }
  return parts.filter((part) => roots.has(part));
}

function fragment(session: Session, followed: Followed, real: string): Fragment {
  const stated = session.options.context ?? null;
  const source = followed.files.get(real);
  const directory = basename(dirname(real));
  const context = stated ?? (source === undefined ? null : contextOf(treeOf(source), directory)) ?? ['http'];
  return { file: session.nameOf(real), context, stated: stated !== null };
}

function describe(
  session: Session,
  { files, includes, mappings, outside }: Followed,
  given: Given,
  access: Access,
): Pick<Workspace, 'files' | 'includes' | 'given' | 'outside' | 'mappings' | 'notes' | 'problems'> {
  const reals = [...files.keys()];
  const beyond = reals.filter((real) => !mayRead(access, real));
  return {
    files: new Map([...files.values()].map((source) => [source.path, source])),
    includes,
    given: new Set(reals.filter((real) => isGiven(given, real)).map((real) => session.nameOf(real))),
    ...(beyond.length > 0 && { outside: new Set(beyond.map((real) => session.nameOf(real))) }),
    mappings: mappings.map(({ from, to }) => ({ from, to: shownDirectory(session, to) })),
    notes: [...mappings.map((mapping) => noteOnMapping(session, mapping)), ...noteOnOutside([...outside])],
    problems: session.problems.splice(0),
  };
}

export function isGiven(given: Given, real: string): boolean {
  return given.files.has(real) || given.directories.some((directory) => isInside(real, directory));
}
