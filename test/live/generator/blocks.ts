import { directive } from '../tree';
import type { Node } from '../tree';
import type { Random } from '../random';

/** The directives of one level, as they are made up: scalars at most once, as nginx demands. */
export interface Level {
  readonly nodes: Node[];
  readonly scalars: Set<string>;
}

export function newLevel(): Level {
  return { nodes: [], scalars: new Set() };
}

export function add(level: Level, ...words: readonly string[]): void {
  level.nodes.push(directive(...words));
}

export function addScalar(level: Level, ...words: readonly string[]): void {
  const name = words[0] ?? '';
  if (level.scalars.has(name)) return;
  level.scalars.add(name);
  add(level, ...words);
}

/** A snippet and what it sets: included where none of its scalars is set already. */
export interface Snippet {
  readonly path: string;
  readonly level: Level;
}

export function include(level: Level, snippet: Snippet): void {
  if ([...snippet.level.scalars].some((name) => level.scalars.has(name))) return;
  for (const name of snippet.level.scalars) level.scalars.add(name);
  add(level, 'include', snippet.path);
}

/** All that a tree has in common: what its levels may refer to. */
export interface World {
  readonly random: Random;
  /** Most handshakes of the tree are meant to work. */
  readonly careful: boolean;
  readonly snippets: readonly Snippet[];
  readonly upstreams: readonly string[];
  /** Variables made by maps. */
  readonly mapped: readonly string[];
  /** Variables made by named captures met so far: valid anywhere in the tree. */
  readonly captures: Set<string>;
  /** Request targets that some location is made for. */
  readonly targets: string[];
  /** Host names that some server is made for. */
  readonly hosts: string[];
}
