import { treeOf } from '../syntax/cache';
import type { Directive, Word } from '../syntax/nodes';
import { MASK, isSecretName } from '../text/secret-names';
import type { Source, Span } from '../text/source';

/** Directives whose first argument names what the rest sets. */
const NAMED: ReadonlySet<string> = new Set([
  'proxy_set_header',
  'grpc_set_header',
  'add_header',
  'add_trailer',
  'fastcgi_param',
  'uwsgi_param',
  'scgi_param',
  'set',
  'proxy_set_body',
  'auth_jwt_claim_set',
  'js_var',
]);

/** Directives whose arguments are secrets, whatever they are called. */
const SECRET_DIRECTIVES: ReadonlySet<string> = new Set(['secure_link_secret', 'secure_link_md5', 'ssl_session_ticket']);

/** What any secret that is known here has about it; most files have none of it, and are not read for them. */
const MARKS = [
  '@',
  'auth',
  'bearer',
  'cookie',
  'credential',
  'jwt',
  'key',
  'passphrase',
  'passw',
  'pwd',
  'secret',
  'secure_link',
  'sessionid',
  'ssl_session_ticket',
  'token',
];
/** The same of a text in which secrets have a name and a `:`, `=` or space behind it. */
const MARKS_OF_NAMES = ['auth', 'cookie', 'key', 'secret', 'passw', 'token'];

/** Searching for each costs less than a pattern of all. */
function mentions(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.some((word) => lower.includes(word));
}

const spansOf = new WeakMap<Source, readonly Span[]>();

/** Where secrets stand in a file, in order: values of Authorization, Cookie, keys and tokens, passwords in URLs. */
export function secretSpans(source: Source): readonly Span[] {
  let spans = spansOf.get(source);
  if (spans === undefined) {
    spans = mentions(source.text, MARKS) ? inOrder(findSecrets(source)) : [];
    spansOf.set(source, spans);
  }
  return spans;
}

function inOrder(spans: Span[]): readonly Span[] {
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return spans.filter((span) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

/** With a stack of its own: blocks may nest thousands deep. */
function findSecrets(source: Source): Span[] {
  const tree = treeOf(source);
  const spans: Span[] = [];
  const pending: { readonly directive: Directive; readonly table: Directive | null }[] = [];
  for (const directive of tree.directives) pending.push({ directive, table: null });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { directive, table } = next;
    for (const word of secretWords(directive, table)) spans.push(...literals(source, word));
    for (const word of directive.words) spans.push(...inUrls(source.text, word));
    const inner = directive.name === 'map' ? directive : null;
    for (const child of directive.block?.directives ?? []) pending.push({ directive: child, table: inner });
  }
  for (const comment of tree.comments) spans.push(...inText(source.text, comment));
  return spans;
}

function secretWords(directive: Directive, table: Directive | null): readonly Word[] {
  const { name, args, words } = directive;
  const [first = ''] = args;
  if (table !== null) return secretEntry(directive, table);
  if (SECRET_DIRECTIVES.has(name)) return words.slice(1);
  if (NAMED.has(name)) return isSecretName(first) ? words.slice(2) : [];
  if (name.startsWith('more_set_'))
    return words.slice(1).filter(({ value }) => isSecretName(value.split(':')[0] ?? ''));
  if (name === 'env') return isSecretName(first.split('=')[0] ?? '') && first.includes('=') ? words.slice(1) : [];
  if (name === 'if') return isSecretName(first.replace(/^\(\s*/, '')) ? words.slice(3) : [];
  return [];
}

/** Entries of a map: the keys are what a client must send, the values what nginx then sends. */
function secretEntry(entry: Directive, table: Directive): readonly Word[] {
  const [from = '', to = ''] = table.args;
  const secret: Word[] = [];
  const [key, value] = entry.words;
  if (key !== undefined && isSecretName(from) && key.value !== 'default') secret.push(key);
  if (value !== undefined && isSecretName(to)) secret.push(value);
  return secret;
}

/** The part of a word that is written out: not its variables, not `Bearer`. Nothing when little else is there. */
function literals(source: Source, word: Word): Span[] {
  const start = word.start + word.quote.length;
  const end = Math.max(start, word.end - word.quote.length);
  const text = source.text.slice(start, end);
  const scheme = /^(?:[\w-]+\s*[:=]\s*)?(?:(?:basic|bearer|token|digest|negotiate)\s+)?/i.exec(text)?.[0].length ?? 0;
  const rest = text.slice(scheme).replace(/\$(\{\w+\}|\w+)/g, '');
  if (!/\w{2}/.test(rest)) return [];
  return [{ start: start + scheme, end }];
}

function inUrls(text: string, word: Word): Span[] {
  const spans: Span[] = [];
  for (const { index, length } of secretsInUrl(text.slice(word.start, word.end))) {
    spans.push({ start: word.start + index, end: word.start + index + length });
  }
  return spans;
}

interface Piece {
  readonly index: number;
  readonly length: number;
}

const USER_INFO = /:\/\/([^/?#\s"'@$]*:[^/?#\s"'@]+)@/g;
/** As nginx quotes a server in its errors: without a scheme. */
const QUOTED_USER_INFO = /"([^\s/"'@:$]+:[^\s/"'@$]+)@[\w.[\]:-]+"/g;
const QUERY = /[?&;]([\w.-]{1,40})=([^&;\s"'#$]{2,})/g;

/** Credentials before the host, and values of token parameters. Variables are no secret. */
function* secretsInUrl(text: string): Generator<Piece> {
  if (text.includes('@')) {
    for (const match of text.matchAll(USER_INFO)) yield { index: match.index + 3, length: match[1]?.length ?? 0 };
    for (const match of text.matchAll(QUOTED_USER_INFO)) {
      yield { index: match.index + 1, length: match[1]?.length ?? 0 };
    }
  }
  if (!text.includes('=')) return;
  for (const match of text.matchAll(QUERY)) {
    const [whole, name = '', value = ''] = match;
    if (isSecretName(name)) yield { index: match.index + whole.length - value.length, length: value.length };
  }
}

/** `Authorization "Basic dXNlcjpw"`, `Cookie: a=b`; what is called a token in prose needs a `:` or `=` behind it. */
const NAMED_VALUE =
  /((?:proxy-)?authorization["']?\s*[:= ]|(?:set-)?cookie2?["']?\s*[:= ]|[\w-]*api[-_]?key["']?\s*[:= ]|[\w-]*(?:secret|password|token)["']?\s*[:=])(\s*["']?(?:(?:basic|bearer|token|digest)\s+)?)([^\s"';$&]{4,})/gi;

/** Comments, and text that is no configuration: `Authorization: Basic dXNlcjpw`. */
function inText(text: string, span: Span): Span[] {
  const part = text.slice(span.start, span.end);
  const spans: Span[] = [];
  for (const { index, length } of secretsInUrl(part)) {
    spans.push({ start: span.start + index, end: span.start + index + length });
  }
  if (!mentions(part, MARKS_OF_NAMES)) return spans;
  for (const match of part.matchAll(NAMED_VALUE)) {
    const start = span.start + match.index + (match[1]?.length ?? 0) + (match[2]?.length ?? 0);
    if (holdsSecret(match[3] ?? '')) spans.push({ start, end: start + (match[3]?.length ?? 0) });
  }
  return spans;
}

/** Prose about headers goes on in plain lower-case words; secrets do not look like one. */
function holdsSecret(word: string): boolean {
  return !/^[a-z]+[.,:)]?$/.test(word) && !/^\W+$/.test(word);
}

/** What has none of these has no secret that `inText` finds: most values are none. */
const SUSPECT = /[@=]|auth|cookie|key|secret|passw|token/i;

/** A message or value, with what looks like a secret masked. */
export function maskText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const spans = inOrder(inText(text, { start: 0, end: text.length }));
  let masked = '';
  let at = 0;
  for (const { start, end } of spans) {
    masked += text.slice(at, start) + MASK;
    at = end;
  }
  return masked + text.slice(at);
}

/** The value of a header as reports show it. */
export function maskHeader(name: string, value: string): string {
  if (!isSecretName(name)) return maskText(value);
  const scheme = /^(?:basic|bearer|token|digest|negotiate)\s+/i.exec(value)?.[0] ?? '';
  return value.length > scheme.length ? scheme + MASK : value;
}
