import { SINCE } from '../model/version';
import type { NginxVersion } from '../model/version';

/** Characters that ngx_escape_uri escapes in a path: controls, space, and what may not stand there. */

const URI = /[\x00-\x20"#%<>?\\^`{|}\x7f-\xff]/g;
/** Below 1.21.1 fewer of them. */

const URI_BEFORE = /[\x00-\x20#%?\x7f-\xff]/g;
/** In arguments `&`, `+` and `;` too. */

const ARGS = /[\x00-\x20"#%&+;<>?\\^`{|}\x7f-\xff]/g;

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** NGX_ESCAPE_URI on a byte string. */
export function escapeUri(text: string, version: NginxVersion): string {
  return text.replace(version < SINCE.escapesMore ? URI_BEFORE : URI, percent);
}

/** NGX_ESCAPE_ARGS on a byte string. */
export function escapeArgs(text: string): string {
  return text.replace(ARGS, percent);
}

const HEX = /^[0-9a-fA-F]$/;

/**
 * NGX_UNESCAPE_REDIRECT: before a `?`, an escape of a printable character above `%` is undone; others stay. An escaped
 * `?` is undone and ends the path. What only looks like an escape loses its `%`.
 */
export function unescapeRedirect(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '?') return out + text.slice(at);
    if (character !== '%') {
      out += character;
      continue;
    }
    const [high = '', low = ''] = text.slice(at + 1, at + 3);
    at += HEX.test(high) ? 2 : 1;
    if (!HEX.test(high)) out += high;
    else if (HEX.test(low)) {
      const code = Number.parseInt(high + low, 16);
      if (code === 0x3f) return `${out}?${text.slice(at + 1)}`;
      out += code > 0x25 && code < 0x7f ? String.fromCharCode(code) : `%${high}${low}`;
    }
  }
  return out;
}
