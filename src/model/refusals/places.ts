import { allowedIn, directiveSpec, inVersion, isModuleDirective } from '../directives';
import type { Context, DirectiveForm } from '../directives';
import { formatVersion } from '../version';
import type { NginxVersion } from '../version';
import type { Setter } from './check';
import { setterOf } from './setters';

/** What a directive of this name is, where it stands: worked out once, asked for by every line. */
export interface Place {
  /** Of a module that is not nginx's own, or unknown to everybody: nothing is checked. */
  readonly foreign: 'no' | 'module' | 'unknown';
  /** Why it may not stand here; null when it may. */
  readonly refused: { readonly message: string; readonly versions: string | null; readonly byContext: boolean } | null;
  /** Forms that are allowed here, oldest first; the first says whether it is a block. */
  readonly forms: readonly DirectiveForm[];
  readonly setter: Setter | null;
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

const NOWHERE = { refused: null, forms: [], setter: null } as const;

function findPlace(name: string, context: Context, version: NginxVersion | null): Place {
  const spec = directiveSpec(name);
  const ofModule = isModuleDirective(name);
  if (spec === undefined) return { foreign: ofModule ? 'module' : 'unknown', ...NOWHERE };
  const known = spec.forms.filter((form) => inVersion(form, version));
  const forms = known.filter((form) => allowedIn(form, context));
  if (forms.length > 0) return { foreign: 'no', refused: null, forms, setter: setterOf(name, context) };
  if (ofModule) return { foreign: 'module', ...NOWHERE };
  if (known.length === 0) {
    const refused = { message: `unknown directive "${name}"`, versions: lacking(spec.forms), byContext: false };
    return { foreign: 'no', refused, forms, setter: null };
  }
  const message = `"${name}" directive is not allowed here`;
  const refused = {
    message,
    versions: lacking(spec.forms.filter((form) => allowedIn(form, context))),
    byContext: true,
  };
  return { foreign: 'no', refused, forms, setter: null };
}

/** Which versions lack these forms; null for no forms, which is all versions. */
function lacking(forms: readonly DirectiveForm[]): string | null {
  if (forms.length === 0) return null;
  const since = Math.min(...forms.map((form) => form.since));
  const until = Math.max(...forms.map((form) => form.until));
  if (since > 0) return `below ${formatVersion(since)}`;
  return Number.isFinite(until) ? `above ${formatVersion(until)}` : null;
}
