import type { Scope } from './scope';

/** Name of the product whose WebSocket endpoint the location is; null for none known. */
export function productOf(_location: Scope): string | null {
  return null;
}
