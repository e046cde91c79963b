import { once } from '../text/once';
import { compileRegex, isRegex, matchRegex } from './regex/regex';
import type { RegexMatch } from './regex/regex';
import { sieve } from './regex/sieve';
import type { Sieve } from './regex/sieve';
import type { Scope } from './scope';
import { wordBytes } from './template';

/** Names of the servers on one address, as ngx_http_server_names makes hashes of them. */
export interface NameIndex {
  readonly exact: ReadonlyMap<string, Named>;
  /** `*.example.com` and `.example.com`, by `example.com`. */
  readonly heads: ReadonlyMap<string, Named & { readonly bare: boolean }>;
  /** `www.example.*`, by `www.example`. */
  readonly tails: ReadonlyMap<string, Named>;
  readonly regexes: Sieve<NamedRegex>;
}

type NamedRegex = Named & { readonly pattern: string; readonly caseless: boolean };

export interface Named {
  readonly server: Scope;
  /** As written, in lower case but for regexes. */
  readonly name: string;
}

/** The server that takes a name. Null: none does, and the address's default server does. */
export type NameChoice =
  | (Named & { readonly how: 'exact' | 'wildcard' | 'regex'; readonly match: RegexMatch | null })
  | { readonly unknown: string }
  | null;

interface Holder {
  readonly server: Scope;
}

const NONE: NameIndex = { exact: new Map(), heads: new Map(), tails: new Map(), regexes: sieve([]) };

/** nginx looks at no names where one server is alone, but for captures of its last regex (ngx_http_optimize_servers). */
export function indexNames(holders: readonly Holder[], chosen: Holder): NameIndex {
  if (holders.length < 2 && !lastRegexCaptures(chosen.server)) return NONE;
  const builder = new Builder();
  for (const { server } of holders) {
    const names = serverNames(server);
    for (const name of names.length === 0 ? [''] : names) builder.add(server, name);
  }
  return builder.index();
}

/** All words of the server's server_name directives, as byte strings. */
export const serverNames = once((server: Scope): readonly string[] =>
  server.own('server_name').flatMap((setting) => setting.directive.args.map((word) => wordBytes(setting, word))),
);

/** Every request asks for the first; there may be thousands. */
function lastRegexCaptures(server: Scope): boolean {
  const last = serverNames(server).findLast((name) => name.startsWith('~'));
  const regex = last === undefined ? null : compileRegex(last.slice(1), false);
  return regex !== null && (!isRegex(regex) || regex.groups > 0);
}

/** The first of several equal names is kept ("conflicting server name, ignored"). */
class Builder {
  private readonly exact = new Map<string, Named>();
  private readonly heads = new Map<string, Named & { bare: boolean }>();
  private readonly tails = new Map<string, Named>();
  private readonly regexes: NamedRegex[] = [];
  /** Names that an exact name or a `.name` has taken already. */
  private readonly taken = new Set<string>();

  index(): NameIndex {
    const { exact, heads, tails } = this;
    return { exact, heads, tails, regexes: sieve(this.regexes) };
  }

  add(server: Scope, written: string): void {
    if (written.startsWith('~')) {
      const pattern = written.slice(1);
      // nginx ignores case as soon as there is a capital in the pattern (ngx_http_core_server_name).
      this.regexes.push({ server, name: written, pattern, caseless: /[A-Z]/.test(pattern) });
      return;
    }
    const name = written.toLowerCase();
    if (name.startsWith('.') && name.length > 1) this.addDotted(server, name);
    else if (name.startsWith('*.') && name.length > 2) this.addHead({ server, name, bare: false }, name.slice(2));
    else if (name.endsWith('.*') && name.length > 2) addFirst(this.tails, name.slice(0, -2), { server, name });
    else this.addExact(server, name);
  }

  private addExact(server: Scope, name: string): void {
    if (this.taken.has(name)) return;
    this.taken.add(name);
    this.exact.set(name, { server, name });
  }

  /** Given up whole when the bare name is taken; when `*.name` is, the bare name is lost all the same (ngx_hash_add_key). */
  private addDotted(server: Scope, name: string): void {
    const bare = name.slice(1);
    if (this.taken.has(bare)) return;
    this.taken.add(bare);
    this.addHead({ server, name, bare: true }, bare);
  }

  private addHead(named: Named & { bare: boolean }, key: string): void {
    addFirst(this.heads, key, named);
  }
}

function addFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

/** Looks a host up, as parseHost gives it; the empty string for a request without Host. */
export function findName(index: NameIndex, host: string): NameChoice {
  const exact = index.exact.get(host);
  if (exact !== undefined) return { ...exact, how: 'exact', match: null };
  if (host === '') return null;
  const wildcard = longestHead(index, host) ?? longestTail(index, host);
  if (wildcard !== undefined) return { ...wildcard, how: 'wildcard', match: null };
  return firstRegex(index, host);
}

function longestHead({ heads }: NameIndex, host: string): Named | undefined {
  if (heads.size === 0) return undefined;
  const whole = heads.get(host);
  if (whole?.bare === true) return whole;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const found = heads.get(host.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function longestTail({ tails }: NameIndex, host: string): Named | undefined {
  if (tails.size === 0) return undefined;
  for (let dot = host.lastIndexOf('.'); dot >= 0; dot = host.lastIndexOf('.', dot - 1)) {
    const found = tails.get(host.slice(0, dot));
    if (found !== undefined) return found;
    if (dot === 0) break;
  }
  return undefined;
}

function firstRegex({ regexes }: NameIndex, host: string): NameChoice {
  for (const { written, compiled } of regexes.candidates(host)) {
    const match = isRegex(compiled) ? matchRegex(compiled, host) : 'unknown';
    if (match === 'unknown') return { unknown: `whether ${host} matches server_name ${written.name} is not known` };
    if (match !== null) return { ...written, how: 'regex', match };
  }
  return null;
}
