import { directiveSpec, isModuleDirective, knownNames } from './directives';
import type { Configuration, Scope, Setting } from './scope';

export interface UnknownDirective {
  readonly setting: Setting;
  readonly name: string;
  /** The known name one edit away. */
  readonly nearest: string | null;
}

/** Directives that neither nginx nor a widely used module has; inside blocks of unknown modules nobody can tell. */
export function unknownDirectives(configuration: Configuration): readonly UnknownDirective[] {
  const found: UnknownDirective[] = [];
  const pending: Scope[] = [configuration.main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const setting of scope.settings) {
      const { name } = setting.directive;
      if (directiveSpec(name) !== undefined || isModuleDirective(name)) continue;
      found.push({ setting, name, nearest: nearestName(name) });
    }
    for (let index = scope.children.length - 1; index >= 0; index--) {
      const child = scope.children[index];
      if (child !== undefined && child.kind !== 'other' && child.kind !== 'table') pending.push(child);
    }
  }
  return found;
}

const nearest = new Map<string, string | null>();

/** The known name one edit away (a character more, less, other, or two swapped); nginx's own before modules'. */
export function nearestName(name: string): string | null {
  let answer = nearest.get(name);
  if (answer === undefined) {
    const [own = [], modules = []] = knownNames();
    answer = findNear(name, own) ?? findNear(name, modules);
    nearest.set(name, answer);
  }
  return answer;
}

/** Short names are each other's neighbours by chance (`api`, `ssi`): from four characters on. */
function findNear(name: string, names: Iterable<string>): string | null {
  if (name.length < 4) return null;
  for (const known of names) {
    if (Math.abs(known.length - name.length) <= 1 && oneEditApart(name, known)) return known;
  }
  return null;
}

function oneEditApart(a: string, b: string): boolean {
  if (a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  if (endA - start <= 1 && endB - start <= 1) return true;
  return endA - start === 2 && endB - start === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
