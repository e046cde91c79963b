import { hasPlaceholder } from '../syntax/placeholders';
import { locationWords } from './location-words';
import type { Scope } from './scope';
import { wordBytes } from './template';

/**
 * What a location's pattern stands for in a request's path, as a byte string. One that was not given (a fragment of a
 * location) takes every path; what a placeholder prints begins with a slash, as every path does.
 */
export function locationPrefix(location: Scope): string {
  if (location.opener === null) return '';
  const bytes = wordBytes(location.opener, locationWords(location).pattern);
  return !bytes.startsWith('/') && hasPlaceholder(bytes) ? `/${bytes}` : bytes;
}
