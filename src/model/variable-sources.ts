import { once } from '../text/once';
import { builtinVariable } from './builtin-variables';
import { indexTable } from './maps';
import type { ValueMap } from './maps';
import type { Configuration, Scope, Setting } from './scope';

/** What gives a variable its value when it has none yet: the handler that nginx's configuration phase leaves. */
export type VariableSource =
  | { readonly kind: 'map'; readonly map: ValueMap }
  /** `set`: empty until it runs. */
  | { readonly kind: 'empty' }
  /** A named capture of this setting's regex: empty until it matches. */
  | { readonly kind: 'capture'; readonly setting: Setting }
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

/** The setting whose regex captures into a variable of this lower-case name, where that decides; null for none. */
export function captureOf(configuration: Configuration, name: string): Setting | null {
  const source = variableSources(configuration).get(name);
  return source?.kind === 'capture' ? source.setting : null;
}

/** In the order in which nginx reads them: of several definitions the last one counts. */
function collect(root: Scope): ReadonlyMap<string, VariableSource> {
  const found = new Map<string, VariableSource>();
  const frames = [{ scope: root, next: 0 }];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const setting = frame.scope.settings[frame.next++];
    if (setting === undefined) {
      frames.pop();
      // blocks of fragments have no directive that opens them
      for (const scope of frame.scope.children) if (scope.opener === null) frames.push({ scope, next: 0 });
      continue;
    }
    define(setting, found);
    if (setting.opens !== null && setting.opens.kind !== 'table') frames.push({ scope: setting.opens, next: 0 });
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
  for (const word of args) captures(word, setting, found);
  if (name === 'map') for (const line of setting.opens?.settings ?? []) captures(line.directive.name, line, found);
}

/** A capture takes the place of what gave the variable its value so far (ngx_http_regex_compile; measured). */
function captures(pattern: string, setting: Setting, found: Map<string, VariableSource>): void {
  if (!pattern.includes('(?')) return;
  for (const match of pattern.matchAll(NAMED_GROUP)) {
    strong(found, match[1]?.toLowerCase() ?? null, { kind: 'capture', setting });
  }
}

function nameOf(word: string | undefined): string | null {
  return word?.startsWith('$') === true ? word.slice(1).toLowerCase() : null;
}

/**
 * `set` leaves the handler of a map of the same name in place, and that of nginx's own variables, `$http_*` and other
 * prefixes too (ngx_http_rewrite_set, NGX_HTTP_VAR_WEAK): these keep their value until it runs.
 */
function weak(found: Map<string, VariableSource>, name: string | null, source: VariableSource): void {
  if (name !== null && !found.has(name) && builtinVariable(name, 'http') === null) found.set(name, source);
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
