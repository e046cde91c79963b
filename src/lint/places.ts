import type { Setting } from '../model/scope';
import type { Place } from '../text/source';
import type { Finding } from './rule';

export function isSetting(at: Setting | Place): at is Setting {
  return 'directive' in at;
}

/** A directive's place: without its block, up to the last word. */
export function placeOfSetting(setting: Setting): Place {
  const { words, start } = setting.directive;
  return { file: setting.tree.source.path, start, end: words.at(-1)?.end ?? start };
}

export function placeOfWord(setting: Setting, index: number): Place {
  const word = setting.directive.words[index];
  if (word === undefined) return placeOfSetting(setting);
  return { file: setting.tree.source.path, start: word.start, end: word.end };
}

export function placeOf(at: Setting | Place): Place {
  return isSetting(at) ? placeOfSetting(at) : { file: at.file, start: at.start, end: at.end };
}

export function placeOfFinding(finding: Finding): Place {
  if (finding.word === undefined || !isSetting(finding.at)) return placeOf(finding.at);
  return placeOfWord(finding.at, finding.word);
}

/** A chain of thousands, told for every finding behind it, is a square of places that nobody reads. */
const MOST_INCLUDES = 32;

/** The includes through which nginx came to a setting, innermost first. */
export function chainOf(at: Setting | Place): readonly Place[] {
  const chain: Place[] = [];
  if (!isSetting(at)) return chain;
  for (let include = at.via; include !== null && chain.length < MOST_INCLUDES; include = include.via)
    chain.push(placeOfSetting(include));
  return chain;
}
