import { allowedIn, directiveSpec, inVersion, isModuleDirective } from '../directives';
import type { Context, DirectiveForm } from '../directives';
import { formatVersion } from '../version';
import type { NginxVersion } from '../version';
import type { Setter } from './check';
import { HEADER_SIZES, isBufferSize } from './merges';
import { setterOf } from './setters';
import { mayCompile } from './words';

/** What a directive of this name is, where it stands: worked out once, asked for by every line. */
export interface Place {
  /** Of a module that is not nginx's own, or unknown to everybody: nothing is checked. */
  readonly foreign: 'no' | 'module' | 'unknown';
  /** Why it may not stand here; null when it may. */
  readonly refused: { readonly message: string; readonly versions: string | null; readonly byContext: boolean } | null;
  /** Forms that are allowed here, oldest first; the first says whether it is a block. */
  readonly forms: readonly DirectiveForm[];
  readonly setter: Setter | null;
  /** Argument that names a variable it defines; -1 is the last. */
  readonly defines: number | null;
  /** Its arguments may be regexes with named groups. */
  readonly captures: boolean;
  /** Some of its arguments are compiled as templates. */
  readonly compiles: boolean;
  readonly mark: number;
}

/** What a level holds, so that nothing is looked up at its end for the sake of what it does not hold. */
export const MARKS = { listen: 1, server: 2, location: 4, buffers: 8, pass: 16, certificate: 32, header: 64 } as const;

const DEFINERS: ReadonlyMap<string, number> = new Map([
  ['auth_request_set', 0],
  ['geo', -1],
  ['map', 1],
  ['perl_set', 0],
  ['set', 0],
  ['split_clients', 1],
]);

const CAPTURES: ReadonlySet<string> = new Set([
  'fastcgi_split_path_info',
  'if',
  'location',
  'proxy_cookie_domain',
  'proxy_cookie_flags',
  'proxy_cookie_path',
  'proxy_redirect',
  'rewrite',
  'server_name',
]);

function markOf(name: string): number {
  if (name === 'listen') return MARKS.listen;
  if (name === 'server') return MARKS.server;
  if (name === 'location') return MARKS.location;
  if (name === 'proxy_pass') return MARKS.pass;
  if (name === 'ssl_certificate') return MARKS.certificate;
  if (HEADER_SIZES.has(name)) return MARKS.header;
  return isBufferSize(name) ? MARKS.buffers : 0;
}

export type Places = (name: string, context: Context) => Place;

export function createPlaces(version: NginxVersion | null): Places {
  const known = new Map<Context, Map<string, Place>>();
  return (name, context) => {
    let places = known.get(context);
    if (places === undefined) known.set(context, (places = new Map<string, Place>()));
    let place = places.get(name);
    if (place === undefined) places.set(name, (place = findPlace(name, context, version)));
    return place;
  };
}

const NOTHING = {
  refused: null,
  forms: [],
  setter: null,
  defines: null,
  captures: false,
  compiles: false,
  mark: 0,
} as const;

function findPlace(name: string, context: Context, version: NginxVersion | null): Place {
  const spec = directiveSpec(name);
  if (spec === undefined) return { ...NOTHING, foreign: isModuleDirective(name) ? 'module' : 'unknown' };
  const known = spec.forms.filter((form) => inVersion(form, version));
  const forms = known.filter((form) => allowedIn(form, context));
  if (forms.length > 0) return placed(name, context, forms);
  if (isModuleDirective(name)) return { ...NOTHING, foreign: 'module' };
  if (known.length === 0) {
    const refused = { message: `unknown directive "${name}"`, versions: lacking(spec.forms), byContext: false };
    return { ...NOTHING, foreign: 'no', refused };
  }
  const message = `"${name}" directive is not allowed here`;
  const refused = {
    message,
    versions: lacking(spec.forms.filter((form) => allowedIn(form, context))),
    byContext: true,
  };
  return { ...NOTHING, foreign: 'no', refused };
}

function placed(name: string, context: Context, forms: readonly DirectiveForm[]): Place {
  return {
    foreign: 'no',
    refused: null,
    forms,
    setter: setterOf(name, context),
    defines: DEFINERS.get(name) ?? null,
    captures: CAPTURES.has(name),
    compiles: mayCompile(name, forms),
    mark: markOf(name),
  };
}

/** Which versions lack these forms; null for no forms, which is all versions. */
function lacking(forms: readonly DirectiveForm[]): string | null {
  if (forms.length === 0) return null;
  const since = Math.min(...forms.map((form) => form.since));
  const until = Math.max(...forms.map((form) => form.until));
  if (since > 0) return `below ${formatVersion(since)}`;
  return Number.isFinite(until) ? `above ${formatVersion(until)}` : null;
}
