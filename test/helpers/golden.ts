import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Holds a text against a file that people have read. `UPDATE_GOLDEN=1` writes the file instead: read the difference
 * in `git diff` before you commit it. Null: the file must not exist.
 */
export function expectGolden(path: string, actual: string | null): void {
  if (process.env['UPDATE_GOLDEN'] === '1' && actual !== null) {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path) || readFileSync(path, 'utf8') !== actual) writeFileSync(path, actual);
    return;
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(actual);
}
