import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Real configurations beside the repository; the fixtures do where they are not there. */
const PLACES = [path.join(ROOT, '../shared/corpus'), path.join(ROOT, 'fixtures')];
/** Longer ones only slow things down. */
const MOST_BYTES = 12_000;

/** Texts to begin from, as byte strings, in an order that is the same everywhere. */
export function samplesIn(places: readonly string[] = PLACES): readonly string[] {
  return places.flatMap((place) => configurationsIn(place));
}

/** Those of the repository: the same on every machine. */
export const FIXTURES: readonly string[] = samplesIn([path.join(ROOT, 'fixtures')]);

function configurationsIn(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:conf|template|sample|vhost|nginx)$/.test(name))
    .sort()
    .map((name) => path.join(place, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .filter((text) => text.length > 0 && text.length <= MOST_BYTES);
}
