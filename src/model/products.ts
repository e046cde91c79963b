import type { Scope } from './scope';

/** Name of the product whose WebSocket endpoint the location is; null for none known. */
export function productOf(_location: Scope): string | null {
  return null;
}

/** How often the product pings, in milliseconds; null when it is not known. */
export function pingOf(_product: string | null): number | null {
  return null;
}

/** Whether the product falls back to a response that streams (SSE, xhr-streaming), which buffering would hold back. */
export function streamsFallback(_product: string | null): boolean {
  return false;
}
