/** What the user got wrong: one line, no stack, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `"fromat"` and the like: hostile or long words stay one readable line. */
export function quoted(word: string): string {
  const shown = JSON.stringify(word.length > 80 ? `${word.slice(0, 77)}...` : word);
  // C1 controls and bidirectional overrides, which JSON leaves as they are
  return shown.replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
