/** Matches the closing bracket of a long string or comment: `]]`, `]==]`. */
const LONG_BRACKET = /\[(=*)\[/y;

/**
 * Offset of the `}` that ends a `*_by_lua_block` whose body starts at `from`, or -1. Braces in Lua's strings and
 * comments do not count (lua-nginx-module's own lexer: ngx_http_lua_lex.rl).
 */
export function endOfLua(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at >= 0 && at < code.length;) {
    const character = code.charAt(at);
    if (character === '}' && depth === 0) return at;
    if (character === '{') depth++;
    else if (character === '}') depth--;
    at = afterLuaUnit(code, at, character);
  }
  return -1;
}

/** Offset after the string, comment or single character at `at`; -1 when it does not end. */
function afterLuaUnit(code: string, at: number, character: string): number {
  if (character === '-' && code.charAt(at + 1) === '-') {
    const long = afterLongBracket(code, at + 2);
    return long === undefined ? code.indexOf('\n', at) : long;
  }
  if (character === '[') return afterLongBracket(code, at) ?? at + 1;
  if (character === '"' || character === "'") return afterLuaString(code, at, character);
  return at + 1;
}

function afterLongBracket(code: string, at: number): number | undefined {
  LONG_BRACKET.lastIndex = at;
  const match = LONG_BRACKET.exec(code);
  if (match === null) return undefined;
  const closing = `]${match[1]}]`;
  const end = code.indexOf(closing, LONG_BRACKET.lastIndex);
  return end < 0 ? -1 : end + closing.length;
}

function afterLuaString(code: string, at: number, quote: string): number {
  for (let next = at + 1; next < code.length; next++) {
    const character = code.charAt(next);
    if (character === '\\') next++;
    else if (character === quote) return next + 1;
  }
  return -1;
}
