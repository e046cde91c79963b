import type { Route } from '../model/route';
import type { Configuration, Scope, Setting } from '../model/scope';
import { sameSettings } from './compare-settings';
import type { State } from './state';

/**
 * Tells whether requests for a route may end otherwise than before, from what the two configurations say: something
 * changed on its own levels or in what they share; or elsewhere in its server, when requests may go on from block to
 * block there, or other blocks may take them.
 */
export function changedRoutes(before: State, after: State): (old: Route, now: Route) => boolean {
  const shared = sharedChange(before.configuration, after.configuration);
  const servers = new Map<Scope, ServerChange>();
  const mentioning = new Map<Scope, boolean>();
  const mentionsHere = (scope: Scope): boolean => {
    let known = mentioning.get(scope);
    if (known === undefined) mentioning.set(scope, (known = mentionsAmong(scope, shared.variables)));
    return known;
  };
  return (old, now) => {
    if (shared.everything) return true;
    let server = servers.get(old.server);
    if (server === undefined)
      servers.set(old.server, (server = serverChange(old.server, now.server, shared.variables)));
    return server === 'everywhere' || (server === 'somewhere' && levelsDiffer(old.scope, now.scope, mentionsHere));
  };
}

/** How far a change inside a server block reaches. */
type ServerChange = 'nowhere' | 'somewhere' | 'everywhere';

function serverChange(old: Scope, now: Scope, variables: ReadonlySet<string>): ServerChange {
  if (sameSubtree(old, now) && !mentionsAny(now, variables)) return 'nowhere';
  return sameSettings(old, now) && sameBlocks(old, now) && !hasJumps(old) && !hasJumps(now)
    ? 'somewhere'
    : 'everywhere';
}

/** What sends a request on to another block, or answers with what another block made. */
const JUMPS =
  /^(rewrite|if|return|error_page|try_files|auth_request|mirror|index|random_index|post_action|proxy_intercept_errors|recursive_error_pages|ssi|addition|add_(before|after)_body|slice|js_|lua|perl)|_by_lua/;

function hasJumps(server: Scope): boolean {
  return someScope(server, ({ settings }) => settings.some(({ directive }) => JUMPS.test(directive.name)));
}

function levelsDiffer(before: Scope, after: Scope, mentionsHere: (scope: Scope) => boolean): boolean {
  let old: Scope | null = before;
  let now: Scope | null = after;
  for (; old !== null && now !== null && old.kind !== 'http'; old = old.parent, now = now.parent) {
    if (!sameSettings(old, now) || mentionsHere(now)) return true;
  }
  return false;
}

/** Whether the blocks are the same, whatever stands in them. */
function sameBlocks(before: Scope, after: Scope): boolean {
  const pending: [Scope, Scope][] = [[before, after]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [old, now] = pair;
    if (old.children.length !== now.children.length) return false;
    for (const [index, child] of old.children.entries()) {
      const other = now.children[index];
      if (other === undefined || openerLine(child) !== openerLine(other)) return false;
      pending.push([child, other]);
    }
  }
  return true;
}

function openerLine({ opener }: Scope): string {
  return opener === null ? '' : line(opener);
}

function someScope(root: Scope, is: (scope: Scope) => boolean): boolean {
  const pending: Scope[] = [root];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (is(scope)) return true;
    for (const each of scope.children) pending.push(each);
  }
  return false;
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
    for (const each of scope.children) pending.push(each);
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
  if (variables.size === 0 || !text.includes('$')) return false;
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
  return variables.size > 0 && someScope(server, (scope) => mentionsAmong(scope, variables));
}

function mentionsAmong({ settings }: Scope, variables: ReadonlySet<string>): boolean {
  if (variables.size === 0) return false;
  return settings.some(({ directive }) => directive.args.some((arg) => mentions(arg, variables)));
}
