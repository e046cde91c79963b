import { confDirectoryOf, isAbsoluteName, sharedConfDirectories } from '../fs/confdir';
import { contextOf, isMainFile } from '../fs/context';
import { callsGlob, escapePattern, glob3 } from '../fs/glob3';
import { includesOf } from '../fs/includes';
import type { Include } from '../fs/includes';
import type { Tree } from '../fs/tree';
import { createVirtualTree } from '../fs/virtual';
import type { Fragment, IncludeTarget, Workspace } from '../model/workspace';
import { treeOf } from '../syntax/cache';
import { maskedSource } from '../syntax/placeholders';
import { basename, dirname, normalize } from '../text/posix';
import type { Source } from '../text/source';
import type { Files, TreeOptions } from './types';

interface Mapping {
  readonly from: string;
  readonly to: string;
}

/** How the names in includes become files. */
interface Naming {
  readonly tree: Tree;
  readonly prefix: string;
  readonly maps: readonly Mapping[];
  readonly complete: boolean;
  /** By normal path. */
  readonly nameOf: ReadonlyMap<string, string>;
}

/** The workspace of files in memory: nothing is read. Throws RangeError when `main` names none of them. */
export function workspaceOf(given: Files, options: TreeOptions = {}): Workspace {
  const entries: readonly (readonly [string, string])[] =
    given instanceof Map
      ? [...(given as ReadonlyMap<string, string>)]
      : Object.entries(given as Record<string, string>);
  const files = new Map(entries.map(([name, text]): [string, Source] => [name, maskedSource(name, text, 'utf8')]));
  const main = mainOf(files, options.main);
  const prefix = options.prefix ?? dirname(main ?? entries[0]?.[0] ?? '');
  const guessed = guessedMapping(files, main === null ? withoutParts(prefix) : prefix, options);
  const naming = {
    tree: createVirtualTree([...files.keys()]),
    prefix: main === null && options.prefix === undefined ? withoutParts(prefix) : prefix,
    maps: [...statedMaps(options), ...guessed],
    complete: options.complete ?? false,
    nameOf: new Map([...files.keys()].map((name) => [normalize(name), name])),
  };
  const { includes, included } = resolveAll(files, naming);
  const used = guessed.filter(({ from }) => [...includes].some(([pattern, target]) => leadsTo(pattern, from, target)));
  return {
    main,
    fragments: main === null ? fragmentsOf(files, included, options.context) : [],
    prefix,
    live: false,
    files,
    includes,
    given: new Set(files.keys()),
    mappings: used,
    notes: used.map(({ from, to }) => `${from} is taken to be ${to}`),
    problems: files.size === 0 ? [{ file: null, message: 'no file is given' }] : [],
  };
}

function leadsTo(pattern: string, from: string, target: IncludeTarget): boolean {
  return pattern.startsWith(`${from}/`) && target.kind === 'files' && target.files.length > 0;
}

function mainOf(files: ReadonlyMap<string, Source>, stated: string | undefined): string | null {
  if (stated !== undefined) {
    if (!files.has(stated)) throw new RangeError(`main: ${JSON.stringify(stated)} is none of the files`);
    return stated;
  }
  const names = [...files.keys()];
  const named = names.filter((name) => basename(name) === 'nginx.conf').sort((a, b) => depth(a) - depth(b));
  const whole = (name: string): boolean => isMainFile(treeOf(files.get(name) ?? maskedSource(name, '', 'utf8')));
  return named.find(whole) ?? names.find(whole) ?? named.find((name) => isBare(files.get(name))) ?? null;
}

/** Holds neither events{} or http{} nor anything that stands within them alone: a main file that is being written. */
function isBare(source: Source | undefined): boolean {
  const context = source === undefined ? [] : contextOf(treeOf(source), '');
  return context === null || context.length === 0;
}

function depth(name: string): number {
  return normalize(name).split('/').length;
}

/** conf.d/x.conf is included from the directory above conf.d. */
function withoutParts(directory: string): string {
  const conf = confDirectoryOf(`${directory}/x`);
  return (
    conf ??
    (/^(?:conf\.d|http\.d|sites-.+|snippets|vhosts?(?:\.d)?)$/.test(basename(directory))
      ? dirname(directory)
      : directory)
  );
}

function statedMaps({ maps }: TreeOptions): readonly Mapping[] {
  return Object.entries(maps ?? {})
    .map(([from, to]) => ({ from: from.replace(/(?<=.)\/+$/, ''), to }))
    .sort((a, b) => b.from.length - a.from.length);
}

/** Absolute includes that name nothing given share a conf directory: the main file's stands for it. */
function guessedMapping(files: ReadonlyMap<string, Source>, to: string, { prefix }: TreeOptions): readonly Mapping[] {
  if (prefix !== undefined || isAbsoluteName(to)) return [];
  const patterns = [...files.values()].flatMap((source) => includesOf(source).map(({ pattern }) => pattern));
  const [from] = sharedConfDirectories(patterns.filter(isAbsoluteName));
  return from === undefined ? [] : [{ from, to }];
}

function resolveAll(
  files: ReadonlyMap<string, Source>,
  naming: Naming,
): { readonly includes: ReadonlyMap<string, IncludeTarget>; readonly included: ReadonlySet<string> } {
  const includes = new Map<string, IncludeTarget>();
  const included = new Set<string>();
  for (const [file, source] of files) {
    for (const include of includesOf(source)) {
      const target = includes.get(include.pattern) ?? targetOf(include, naming);
      includes.set(include.pattern, target);
      if (target.kind === 'files') for (const name of target.files) if (name !== file) included.add(name);
    }
  }
  return { includes, included };
}

function targetOf(include: Include, naming: Naming): IncludeTarget {
  const { pattern } = include;
  if (include.placeholder) return { kind: 'unread', reason: "holds a template's placeholder" };
  const { base, name } = placeOf(pattern, naming);
  const globs = include.globs && callsGlob(name);
  const full = normalize(base === '' ? name : `${globs ? escapePattern(base) : base}/${name}`);
  const found = globs ? glob3(full, naming.tree) : [full];
  const files = found.flatMap((path) => naming.nameOf.get(normalize(path)) ?? []);
  if (files.length > 0 || (globs && isKnownPlace(full, naming)) || suppliesNothing(pattern))
    return { kind: 'files', files };
  if (pattern.includes('$')) return { kind: 'unread', reason: 'holds a variable' };
  return naming.complete ? { kind: 'missing', path: full } : { kind: 'unread', reason: 'was not given' };
}

function placeOf(pattern: string, { prefix, maps }: Naming): { readonly base: string; readonly name: string } {
  const path = isAbsoluteName(pattern) || !isAbsoluteName(prefix) ? pattern : `${prefix}/${pattern}`;
  const mapping = maps.find(({ from }) => path.startsWith(`${from}/`));
  if (mapping !== undefined) return { base: mapping.to, name: path.slice(mapping.from.length + 1) };
  return isAbsoluteName(path) ? { base: '', name: path } : { base: prefix, name: path };
}

/** Where other files are given, none that matches was left out. */
function isKnownPlace(full: string, { complete, tree }: Naming): boolean {
  return complete || tree.isDirectory(dirname(/^[^*?[]*/.exec(full)?.[0].concat('x') ?? full));
}

/** What packages bring: types{} and load_module, of which no handshake depends. */
function suppliesNothing(pattern: string): boolean {
  return /(?:^|\/)(?:mime\.types|modules-enabled\/\*\.conf|nginx\/modules\/\*\.conf)$/.test(pattern);
}

function fragmentsOf(
  files: ReadonlyMap<string, Source>,
  included: ReadonlySet<string>,
  stated: readonly string[] | undefined,
): readonly Fragment[] {
  const roots = [...files].filter(([name]) => !included.has(name));
  return (roots.length > 0 ? roots : [...files]).map(([file, source]) => ({
    file,
    context: stated ?? contextOf(treeOf(source), basename(dirname(file))) ?? ['http'],
    stated: stated !== undefined,
  }));
}
