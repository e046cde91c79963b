import { effective } from '../model/effective';
import type { Configuration, Effective, Scope, Setting } from '../model/scope';
import { argument, compileTemplate } from '../model/template';
import type { Part, Template } from '../model/template';
import { variableSources } from '../model/variable-sources';
import { SINCE } from '../model/version';
import type { NginxVersion } from '../model/version';
import type { Run } from './run';

/** A header that nginx works out for the request: a line of proxy_set_header, or a default. */
export interface Line {
  readonly name: string;
  readonly value: Template;
  /** Its place among the lines of its level; null for a default. */
  readonly own: number | null;
}

/** The lines of one level, ready for requests. All levels that hold the same words share one. */
export interface Table {
  readonly lines: readonly Line[];
  /** Names in lower case: none of them is taken from the client. */
  readonly taken: ReadonlySet<string>;
  /** The Host line that counts where only one does. */
  readonly host: Line | null;
  /** Some value holds `$1`... or a named capture: a regex map among the others may change it. */
  readonly captures: boolean;
}

const NEVER_PASSED = ['TE', 'Keep-Alive', 'Expect', 'Upgrade'];
/** What an answer for the cache must not depend on: never passed on with proxy_cache. */
const CONDITIONS = ['If-Modified-Since', 'If-Unmodified-Since', 'If-None-Match', 'If-Match', 'Range', 'If-Range'];

/** nginx's own header table (ngx_http_proxy_headers), which proxy_set_header overrides name by name. */
function defaultHeaders(version: NginxVersion, cached: boolean): readonly (readonly [string, string])[] {
  return [
    ['Host', version >= SINCE.hostAlwaysSent ? '' : '$proxy_host'],
    ['Connection', version >= SINCE.http11Default ? '' : 'close'],
    ...(version >= SINCE.proxyConnectionDropped ? ([['Proxy-Connection', '']] as const) : []),
    ['Content-Length', '$proxy_internal_body_length'],
    ['Transfer-Encoding', '$proxy_internal_chunked'],
    ...NEVER_PASSED.map((name) => [name, ''] as const),
    ...(cached ? CONDITIONS.map((name) => [name, ''] as const) : []),
  ];
}

/** The lines of proxy_set_header that apply, and the level they stand at. */
export type Level = Pick<Effective, 'settings' | 'scope'>;

const NOTHING: Level = { settings: [], scope: null };

export function linesHere(run: Run): Level {
  return run.names.has('proxy_set_header') ? effective(run.scope, 'proxy_set_header') : NOTHING;
}

/** What the lines of a level say, with the tables that were made of it: by version, and whether answers are cached. */
interface Content {
  readonly words: readonly (readonly [name: string, value: string])[];
  readonly tables: Map<string, Table>;
}

const contents = new WeakMap<Configuration, Map<string, Content>>();
/** The same few lines stand in thousands of locations: a table for each was a tenth of all memory for 2,000 servers. */
const contentOf = new WeakMap<Scope, Content>();

export function tableFor(run: Run, { settings, scope }: Level, cached: boolean): Table {
  let content = scope === null ? undefined : contentOf.get(scope);
  if (content === undefined) {
    content = contentIn(run.configuration, settings);
    if (scope !== null) contentOf.set(scope, content);
  }
  const key = `${run.nginx.version} ${cached}`;
  let table = content.tables.get(key);
  if (table === undefined) content.tables.set(key, (table = makeTable(content.words, run, cached)));
  return table;
}

function contentIn(configuration: Configuration, settings: readonly Setting[]): Content {
  let known = contents.get(configuration);
  if (known === undefined) contents.set(configuration, (known = new Map<string, Content>()));
  let key = '';
  for (const setting of settings) {
    const name = argument(setting, 0);
    const value = argument(setting, 1);
    key += `${name.length} ${value.length} ${name}${value}`;
  }
  let content = known.get(key);
  if (content === undefined) {
    const words = settings.map((setting) => [argument(setting, 0), argument(setting, 1)] as const);
    known.set(key, (content = { words, tables: new Map() }));
  }
  return content;
}

/** Own lines in their order, then nginx's defaults for names they leave out. */
function makeTable(words: Content['words'], { nginx: { version }, configuration }: Run, cached: boolean): Table {
  const sources = variableSources(configuration);
  const hostFirst = version >= SINCE.hostAlwaysSent;
  const own = words.map(([name, value], index): Line => ({ name, value: compileTemplate(value), own: index }));
  const taken = new Set(own.map(({ name }) => name.toLowerCase()));
  const lines = hostFirst ? own.filter(({ name }) => name.toLowerCase() !== 'host') : [...own];
  for (const [name, value] of defaultHeaders(version, cached)) {
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    // A default without a value only keeps the client's header back.
    if (value !== '') lines.push({ name, value: compileTemplate(value), own: null });
  }
  const host = hostFirst ? (own.findLast(({ name }) => name.toLowerCase() === 'host') ?? null) : null;
  const isCapture = (part: Part): boolean => {
    if (part.kind !== 'variable') return part.kind === 'capture';
    const source = sources.get(part.name)?.kind;
    return source === 'empty' || source === 'capture';
  };
  const captures = lines.some(({ value }) => value.parts.some(isCapture));
  return { lines, taken, host, captures };
}
