import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { judgeKept } from '../live/differential';
import type { KeptCase } from '../live/differential';

/** Cases in which the simulation and a real nginx disagreed once, minimised, with what nginx did. */
const ROOT = join(__dirname, '../../fixtures/differential');

function filesIn(directory: string): Map<string, string> {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.conf'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(directory, path), readFileSync(path, 'latin1')]));
}

describe('what nginx did is what the simulation says', () => {
  test.each(readdirSync(ROOT))('%s', (name) => {
    const kept = JSON.parse(readFileSync(join(ROOT, name, 'case.json'), 'utf8')) as KeptCase;
    expect(judgeKept(filesIn(join(ROOT, name)), kept)).toEqual([]);
  });
});
