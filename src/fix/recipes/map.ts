import { isUndefinedVariable } from '../../lint/variables';
import { definingSettings } from '../../model/defining-settings';
import { effectiveHeaders } from '../../model/headers';
import type { Configuration, Scope, Setting } from '../../model/scope';
import { SINCE } from '../../model/version';
import { refusal, type Change, type Refusal } from '../change';
import type { FixContext } from '../context';
import { asWord } from '../neighbours';
import type { Way } from '../operation';
import { once } from '../../text/once';
import type { MapJob } from './map-job';
import { repairMap, usersOf } from './map-repair';
import { placeMap } from './map-spot';

/** What a header is to be set to, and what has to be made for it. */
export interface Supply {
  /** A variable with its `$`, or a constant. */
  readonly value: string;
  readonly way: Way;
}

/** Hands out variables that are `upgrade` for handshakes, one for each need; maps are made once. */
export interface MapMaker {
  /** `plain`: the word that plain requests are to keep; null when nothing was set. */
  supply(scope: Scope, plain: string | null): Supply | Refusal;
  /** Defines a variable that is used, or repairs the map that does. */
  define(scope: Scope, variable: string): Way | Refusal;
  /** Repairs the map that makes this value wrong. */
  repair(scope: Scope, map: Setting): Way | Refusal;
}

const NOTHING: Way = { operations: [], touches: [], unsafe: null };

export function createMapMaker(context: FixContext): MapMaker {
  const { configuration } = context;
  const made: (MapJob & { readonly way: Way })[] = [];

  // one repair a map, whoever asks first
  const repaired = new Map<Setting, Way | Refusal>();

  const create = (scope: Scope, variable: string, plain: string): Way | Refusal => {
    const way = newMap(context, scope, variable, plain);
    if (!('refused' in way)) made.push({ variable, plain, way });
    return way;
  };

  return {
    supply(scope, plain) {
      const wanted = plain === null ? wordsForUnset(context, scope) : [plain];
      for (const word of wanted) {
        const chosen = usualFor(context, word);
        if (chosen !== undefined) return { value: chosen.variable, way: NOTHING };
        const fresh = made.find((map) => sameWord(map.plain, word));
        if (fresh !== undefined) return { value: fresh.variable, way: fresh.way };
      }
      const variable = freeName(context, made);
      const way = create(scope, variable, wanted[0] ?? '');
      return 'refused' in way ? withoutMap(context) : { value: variable, way };
    },
    define(scope, variable) {
      const name = `$${variable}`;
      const definition = definingSettings(configuration, variable).at(-1);
      if (definition !== undefined) return this.repair(scope, definition);
      const planned = made.find((map) => map.variable.toLowerCase() === name.toLowerCase());
      return planned?.way ?? create(scope, name, wordsForUnset(context, scope)[0] ?? '');
    },
    repair(scope, map) {
      if (map.directive.name !== 'map') return refusal(`${map.directive.name} makes the variable, not a map`);
      let way = repaired.get(map);
      if (way === undefined)
        repaired.set(map, (way = repairMap(configuration, map, wordsForUnset(context, scope)[0] ?? '')));
      return way;
    },
  };
}

const USUAL = '$connection_upgrade';

/** By word for plain requests, the map to take: thousands of maps may do, and thousands of headers want one. */
const usual = new WeakMap<FixContext, Map<string, MapJob | undefined>>();

function usualFor(context: FixContext, word: string): MapJob | undefined {
  const known = usual.get(context) ?? new Map<string, MapJob | undefined>();
  usual.set(context, known);
  const key = word.toLowerCase();
  if (!known.has(key)) {
    const existing = context.workingMaps().filter((map) => sameWord(map.plain, word));
    known.set(key, existing.find(({ variable }) => variable === USUAL) ?? existing[0]);
  }
  return known.get(key);
}

function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * What plain requests are to get where nothing was set, best first: what nginx sends by itself, or nothing where the
 * upstream keeps connections alive (`close` would end that).
 */
function wordsForUnset(context: FixContext, scope: Scope): readonly string[] {
  const { version } = context;
  const none = version === null ? keepsAlive(context, scope) : version >= SINCE.http11Default;
  return none ? ['', 'close'] : ['close', ''];
}

function keepsAlive(context: FixContext, scope: Scope): boolean {
  const passes = scope.settings.filter(({ directive }) => directive.name === 'proxy_pass');
  const hosts = new Set(passes.map(({ directive }) => /^https?:\/\/([^/:]+)/i.exec(directive.args[0] ?? '')?.[1]));
  return keptAlive(context.configuration).some((name) => hosts.has(name));
}

/** Names of the upstreams that keep connections, found once: there may be thousands, and as many that ask. */
const keptAlive = once(({ http }: Configuration): readonly (string | undefined)[] =>
  (http?.own('upstream') ?? [])
    .filter(({ opens }) => (opens?.own('keepalive').length ?? 0) > 0)
    .map(({ directive }) => directive.args[0]),
);

function freeName(context: FixContext, made: readonly MapJob[]): string {
  const taken = (name: string): boolean =>
    !isUndefinedVariable(context.configuration, name.slice(1)) || made.some(({ variable }) => variable === name);
  if (!taken(USUAL)) return USUAL;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? '$ws_connection_upgrade' : `$ws_connection_upgrade_${number}`;
    if (!taken(name)) return name;
  }
}

function newMap(context: FixContext, scope: Scope, variable: string, plain: string): Way | Refusal {
  const word = plain === '' ? "''" : asWord(plain, null, '');
  const lines = [
    ['default', 'upgrade'],
    ["''", word],
  ] as const;
  const changes = placeMap(context, { source: '$http_upgrade', variable, lines }, scope);
  if (changes === null) return refusal('the http block, where a map belongs, was not given');
  const { http } = context.configuration;
  const touches = usersOf(context.configuration, variable);
  return { operations: [operationOf(changes, http ?? scope)], touches, unsafe: assumption(http, variable) };
}

function operationOf(changes: readonly Change[], scope: Scope): Way['operations'][number] {
  return { changes, scope, shared: null };
}

/** A map of the same name that was not read would be replaced silently: nginx takes the last one. */
function assumption(http: Scope | null, variable: string): string | null {
  if (http?.assumed === true) return `the http block was not given and may define ${variable}`;
  const unread = http?.unread.find(({ directive }) => !/(^|\/)mime\.types$/.test(directive.args[0] ?? ''));
  return unread === undefined ? null : `${unread.directive.args[0] ?? ''} was not read and may define ${variable}`;
}

const withoutMap = once(substitute);

/** In a fragment below http level: the variable that other locations there use, else the constant. */
function substitute(context: FixContext): Supply {
  for (const route of context.routes) {
    for (const { key, value } of effectiveHeaders(route.scope)) {
      if (key !== 'connection' || !/^\$\w*upgrade\w*$/i.test(value) || value.toLowerCase() === '$http_upgrade')
        continue;
      return { value, way: { ...NOTHING, unsafe: `${value} is defined in blocks that were not given` } };
    }
  }
  const way = { ...NOTHING, unsafe: 'plain requests get Connection: upgrade too, as a map has no place here' };
  return { value: 'upgrade', way };
}
