import type { Scope } from './scope';

export type LocationModifier = '' | '=' | '^~' | '~' | '~*' | '@';

export interface LocationWords {
  readonly modifier: LocationModifier;
  /** URI, regex, or `@name` with its `@`. */
  readonly pattern: string;
}

const MODIFIERS: readonly LocationModifier[] = ['=', '^~', '~*', '~', '@'];

/** A location's words as ngx_http_core_location reads them: `~ ^/x`, and written together: `~^/x`, `=/x`. */
export function locationWords(scope: Scope): LocationWords {
  const args = scope.opener?.directive.args;
  const first = args?.[0] ?? '';
  const second = args?.[1];
  if (second !== undefined)
    return { modifier: MODIFIERS.find((modifier) => modifier === first) ?? '', pattern: second };
  if (first.startsWith('/')) return { modifier: '', pattern: first };
  const modifier = MODIFIERS.find((candidate) => first.startsWith(candidate)) ?? '';
  return { modifier, pattern: modifier === '@' ? first : first.slice(modifier.length) };
}
