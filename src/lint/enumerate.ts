const MOST_NAMED = 12;

/** `a, b, c and 5 more`: a message that named thousands for each of thousands of routes would be square. */
export function enumerate(names: readonly string[]): string {
  const different = [...new Set(names)];
  const shown = different.slice(0, MOST_NAMED).join(', ');
  return different.length > MOST_NAMED ? `${shown} and ${different.length - MOST_NAMED} more` : shown;
}
