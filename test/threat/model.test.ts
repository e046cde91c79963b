import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const ROWS = readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && !/^-+$/.test(cells[1] ?? ''));

test('there are threats', () => {
  expect(ROWS.length).toBeGreaterThan(10);
});

test.each(ROWS)('%s%s: its test is there', (_, _threat, _defence, file, title) => {
  const place = path.join(ROOT, (file ?? '').replaceAll('`', ''));
  expect(existsSync(place)).toBe(true);
  expect(readFileSync(place, 'utf8')).toContain(title);
});
