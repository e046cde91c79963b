import { treeOf } from '../syntax/cache';
import { piecesIn } from '../syntax/pieces';
import type { Pieces } from '../syntax/pieces';
import type { Source } from '../text/source';
import type { Configuration, Scope } from './scope';
import { FEW_FILES } from './workspace';
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

/** The first, the model, and two: fewer are not worth it. */
const FEWEST = 4;

/** Null: no files are alike. `apart` are files that may not stand for others, nor others for them. */
export function reduce(workspace: Workspace, apart: ReadonlySet<string>, fewFiles = FEW_FILES): Reduced | null {
  if (workspace.focus !== undefined || (workspace.outside?.size ?? 0) > 0) return null;
  const lists = listsOf(workspace);
  if (lists.every((list) => list.length < fewFiles)) return null;
  const files = new Map<string, Candidate>();
  for (const list of lists) for (const file of list) addCandidate(file, workspace, files);
  const taken = namesTaken(files.values());
  const likenesses: Likeness[] = [];
  for (const list of lists) {
    if (list.length < FEWEST) continue;
    const fit = list.flatMap((file) => (apart.has(file) ? [] : (files.get(file) ?? [])));
    for (const group of alikeAmong(fit, workspace, taken)) likenesses.push({ ...group, list });
  }
  if (likenesses.length === 0) return null;
  const left = likenesses.flatMap((likeness) => likeness.files.slice(1));
  const names = new Map(left.map((file) => [file, files.get(file)?.names ?? []]));
  return { workspace: without(workspace, new Set(left)), likenesses, names };
}

/** A file that an include names. */
interface Candidate {
  readonly file: string;
  readonly source: Source;
  readonly apart: Pieces | null;
  readonly names: readonly string[];
  /** How many lists name it. */
  times: number;
}

/** Lists of files that are read one after the other at one place. */
function listsOf({ includes, fragments }: Workspace): readonly (readonly string[])[] {
  const lists: (readonly string[])[] = [];
  for (const target of includes.values()) if (target.kind === 'files') lists.push(target.files);
  const inHttp = fragments.filter(({ context }) => context.length === 1 && context[0] === 'http');
  return [...lists, inHttp.map(({ file }) => file)];
}

function addCandidate(file: string, workspace: Workspace, files: Map<string, Candidate>): void {
  const known = files.get(file);
  const source = workspace.files.get(file);
  if (known !== undefined) known.times += 1;
  else if (source !== undefined) {
    const apart = piecesIn(source);
    files.set(file, { file, source, apart, names: apart === null ? NO_NAMES : namesIn(apart), times: 1 });
  }
}

const NO_NAMES: readonly string[] = [];

function namesIn({ pieces }: Pieces): readonly string[] {
  let names = NO_NAMES;
  for (const { serverNames } of pieces) {
    if (serverNames.length > 0) names = names.length === 0 ? serverNames : [...names, ...serverNames];
  }
  return names;
}

/** Server name -> the file that has it; null where several have. */
function namesTaken(files: Iterable<Candidate>): ReadonlyMap<string, string | null> {
  const taken = new Map<string, string | null>();
  for (const { file, names } of files) {
    for (const name of names) {
      const other = taken.get(name);
      taken.set(name, other === undefined || other === file ? file : null);
    }
  }
  return taken;
}

function alikeAmong(
  files: readonly Candidate[],
  { given }: Workspace,
  taken: ReadonlyMap<string, string | null>,
): readonly Omit<Likeness, 'list'>[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of files) {
    const key = keyOf(candidate, taken);
    if (key === null) continue;
    const whole = `${given.has(candidate.file)} ${key}`;
    const group = groups.get(whole);
    if (group === undefined) groups.set(whole, [candidate]);
    else group.push(candidate);
  }
  const likenesses: Omit<Likeness, 'list'>[] = [];
  for (const [first, ...others] of groups.values()) {
    const [model] = others;
    // The first may be the default server of an address, with all that this brings.
    if (first === undefined || model === undefined || others.length + 1 < FEWEST || !holdsServersAlone(first)) continue;
    likenesses.push({ model: model.file, files: others.map(({ file }) => file) });
  }
  return likenesses;
}

/** Equal for files that are alike; null where a name could lead elsewhere as well. */
function keyOf(candidate: Candidate, taken: ReadonlyMap<string, string | null>): string | null {
  const { file, source, apart, names, times } = candidate;
  if (apart === null || times > 1 || names.length === 0) return null;
  for (const name of names) if (taken.get(name) !== file) return null;
  let key: string = source.encoding;
  for (const { kind } of apart.pieces) key += ` ${kind.number}`;
  return key + repetitions(apart);
}

/** Which words are the same word again: two servers of one name. */
function repetitions({ pieces }: Pieces): string {
  const words: string[] = [];
  for (const piece of pieces) for (const word of piece.words) words.push(word);
  const first = new Map<string, number>();
  let key = '';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const known = words.length <= FEW_WORDS ? words.indexOf(word) : (first.get(word) ?? at);
    if (known < at) key += ` ${at}=${known}`;
    else if (words.length > FEW_WORDS) first.set(word, at);
  }
  return key;
}

/** For these a list is faster than a map of them. */
const FEW_WORDS = 16;

/** Nothing beside server blocks: a map or an upstream would be everybody's. */
function holdsServersAlone({ source }: Candidate): boolean {
  return treeOf(source).directives.every(({ name, block }) => name === 'server' && block !== null);
}

function without(workspace: Workspace, left: ReadonlySet<string>): Workspace {
  const includes = new Map(workspace.includes);
  for (const [pattern, target] of includes) {
    if (target.kind !== 'files' || !target.files.some((file) => left.has(file))) continue;
    includes.set(pattern, { ...target, files: target.files.filter((file) => !left.has(file)) });
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
