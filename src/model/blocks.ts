import type { ScopeKind } from './scope';

const TABLES: ReadonlySet<string> = new Set(['map', 'geo', 'types', 'split_clients', 'charset_map']);

const IN_HTTP: Readonly<Record<string, ScopeKind>> = {
  server: 'server',
  location: 'location',
  if: 'if',
  limit_except: 'limit_except',
  upstream: 'upstream',
};

const BLOCKS: Partial<Record<ScopeKind, Readonly<Record<string, ScopeKind>>>> = {
  main: { events: 'events', http: 'http', stream: 'stream', mail: 'mail' },
  http: IN_HTTP,
  server: IN_HTTP,
  location: IN_HTTP,
  if: IN_HTTP,
  limit_except: IN_HTTP,
  stream: { server: 'stream-server', upstream: 'stream-upstream' },
  mail: { server: 'mail-server' },
};

/** The kind of block that a block directive opens, by its name and where it stands. */
export function kindOfBlock(name: string, inside: ScopeKind): ScopeKind {
  if (TABLES.has(name)) return 'table';
  const kinds = BLOCKS[inside];
  if (kinds === undefined || !Object.hasOwn(kinds, name)) return 'other';
  return kinds[name] ?? 'other';
}
