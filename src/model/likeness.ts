import { treeOf } from '../syntax/cache';
import { piecesIn } from '../syntax/pieces';
import type { Pieces } from '../syntax/pieces';
import type { Configuration, Scope } from './scope';
import type { Workspace } from './workspace';

/**
 * Files of server blocks that differ in nothing that decides what becomes of a request but the names they are found by:
 * what holds for one holds for all.
 */
export interface Likeness {
  /** The one that stays: none of the others is the default server of anything, and neither is this one. */
  readonly model: string;
  /** In nginx's order, the model first. */
  readonly files: readonly string[];
  /** These and others as nginx reads them, one after the other. */
  readonly list: readonly string[];
}

/** A workspace without the files that others stand for. */
export interface Reduced {
  readonly workspace: Workspace;
  readonly likenesses: readonly Likeness[];
  /** Names of the servers in each file that was left out. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** Fewer are not worth it. */
const FEWEST = 4;

/** Null: no files are alike. `apart` are files that may not stand for others, nor others for them. */
export function reduce(workspace: Workspace, apart: ReadonlySet<string>): Reduced | null {
  if (workspace.focus !== undefined || (workspace.outside?.size ?? 0) > 0) return null;
  const lists = listsOf(workspace);
  const often = timesNamed(lists);
  const taken = namesTaken(lists, workspace);
  const likenesses: Likeness[] = [];
  for (const list of lists) {
    const fit = list.filter((file) => !apart.has(file) && often.get(file) === 1);
    for (const files of alikeAmong(fit, workspace, taken)) likenesses.push({ ...files, list });
  }
  if (likenesses.length === 0) return null;
  const left = new Set(likenesses.flatMap(({ files }) => files.slice(1)));
  const names = new Map([...left].map((file) => [file, serverNames(workspace, file)]));
  return { workspace: without(workspace, left), likenesses, names };
}

/** Lists of files that are read one after the other at one place. */
function listsOf({ includes, fragments }: Workspace): readonly (readonly string[])[] {
  const lists: (readonly string[])[] = [];
  for (const target of includes.values()) if (target.kind === 'files') lists.push(target.files);
  const inHttp = fragments.filter(({ context }) => context.length === 1 && context[0] === 'http');
  return [...lists, inHttp.map(({ file }) => file)];
}

function timesNamed(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const often = new Map<string, number>();
  for (const list of lists) for (const file of list) often.set(file, (often.get(file) ?? 0) + 1);
  return often;
}

/** Server name -> the file that has it; null where several have. */
function namesTaken(lists: readonly (readonly string[])[], workspace: Workspace): ReadonlyMap<string, string | null> {
  const taken = new Map<string, string | null>();
  for (const list of lists) {
    for (const file of list) {
      for (const name of serverNames(workspace, file)) {
        const other = taken.get(name);
        taken.set(name, other === undefined || other === file ? file : null);
      }
    }
  }
  return taken;
}

function piecesOf(workspace: Workspace, file: string): Pieces | null {
  const source = workspace.files.get(file);
  return source === undefined ? null : piecesIn(source);
}

const NO_NAMES: readonly string[] = [];

function serverNames(workspace: Workspace, file: string): readonly string[] {
  const apart = piecesOf(workspace, file);
  if (apart === null) return NO_NAMES;
  const named = apart.pieces.filter((piece) => piece.serverNames.length > 0);
  return named.length === 1 ? (named[0]?.serverNames ?? NO_NAMES) : named.flatMap((piece) => piece.serverNames);
}

function alikeAmong(
  files: readonly string[],
  workspace: Workspace,
  taken: ReadonlyMap<string, string | null>,
): readonly Omit<Likeness, 'list'>[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const key = likenessKey(workspace, file, taken);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  const likenesses: Omit<Likeness, 'list'>[] = [];
  for (const [first = '', ...others] of groups.values()) {
    const [model] = others;
    // The first may be the default server of an address, with all that this brings.
    if (model === undefined || others.length + 1 < FEWEST || !holdsServersAlone(workspace, first)) continue;
    likenesses.push({ model, files: others });
  }
  return likenesses;
}

/** Equal for files that are alike; null where a name could lead elsewhere as well. */
function likenessKey(workspace: Workspace, file: string, taken: ReadonlyMap<string, string | null>): string | null {
  const apart = piecesOf(workspace, file);
  const names = serverNames(workspace, file);
  if (apart === null || names.length === 0 || !names.every((name) => taken.get(name) === file)) return null;
  const { encoding } = workspace.files.get(file) ?? { encoding: '' };
  let key = `${workspace.given.has(file)} ${encoding}`;
  for (const { kind } of apart.pieces) key += ` ${kind}`;
  return `${key} ${repetitions(apart)}`;
}

/** Which words are the same word again: two servers of one name. */
function repetitions({ pieces }: Pieces): string {
  const first = new Map<string, number>();
  let key = '';
  for (const { words } of pieces) {
    for (const word of words) {
      const known = first.get(word);
      if (known === undefined) first.set(word, first.size);
      else key += ` ${first.size}=${known}`;
    }
  }
  return key;
}

/** Nothing beside server blocks: a map or an upstream would be everybody's. */
function holdsServersAlone(workspace: Workspace, file: string): boolean {
  const source = workspace.files.get(file);
  if (source === undefined) return false;
  return treeOf(source).directives.every(({ name, block }) => name === 'server' && block !== null);
}

function without(workspace: Workspace, left: ReadonlySet<string>): Workspace {
  const includes = new Map(workspace.includes);
  for (const [pattern, target] of includes) {
    if (target.kind !== 'files' || !target.files.some((file) => left.has(file))) continue;
    includes.set(pattern, { kind: 'files', files: target.files.filter((file) => !left.has(file)) });
  }
  const fragments = workspace.fragments.filter(({ file }) => !left.has(file));
  return { ...workspace, includes, fragments };
}

/** Of a reduced workspace as built: files whose servers are not read once, in http, or whose names others have too. */
export function misplaced({ workspace, likenesses, names }: Reduced, { http }: Configuration): readonly string[] {
  const servers = new Map<string, number>();
  const taken = new Set<string>();
  for (const server of http?.children ?? []) {
    const file = server.kind === 'server' ? server.opener?.tree.source.path : undefined;
    if (file === undefined) continue;
    servers.set(file, (servers.get(file) ?? 0) + 1);
    for (const name of namesOf(server)) taken.add(name);
  }
  const unfit = likenesses.filter(({ model }) => servers.get(model) !== directivesIn(workspace, model));
  const named = [...names].filter(([, own]) => own.some((name) => taken.has(name) || taken.has(`.${name}`)));
  return [...unfit.flatMap(({ files }) => files), ...named.map(([file]) => file)];
}

function namesOf(server: Scope): readonly string[] {
  return server.own('server_name').flatMap(({ directive }) => directive.args.map((name) => name.toLowerCase()));
}

function directivesIn({ files }: Workspace, file: string): number {
  const source = files.get(file);
  return source === undefined ? 0 : treeOf(source).directives.length;
}
