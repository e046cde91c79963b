/** A request target as nginx reads it. Byte strings. */
export interface Target {
  /** `$uri`: decoded, `.`, `..` and doubled slashes resolved. */
  readonly uri: string;
  /** `$args`: between `?` and `#`, as sent. */
  readonly args: string;
  /** `$request_uri`: as sent, without scheme and host. */
  readonly unparsed: string;
  /** False when `unparsed` may not be handed on as it is: it has no path (`http://host?x`). */
  readonly validUnparsed: boolean;
  /** The path has an escape (`r->quoted_uri`), or a `+` (`r->plus_in_uri`): they decide what is escaped again. */
  readonly quoted: boolean;
  readonly plus: boolean;
  /** What follows the last dot of the last part of the path; null when there is none. */
  readonly exten: string | null;
  /** Host and port of `GET http://host:port/path`: it wins over the Host header. Null in origin form. */
  readonly authority: string | null;
}

const ABSOLUTE =
  /^[A-Za-z][A-Za-z0-9+.-]*:\/\/((?:\[[A-Za-z0-9:._~!$&'()*+,;=-]*\]|[A-Za-z0-9.-]*)(?::[0-9]*)?)(?=[/?]|$)/;

/** What may not stand in a request line: nginx answers 400 (since 1.21.1 for spaces too). */
const FORBIDDEN = /[\x00-\x20\x7f]/;

/**
 * Reads the target of a request line (ngx_http_parse_request_line, then ngx_http_parse_complex_uri); null where nginx
 * answers 400. `mergeSlashes` is the setting of the address's default server, of the one that the TLS name chose on a
 * TLS port: the URI is read before the Host header is (ngx_http_process_request_uri; measured).
 */
export function parseTarget(target: string, mergeSlashes: boolean): Target | null {
  if (FORBIDDEN.test(target)) return null;
  const absolute = target.startsWith('/') ? null : ABSOLUTE.exec(target);
  if (absolute === null && !target.startsWith('/')) return null;
  const rest = target.slice(absolute?.[0].length ?? 0);
  const unparsed = rest === '' ? '/' : rest;
  const resolved = resolvePath(unparsed, mergeSlashes);
  if (resolved === null) return null;
  const { path, from, quoted, plus, exten } = resolved;
  const validUnparsed = unparsed.startsWith('/');
  const args = argumentsOf(unparsed, from);
  return { uri: path, args, unparsed, validUnparsed, quoted, plus, exten, authority: absolute?.[1] ?? null };
}

/** Arguments start at `from` (after the `?`) and end at a `#`; `from` is -1 when there are none. */
function argumentsOf(text: string, from: number): string {
  if (from < 0) return '';
  const hash = text.indexOf('#', from);
  return hash < 0 ? text.slice(from) : text.slice(from, hash);
}

interface Resolved {
  readonly path: string;
  /** Where the arguments start; -1 when there are none. */
  readonly from: number;
  readonly quoted: boolean;
  readonly plus: boolean;
  readonly exten: string | null;
}

type State = 'usual' | 'slash' | 'dot' | 'dots';

const SLASH = 0x2f;
const DOT = 0x2e;
const PERCENT = 0x25;
const QUESTION = 0x3f;
const HASH = 0x23;
const PLUS = 0x2b;

/** Most paths are what they stand for. */
const PLAIN = /^(?:\/[\w-]+)*\/?$/;

/** Decodes and resolves the path; null where it climbs above the root or has a bad escape. */
function resolvePath(text: string, mergeSlashes: boolean): Resolved | null {
  if (PLAIN.test(text)) return { path: text, from: -1, quoted: false, plus: false, exten: null };
  const path = new Path(mergeSlashes);
  let at = 0;
  if (text.startsWith('?')) path.out.push(SLASH);
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUESTION || code === HASH) break;
    if (code !== PERCENT) {
      if (!path.add(code)) return null;
      continue;
    }
    const decoded = decode(text, at + 1);
    if (decoded === null) return null;
    at += 2;
    path.quoted = true;
    if (decoded === PERCENT || decoded === HASH || decoded === QUESTION) path.addLiteral(decoded);
    else if (!path.add(decoded)) return null;
  }
  if (!path.finish()) return null;
  return { ...path.result(), from: text[at] === '?' ? at + 1 : -1 };
}

/** The byte of two hex digits; null for anything else, and for NUL. */
function decode(text: string, at: number): number | null {
  const digits = text.slice(at, at + 2);
  if (!/^[0-9a-fA-F]{2}$/.test(digits) || digits === '00') return null;
  return parseInt(digits, 16);
}

/** The path as far as it is resolved. A dot or slash that was escaped counts like one that was not. */
class Path {
  readonly out: number[] = [];
  quoted = false;
  private plus = false;
  private state: State = 'usual';
  /** Where the extension starts in `out`; -1 when the last part has none. */
  private exten = -1;

  constructor(private readonly mergeSlashes: boolean) {}

  addLiteral(code: number): void {
    this.state = 'usual';
    this.out.push(code);
  }

  /** False when the path climbs above the root. */
  add(code: number): boolean {
    if (code === PLUS) this.plus = true;
    if (code === SLASH) return this.addSlash();
    if (code !== DOT) this.addLiteral(code);
    else this.addDot();
    return true;
  }

  private addDot(): void {
    if (this.state === 'usual') this.exten = this.out.length + 1;
    else this.state = this.state === 'slash' ? 'dot' : this.state === 'dot' ? 'dots' : 'usual';
    this.out.push(DOT);
  }

  private addSlash(): boolean {
    if (this.state === 'usual') {
      this.exten = -1;
      this.out.push(SLASH);
    } else if (this.state === 'slash') {
      if (!this.mergeSlashes) this.out.push(SLASH);
    } else if (!this.finish()) return false;
    this.state = 'slash';
    return true;
  }

  /** Resolves `/.` and `/..` at the end of what is there. */
  finish(): boolean {
    if (this.state === 'dot') this.out.pop();
    return this.state !== 'dots' || this.climb();
  }

  /** Takes back `/name/..` to the slash before; with merge_slashes off the name may be empty. */
  private climb(): boolean {
    this.out.length -= Math.min(3, this.out.length);
    while (this.out.length > 0 && this.out.at(-1) !== SLASH) this.out.pop();
    return this.out.length > 0;
  }

  result(): Omit<Resolved, 'from'> {
    const text = bytes(this.out);
    return { path: text, quoted: this.quoted, plus: this.plus, exten: this.exten < 0 ? null : text.slice(this.exten) };
  }
}

const CHUNK = 8_192;

function bytes(codes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < codes.length; at += CHUNK) text += String.fromCharCode(...codes.slice(at, at + CHUNK));
  return text;
}
