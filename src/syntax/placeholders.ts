import { createSource, markLength } from '../text/source';
import type { Source, Span } from '../text/source';
import { treeOf } from './cache';

/**
 * The characters of a tag, moved up from U+0000 to U+E000: word characters to nginx's reader, in no configuration, and
 * still there to be shown. `{{`, `<%` and `${` are how a tag begins.
 */
const MOVED = 0xe000;
const TAG = /(?:\ue07b\ue07b|\ue03c\ue025|\ue024\ue07b)[^\u0000-\u007f]*/g;
const MOVED_UP = /[\ue000-\ue07f]/;
/** The same as UTF-8 bytes, for byte strings. */
const MOVED_UP_BYTES = /\xee[\x80\x81][\x80-\xbf]/;
const EACH_MOVED_UP_BYTES = /\xee([\x80\x81])([\x80-\xbf])/g;

function movedUp(character: string): string {
  const code = /\s/.test(character) ? 0x20 : character.charCodeAt(0);
  return code < 0x80 ? String.fromCharCode(MOVED + code) : character;
}

/** The text with tags as they are written: `location {{ path }}`. */
export function withTags(given: string): string {
  const text = MOVED_UP_BYTES.test(given) ? given.replace(EACH_MOVED_UP_BYTES, fromBytes) : given;
  if (!MOVED_UP.test(text)) return text;
  return text.replace(TAG, (tag) => {
    const written = tag.replace(/[\ue000-\ue07f]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) - MOVED));
    return /^\{\{.*[^}]\}?$/.test(written) && !written.endsWith('}}') ? `${written}}` : written;
  });
}

function fromBytes(_: string, second: string, third: string): string {
  return String.fromCharCode(MOVED + ((second.charCodeAt(0) & 0x3f) << 6) + (third.charCodeAt(0) & 0x3f));
}

export function hasPlaceholder(text: string): boolean {
  return MOVED_UP.test(text) || MOVED_UP_BYTES.test(text) || isFilledIn(text);
}

/** Whether a directive is a tag that prints all of it. */
export function isTag(name: string): boolean {
  return MOVED_UP.test(name.charAt(0));
}

/**
 * `__PORT__`, `%PORT%`, `%%PORT%%`, `@PORT@`, `%web_port%`: what sed or a panel puts a value for when something is packaged
 * or set up. Of the last kind, none that begins as an escaped byte does (`%cafe%20`), but for one with an underscore.
 */
const FILLED_IN =
  /__[A-Z][A-Z0-9_]*?__|%[A-Z][A-Z_]{2,}[A-Z0-9_]*%|@[A-Z][A-Z0-9_]{2,}@|%(?:(?![0-9a-f]{2})[a-z][a-z0-9]+|[a-z]+_[a-z0-9_]+)%/;

/** Whether a word of an ordinary file holds a name that something fills in before nginx reads it. */
export function isFilledIn(text: string): boolean {
  return (text.includes('__') || text.includes('%') || text.includes('@')) && FILLED_IN.test(text);
}

const ENDINGS: ReadonlySet<string> = new Set([
  'ctmpl',
  'epp',
  'erb',
  'gotmpl',
  'hbs',
  'j2',
  'jinja',
  'jinja2',
  'liquid',
  'mustache',
  'sigil',
  'stpl',
  'template',
  'tmpl',
  'tpl',
]);

/** `x.conf.template`, `x.j2`, `x.conf.erb`, `x.tmpl.conf`, `template-x.conf`, and what else is common. */
function isTemplateName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const [last = '', before = ''] = name.split('.').slice(1).reverse();
  if (ENDINGS.has(last) || (ENDINGS.has(before) && /^[a-z]+$/.test(last))) return true;
  return name.includes('template') && /(?:^|[._-])template/.test(name);
}
/** envsubst replaces these; in an ordinary file they are nginx's own variables. */
const ENVSUBST_NAME = /\.(template|envsubst)(\.[a-z]+)?$|template[^/]*$/i;
const ENVIRONMENT = /\$\{([A-Z_][A-Z0-9_]*)(?::?-[^}\n]{0,500})?\}/g;
/** Where nginx reads no variables: `listen ${PORT}` is refused, the others are taken as they stand. */
const NO_VARIABLES = /(?:^|[;{}\n])[ \t]*(?:listen|server|server_name)[ \t][^;{}\n]*\$\{[A-Z_][A-Z0-9_]*[}:-]/;
const VARIABLE = /(?:\$|\(\?P?[<'])([a-z_]\w*)/gi;

/**
 * Whether a file of any name is written for envsubst: `${PORT}` stands where nginx has no variables, or several such names
 * do, and none is a variable elsewhere in it.
 */
function isForEnvsubst(text: string): boolean {
  if (!text.includes('${')) return false;
  const code = text.replace(/(^|\s)#.*$/gm, '$1');
  const names = new Set(Array.from(code.matchAll(ENVIRONMENT), ([, name = '']) => name.toLowerCase()));
  if (names.size === 0 || (names.size === 1 && !NO_VARIABLES.test(code))) return false;
  return !Array.from(code.matchAll(VARIABLE)).some(([, name = '']) => names.has(name.toLowerCase()));
}

/** Characters before a tag in which the end of the directive before it is looked for. */
const LOOK_BACK = 2000;

const TAGS = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|<%[\s\S]*?%>/g;
const TAGS_AND_ENVIRONMENT = new RegExp(`${TAGS.source}|${ENVIRONMENT.source}`, 'g');
/** Tags that steer or comment and print nothing: Jinja, ERB, and the words of Go and Handlebars. */
const SILENT =
  /^(?:\{%|\{#|<%(?!=)|\{\{-?\s*(?:\/\*|!|[#/^]|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w+\s*:=))/;

/**
 * The source of a file, with `code` masked where it is a template: by its name, or because its tags alone keep it from
 * being read, or it is written for envsubst. What prints nothing becomes white space, what prints becomes a word of unknown
 * text. A BOM becomes white space too: rule refused-directive tells of it, and the rest is judged as its author sees it.
 */
export function maskedSource(path: string, text: string, encoding: Source['encoding']): Source {
  const plain = withoutMark(createSource(path, text, encoding));
  const environment = ENVSUBST_NAME.test(path) || isForEnvsubst(text);
  const all = environment ? TAGS_AND_ENVIRONMENT : TAGS;
  if (isTemplateName(path)) return masked(plain, all);
  const filled = environment ? masked(plain, ENVIRONMENT) : plain;
  const tagged = text.includes('{{') || text.includes('{%') || text.includes('<%');
  if (!tagged || treeOf(filled).faults.length === 0) return filled;
  const attempt = masked(plain, all);
  return treeOf(attempt).faults.length < treeOf(filled).faults.length ? attempt : filled;
}

function withoutMark(source: Source): Source {
  const length = markLength(source);
  return length === 0 ? source : { ...source, code: ' '.repeat(length) + source.text.slice(length) };
}

function masked(source: Source, tags: RegExp): Source {
  const placeholders: Span[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const match of source.text.matchAll(tags)) {
    const start = match.index;
    const end = start + match[0].length;
    placeholders.push({ start, end });
    parts.push(source.code.slice(at, start), fill(match[0], standsAlone(source.text, start, end)));
    at = end;
  }
  if (placeholders.length === 0) return source;
  parts.push(source.code.slice(at));
  return { ...source, code: parts.join(''), placeholders };
}

/** Of the same length. A tag on its own may print any directive: a directive of its own. */
function fill(tag: string, alone: boolean): string {
  if (SILENT.test(tag)) return tag.replace(/[^\r\n]/g, ' ');
  const word = tag.replace(/[^]/g, movedUp);
  return alone ? `${word.slice(0, -1)};` : word;
}

/** Nothing but white space between it and the line's ends, or another tag, and no directive goes on over it. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = /(?:^|[;{}\n]|[%}#]\}|%>)[ \t\r]*$/.test(text.slice(Math.max(0, start - 80), start));
  const after = /^[ \t\r]*(?:$|\n|#|\{\{|\{%|<%)/.test(text.slice(end, end + 80));
  return before && after && directiveEndsBefore(text, start);
}

/** The last character that counts before it closes a directive or a block, or is a comment's or another tag's. */
function directiveEndsBefore(text: string, start: number): boolean {
  const lines = text.slice(Math.max(0, start - LOOK_BACK), start).split('\n');
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = (lines[index] ?? '').replace(/(^|\s)#.*$/, '').trim();
    if (line !== '') return /[;{}]$|%>$/.test(line);
  }
  return true;
}
