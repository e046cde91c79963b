import type { Scope, Setting } from '../scope';
import type { Fault, Setter } from './check';
import { regexFault } from './regexes';

/** A location's words as ngx_http_core_location keeps them. */
interface LocationName {
  readonly name: string;
  readonly exact: boolean;
  readonly named: boolean;
  readonly regex: boolean;
}

const MODIFIERS: readonly string[] = ['=', '^~', '~', '~*'];

function locationName(setting: Setting): LocationName {
  const [first = '', second] = setting.directive.args;
  if (second !== undefined) {
    return { name: second, exact: first === '=', named: false, regex: first.startsWith('~') };
  }
  if (first.startsWith('=')) return { name: first.slice(1), exact: true, named: false, regex: false };
  if (first.startsWith('^~')) return { name: first.slice(2), exact: false, named: false, regex: false };
  if (first.startsWith('~')) return { name: first.replace(/^~\*?/, ''), exact: false, named: false, regex: true };
  return { name: first, exact: false, named: first.startsWith('@'), regex: false };
}

export const location: Setter = ({ args, setting, context, scope }) => {
  const [modifier = '', second] = args;
  if (second !== undefined && !MODIFIERS.includes(modifier)) {
    return { message: `invalid location modifier "${modifier}"`, word: 1 };
  }
  const inner = locationName(setting);
  const broken = inner.regex ? regexFault(inner.name, args.length) : null;
  if (broken !== null || context !== 'location' || scope.opener === null) return broken;
  return nestingFault(inner, locationName(scope.opener), scope.opener);
};

function nestingFault(inner: LocationName, outer: LocationName, related: Setting): Fault | null {
  const word = 1;
  if (outer.exact) {
    return { message: `location "${inner.name}" cannot be inside the exact location "${outer.name}"`, word, related };
  }
  if (outer.named) {
    return { message: `location "${inner.name}" cannot be inside the named location "${outer.name}"`, word, related };
  }
  if (inner.named) {
    return { message: `named location "${inner.name}" can be on the server level only`, word, related };
  }
  if (inner.regex || inner.name.startsWith(outer.name)) return null;
  return { message: `location "${inner.name}" is outside location "${outer.name}"`, word, related };
}

/** Two locations of one level with the same name, both `=` or both not; regex and named ones may repeat. */
export function duplicateLocations(level: Scope): readonly (Fault & { readonly setting: Setting })[] {
  if (level.children.length < 2) return [];
  const found: (Fault & { readonly setting: Setting })[] = [];
  const seen = new Map<string, Setting>();
  for (const { opener, kind } of level.children) {
    if (kind !== 'location' || opener === null) continue;
    const { name, exact, named, regex } = locationName(opener);
    if (named || regex) continue;
    const key = (exact ? '=' : ' ') + name;
    const related = seen.get(key);
    if (related === undefined) seen.set(key, opener);
    else found.push({ setting: opener, message: `duplicate location "${name}"`, related, word: 1, late: true });
  }
  return found;
}
