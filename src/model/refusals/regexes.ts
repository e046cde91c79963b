import { compileRegex } from '../regex/regex';
import { toBytes } from '../value';
import type { Fault } from './check';

/** What PCRE refuses, in nginx's words for PCRE2 (1.21.5 on); nothing where this project's matcher is not sure. */
export function regexFault(pattern: string, word: number): Fault | null {
  const compiled = compileRegex(toBytes(pattern), false);
  if (!('invalid' in compiled)) return null;
  return { message: `pcre2_compile() failed: ${compiled.invalid} in "${pattern}"`, word };
}
