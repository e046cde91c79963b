import { mergeKind } from '../model/directives';
import { effective, outer } from '../model/effective';
import type { Scope, Setting } from '../model/scope';
import { once } from '../text/once';
import type { Announced } from './announced';

/** The first directive whose effective value differs between two scopes and was not announced; null when none does. */
export function unannouncedSetting(before: Scope, after: Scope, announced: Announced | null): string | null {
  for (const name of namesAbove(before, after)) {
    if (announced?.names.has(name) === true) continue;
    const keep = (setting: Setting): boolean => !isAnnounced(setting, announced);
    const old = effective(before, name).settings.filter(keep).map(written);
    const now = effective(after, name).settings.filter(keep).map(written);
    if (old.length !== now.length || old.some((text, index) => text !== now[index])) return name;
  }
  return null;
}

function isAnnounced({ directive }: Setting, announced: Announced | null): boolean {
  return announced?.entries.has(`${directive.name} ${(directive.args[0] ?? '').toLowerCase()}`) === true;
}

function written({ directive }: Setting): string {
  return directive.args.join('\0');
}

/** Names of all simple directives at levels that differ, and of lists that they could hide. */
function namesAbove(before: Scope, after: Scope): ReadonlySet<string> {
  const names = new Set<string>();
  let old: Scope | null = before;
  let now: Scope | null = after;
  while (old !== null || now !== null) {
    if (old === null || now === null || !sameSettings(old, now)) {
      for (const level of [old, now]) for (const name of level === null ? [] : namesOf(level)) names.add(name);
    }
    old = old === null ? null : outer(old);
    now = now === null ? null : outer(now);
  }
  return names;
}

/** Found once: thousands of routes may share a level of thousands of lines. */
const namesOf = once(
  (level: Scope): ReadonlySet<string> =>
    new Set(level.settings.filter(isInherited).map(({ directive }) => directive.name)),
);

function isInherited({ directive: { block, name } }: Setting): boolean {
  return block === null && name !== 'include' && mergeKind(name) !== 'none';
}

const compared = new WeakMap<Scope, { readonly after: Scope; readonly same: boolean }>();

/** Whether a level reads the same; unchanged files give the very same directives. */
export function sameSettings(before: Scope, after: Scope): boolean {
  let known = compared.get(before);
  if (known?.after !== after) compared.set(before, (known = { after, same: compareSettings(before, after) }));
  return known.same;
}

function compareSettings(before: Scope, after: Scope): boolean {
  if (before.settings.length !== after.settings.length) return false;
  return before.settings.every((setting, index) => {
    const other = after.settings[index];
    if (other === undefined) return false;
    if (setting.directive === other.directive) return true;
    return setting.directive.name === other.directive.name && written(setting) === written(other);
  });
}
