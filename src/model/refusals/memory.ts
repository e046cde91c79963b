import type { Scope, Setting } from '../scope';
import type { ListenAddress } from './listen';
import type { UpstreamEntry } from './upstreams';

/** What nginx keeps while it reads one http or stream block, or the whole configuration. */
export interface Memory {
  /** Nothing is missing: no block was assumed, every include was read, and nobody knows a directive that was met. */
  complete: boolean;
  /** Settings of a level by slot: a second one is a duplicate. */
  readonly slots: Map<Scope, Map<string, Setting>>;
  /** Emptied maps of levels that were read. */
  readonly spare: Map<string, Setting>[];
  /** Upstreams and hosts that are passed to, by `http` or `stream` and lower-case host, in order. */
  readonly upstreams: Map<string, UpstreamEntry[]>;
  readonly listens: Map<string, ListenAddress>;
  /** Named things, each by kind and name: zones, log formats, charset maps. */
  readonly named: Map<string, Setting>;
  /** What must be named somewhere, with the fault if it is not. */
  readonly wanted: {
    readonly key: string;
    readonly setting: Setting;
    readonly word: number;
    readonly message: string;
  }[];
  /** A block after which load_module comes too late. */
  modulesUsed: Setting | null;
}

export function createMemory(complete: boolean): Memory {
  return {
    complete,
    slots: new Map(),
    spare: [],
    upstreams: new Map(),
    listens: new Map(),
    named: new Map(),
    wanted: [],
    modulesUsed: null,
  };
}

/** The file that nginx, or a fragment's reader, began with: fragments need not be read by one nginx. */
export function rootFile(setting: Setting): string {
  let outermost = setting;
  while (outermost.via !== null) outermost = outermost.via;
  return outermost.tree.source.path;
}

/** Remembers the setting under the key; the one that was there before, if it belongs to the same configuration. */
export function remember(memory: Memory, key: string, setting: Setting): Setting | null {
  const earlier = memory.named.get(key);
  if (earlier === undefined) {
    memory.named.set(key, setting);
    return null;
  }
  return rootFile(earlier) === rootFile(setting) ? earlier : null;
}

/** Takes a slot of the level; the setting that has it already, null when it was free. */
export function takeSlot(memory: Memory, scope: Scope, slot: string, setting: Setting): Setting | null {
  let level = memory.slots.get(scope);
  if (level === undefined) memory.slots.set(scope, (level = memory.spare.pop() ?? new Map<string, Setting>()));
  const earlier = level.get(slot);
  if (earlier === undefined) {
    level.set(slot, setting);
    return null;
  }
  return scope.assumed && rootFile(earlier) !== rootFile(setting) ? null : earlier;
}

/** When a level is read nothing asks for its slots any more; the next level gets the map. */
export function dropSlots(memory: Memory, scope: Scope): void {
  const level = memory.slots.get(scope);
  if (level === undefined) return;
  memory.slots.delete(scope);
  level.clear();
  memory.spare.push(level);
}

/** The setting that has the slot of this level. */
export function slotOf(memory: Memory, scope: Scope, slot: string): Setting | null {
  return memory.slots.get(scope)?.get(slot) ?? null;
}
