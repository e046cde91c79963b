import type { Configuration, Scope, Setting } from '../model/scope';
import { sameSettings } from './compare-settings';
import type { State } from './state';

/** Tells whether requests to a server block may end otherwise than before, from what the two configurations say. */
export function changedServers(before: State, after: State): (old: Scope, now: Scope) => boolean {
  const shared = sharedChange(before.configuration, after.configuration);
  const answers = new Map<Scope, boolean>();
  return (old, now) => {
    let answer = answers.get(old);
    if (answer === undefined) {
      answer = shared.everything || !sameSubtree(old, now) || mentionsAny(now, shared.variables);
      answers.set(old, answer);
    }
    return answer;
  };
}

interface SharedChange {
  /** Something at main or http level changed that reaches every server. */
  readonly everything: boolean;
  /** Variables (lower case, without `$`) whose maps changed or came. */
  readonly variables: ReadonlySet<string>;
}

function sharedChange(before: Configuration, after: Configuration): SharedChange {
  if (before.http === null || after.http === null)
    return { everything: before.http !== after.http, variables: new Set() };
  const old = split(before.http);
  const now = split(after.http);
  const everything =
    !sameTexts(old.rest, now.rest) ||
    !sameTexts(topLevel(before), topLevel(after)) ||
    before.http.children.length - old.maps.size !== after.http.children.length - now.maps.size;
  const variables = new Set<string>();
  for (const [variable, text] of now.maps) if (old.maps.get(variable) !== text) variables.add(variable);
  for (const variable of old.maps.keys()) if (!now.maps.has(variable)) variables.add(variable);
  return { everything, variables: throughMaps(now.maps, variables) };
}

function topLevel({ main }: Configuration): readonly string[] {
  return main.settings.filter(({ opens }) => opens === null).map(line);
}

/** Maps by variable, all of one variable together; everything else at http level but servers. */
function split(http: Scope): { readonly maps: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const maps = new Map<string, string>();
  const rest: string[] = [];
  for (const setting of http.settings) {
    const { name, args } = setting.directive;
    if (name === 'server') continue;
    const text = setting.opens === null ? line(setting) : subtreeText(setting);
    const variable = name === 'map' ? (args[1] ?? '').slice(1).toLowerCase() : null;
    if (variable === null) rest.push(text);
    else maps.set(variable, `${maps.get(variable) ?? ''}\n${text}`);
  }
  return { maps, rest };
}

function line({ directive }: Setting): string {
  return `${directive.name}\0${directive.args.join('\0')}`;
}

function subtreeText(setting: Setting): string {
  const parts = [line(setting)];
  const pending: Scope[] = setting.opens === null ? [] : [setting.opens];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    parts.push('{', ...scope.settings.map(line), '}');
    pending.push(...scope.children);
  }
  return parts.join('\n');
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** With the variables of maps that read changed ones. */
function throughMaps(maps: ReadonlyMap<string, string>, changed: Set<string>): ReadonlySet<string> {
  for (let grew = changed.size > 0; grew;) {
    grew = false;
    for (const [variable, text] of maps) {
      if (changed.has(variable) || !mentions(text, changed)) continue;
      changed.add(variable);
      grew = true;
    }
  }
  return changed;
}

function mentions(text: string, variables: ReadonlySet<string>): boolean {
  if (!text.includes('$')) return false;
  for (const match of text.matchAll(/\$\{?(\w+)/g)) if (variables.has((match[1] ?? '').toLowerCase())) return true;
  return false;
}

function sameSubtree(before: Scope, after: Scope): boolean {
  const pending: [Scope, Scope][] = [[before, after]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [old, now] = pair;
    if (old.children.length !== now.children.length || !sameSettings(old, now)) return false;
    for (const [index, child] of old.children.entries()) {
      const other = now.children[index];
      if (other !== undefined) pending.push([child, other]);
    }
  }
  return true;
}

function mentionsAny(server: Scope, variables: ReadonlySet<string>): boolean {
  if (variables.size === 0) return false;
  const pending: Scope[] = [server];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const { directive } of scope.settings) {
      if (directive.args.some((arg) => mentions(arg, variables))) return true;
    }
    pending.push(...scope.children);
  }
  return false;
}
