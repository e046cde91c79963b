import { once } from '../text/once';
import { indexTable } from './maps';
import type { ValueMap } from './maps';
import type { Configuration, Scope, Setting } from './scope';

/** What gives a variable its value when it has none yet: the handler that nginx's configuration phase leaves. */
export type VariableSource =
  | { readonly kind: 'map'; readonly map: ValueMap }
  /** `set`, and named captures: empty until the directive or the regex runs. */
  | { readonly kind: 'empty' }
  /** Lua, njs, perl, geo by address...: `reason` says what. */
  | { readonly kind: 'runtime'; readonly reason: string };

const EMPTY: VariableSource = { kind: 'empty' };

/** Directives whose argument of this index names a variable that only the running server can fill. */
const RUNTIME: ReadonlyMap<string, number> = new Map([
  ...(
    'js_set js_var perl_set set_by_lua set_by_lua_block set_by_lua_file auth_request_set set_random set_if_empty ' +
    'set_decode_base64 set_encode_base64 set_escape_uri set_unescape_uri set_form_input set_md5 set_sha1 ' +
    'set_hmac_sha1 set_secure_random_alphanum auth_jwt_claim_set auth_jwt_header_set'
  )
    .split(' ')
    .map((name): [string, number] => [name, 0]),
  ['keyval', 1],
]);

const NAMED_GROUP = /\(\?(?:P?<|')([A-Za-z_][A-Za-z0-9_]*)[>']/g;

/** Variables that the configuration itself defines, by lower-case name. */
export const variableSources = once((configuration: Configuration): ReadonlyMap<string, VariableSource> =>
  collect(configuration.http ?? configuration.main),
);

function collect(root: Scope): ReadonlyMap<string, VariableSource> {
  const found = new Map<string, VariableSource>();
  const stack = [root];
  for (let scope = stack.pop(); scope !== undefined; scope = stack.pop()) {
    for (const setting of scope.settings) define(setting, found);
    // Reversed, so that blocks come in the order in which nginx reads them: the last map of a name wins.
    for (let index = scope.children.length - 1; index >= 0; index--) {
      const child = scope.children[index];
      if (child !== undefined && child.kind !== 'table') stack.push(child);
    }
  }
  return found;
}

function define(setting: Setting, found: Map<string, VariableSource>): void {
  const { name, args } = setting.directive;
  const runtime = RUNTIME.get(name);
  if (name === 'set') weak(found, nameOf(args[0]), EMPTY);
  else if (name === 'map') strong(found, nameOf(args[1]), { kind: 'map', map: indexTable(setting) });
  else if (name === 'geo') strong(found, nameOf(args.at(-1)), geoOf(setting));
  else if (name === 'split_clients') strong(found, nameOf(args[1]), splitOf(setting));
  else if (runtime !== undefined) {
    const variable = nameOf(args[runtime]);
    strong(found, variable, { kind: 'runtime', reason: `$${variable ?? ''} is set by ${name}` });
  }
  for (const word of args) captures(word, found);
  if (name === 'map') for (const line of setting.opens?.settings ?? []) captures(line.directive.name, found);
}

function captures(pattern: string, found: Map<string, VariableSource>): void {
  if (!pattern.includes('(?')) return;
  for (const match of pattern.matchAll(NAMED_GROUP)) weak(found, match[1]?.toLowerCase() ?? null, EMPTY);
}

function nameOf(word: string | undefined): string | null {
  return word?.startsWith('$') === true ? word.slice(1).toLowerCase() : null;
}

/** `set` leaves the handler of a map of the same name in place (ngx_http_rewrite_set: only when there is none). */
function weak(found: Map<string, VariableSource>, name: string | null, source: VariableSource): void {
  if (name !== null && !found.has(name)) found.set(name, source);
}

function strong(found: Map<string, VariableSource>, name: string | null, source: VariableSource): void {
  if (name !== null) found.set(name, source);
}

/** geo goes by the client's address: known only when there is no line but `default`. */
function geoOf(setting: Setting): VariableSource {
  const lines = setting.opens?.settings ?? [];
  const read = setting.opens?.unread.length === 0;
  if (read && lines.every((line) => line.directive.name === 'default'))
    return { kind: 'map', map: indexTable(setting) };
  return { kind: 'runtime', reason: `geo goes by the client's address` };
}

/** split_clients hashes its key: known only when one line takes all. */
function splitOf(setting: Setting): VariableSource {
  const lines = setting.opens?.settings ?? [];
  if (lines.length === 1 && lines[0]?.directive.name === '*') return { kind: 'map', map: indexTable(setting, '*') };
  return { kind: 'runtime', reason: 'split_clients chooses by a hash' };
}
